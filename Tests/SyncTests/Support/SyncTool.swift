// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

/// What the story needs of a tool that syncs folders.
protocol SyncTool {
    /// From now on nothing moves between the folders.
    func disconnect() async throws

    /// Moves everything until all folders hold the same files.
    func sync() async throws
}

/// A tool did not do what it was told.
struct SyncFailure: Error, CustomStringConvertible {
    /// What happened, in words.
    let description: String
}
