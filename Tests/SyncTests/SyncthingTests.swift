// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// Two folders under a real Syncthing that is paused and resumed, on loopback.
@Suite(.enabled(if: SyncthingNode.isAvailable, "syncthing is not installed"))
struct SyncthingTests {
    // The limit counts the whole run: all tests begin at once and wait for a thread.
    @Test(.timeLimit(.minutes(40))) func foldersMeetAgain() async throws {
        // Two laptops are in Ada's office and see her folder; Ben is elsewhere.
        let story = try Story(folders: ["office", "elsewhere", "office", "office"])
        try story.found()
        let tool = try await Syncthing(
            first: story.ada.folder, second: story.ben.folder, root: story.root)
        defer { tool.stop() }
        try await story.play(over: tool)
        // It never had to keep two versions of one file.
        #expect(!story.ada.files.contains { $0.contains("sync-conflict") })
    }
}
