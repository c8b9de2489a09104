// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What a name in a directory stands for, as far as the directory tells.
package enum EntryKind: Sendable, Hashable {
    /// A regular file.
    case file
    /// A directory.
    case directory
    /// Something else, such as a symbolic link.
    case other
    /// The file system does not say.
    case unknown
}
