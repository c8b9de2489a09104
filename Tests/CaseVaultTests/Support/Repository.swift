// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

/// The repository that these tests are in.
enum Repository {
    /// Its top folder.
    static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
