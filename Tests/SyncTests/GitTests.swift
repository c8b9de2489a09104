// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// Members who each have a clone, and merge with git: never a conflict, nothing lost.
@Suite(.enabled(if: Git.program != nil, "git is not installed"))
struct GitTests {
    /// Git as it comes, and as it comes on Windows.
    @Test(arguments: [[], ["core.autocrlf=true"]])
    func mergesWithoutConflict(settings: [String]) async throws {
        let story = try Story(folders: ["ada", "ben", "cleo", "dora"])
        let git = try Git(
            hub: story.root.appendingPathComponent("hub.git"),
            clones: story.laptops.map(\.folder), settings: settings)
        try story.found()
        try await story.play(over: git)
        #expect(try git.merges(in: story.ada.folder) >= 6, "too little was merged")
        try freshCloneOpens(story, git)
        try bytesAreKept(story, git)
    }

    /// Git keeps no empty folders; a new clone opens all the same, and is whole.
    private func freshCloneOpens(_ story: Story, _ git: Git) throws {
        let folder = story.root.appendingPathComponent("fresh")
        try git.clone(to: folder)
        #expect(Laptop.files(in: folder) == story.ada.files)
        let vault = try story.ada.open(
            anewAt: folder, memory: story.root.appendingPathComponent("state-fresh"))
        #expect(vault.isNewOnThisComputer)
        #expect(vault.cases.map(\.id) == (try story.ada.open().cases.map(\.id)))
        #expect(try vault.verify().isWhole)
        for path in story.ada.files {
            #expect(
                try Data(contentsOf: folder.appendingPathComponent(path))
                    == Data(contentsOf: story.ada.folder.appendingPathComponent(path)))
        }
    }

    /// What git stores are the bytes that the library wrote, line ends included.
    private func bytesAreKept(_ story: Story, _ git: Git) throws {
        for path in [".gitattributes", "VAULT"] {
            let stored = try git.run(["cat-file", "-p", "HEAD:" + path], in: story.ben.folder)
            let written = try Data(contentsOf: story.ada.folder.appendingPathComponent(path))
            #expect(Data(stored.utf8) == written)
            #expect(!written.contains(13))
        }
    }

    /// A vault that only holds what was founded has nothing in most of its folders.
    @Test func cloneOfFreshVaultOpens() throws {
        let story = try Story(folders: ["ada", "ben", "cleo", "dora"])
        let git = try Git(
            hub: story.root.appendingPathComponent("hub.git"), clones: [story.ada.folder],
            settings: [])
        try story.ada.found()
        try git.sync()
        try git.clone(to: story.ben.folder)
        let vault = try story.ada.open(
            anewAt: story.ben.folder, memory: story.root.appendingPathComponent("state-fresh"))
        #expect(vault.members.map(\.name) == ["Ada"])
        #expect(try vault.verify().isWhole)
    }
}
