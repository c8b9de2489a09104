// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What an act needs to know of the names in a vault's folder. What else somebody put there is
/// looked at by ``FolderReader/list(known:)`` only, when it is asked for.
struct FolderNames: Sendable, Equatable {
    /// Names that are shaped like the vault's own.
    var names: Set<FileName> = []
    /// Paths of temporary files that this machine made.
    var leftOvers: [String] = []
    /// Files and links where one of our folders belongs.
    var obstacles = FolderListing.NameSample(limit: 256)
}
