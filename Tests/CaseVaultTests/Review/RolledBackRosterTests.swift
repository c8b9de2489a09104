// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Somebody who writes to the folder puts back a roster from before a removal, or makes it go.
struct RolledBackRosterTests {
    /// Three members who read a case; Sam is removed by Robin, and Kim's computer counts it.
    private struct Scene {
        let committee: TestCommittee
        let id: LogID
        /// The roster's files before the removal, and after it.
        let old: [FileName: [UInt8]]
        let new: [FileName: [UInt8]]
        let place: VaultFolder

        init() throws {
            let committee = try TestCommittee("Robin", "Sam", "Kim")
            id = try committee.sharedCase(of: "Robin", with: ["Sam", "Kim"]).log
            for name in ["Sam", "Kim"] { _ = try committee.vault(name).catchUp() }
            old = try Self.roster(of: committee)
            _ = try committee.vault("Robin").remove(committee.card("Sam").id)
            _ = try committee.vault("Kim").catchUp()
            new = try Self.roster(of: committee)
            #expect(try committee.readers(of: id, as: "Kim") == ["Kim", "Robin"])
            place = VaultFolder(path: committee.folder.path, files: FileSystem())
            self.committee = committee
        }

        /// The files that hold the roster.
        private static func roster(of committee: TestCommittee) throws -> [FileName: [UInt8]] {
            let roster = try committee.roster()
            let holding = try committee.vault("Kim").store.files.values
                .filter { $0.records[roster] != nil }.map(\.name)
            return try committee.snapshot().filter { holding.contains($0.key) }
        }

        /// Makes the roster as it is now go from the folder, and puts another there.
        func replaceRoster(by files: [FileName: [UInt8]]) throws {
            for name in new.keys where files[name] == nil { try place.remove(name) }
            try putBack(files)
        }

        func putBack(_ files: [FileName: [UInt8]]) throws {
            _ = try place.write(Array(files.values))
        }

        /// Whether Sam's key opens a text in the folder.
        func samReads(_ text: String) throws -> Bool {
            let keys = [try committee.key("Sam")]
            return try OpenableText(folder: committee.folder, keys: keys).holds(text)
        }

        func kimWrites(_ text: String) throws {
            let kims = Case(vault: try committee.vault("Kim"), id: id)
            _ = try kims.takeFirstLook(.noConflict)
            _ = try kims.add(.discussion, text)
        }
    }

    @Test(arguments: [true, false])
    func nothingIsSealedToWhoWasRemoved(isGone: Bool) throws {
        let scene = try Scene()
        let committee = scene.committee
        try scene.replaceRoster(by: isGone ? [:] : scene.old)
        // Kim has no roster then, and writes nothing.
        if isGone {
            #expect(throws: VaultError.self) { try scene.kimWrites("AFTERWARDS") }
        } else {
            try scene.kimWrites("AFTERWARDS")
            #expect(try committee.readers(of: scene.id, as: "Kim") == ["Kim", "Robin"])
        }
        #expect(try !scene.samReads("AFTERWARDS"))
        for name in ["Kim", "Robin"] { _ = try? committee.vault(name).catchUp() }
        #expect(try !scene.samReads("AFTERWARDS"))
        // Once it is back, everything is as before. Robin's own first roster does not know Kim, whom
        // Robin's computer had taken out meanwhile.
        try scene.putBack(scene.new)
        for name in ["Robin", "Kim"] { _ = try committee.vault(name).catchUp() }
        let readers = try committee.readers(of: scene.id, as: "Kim")
        #expect(readers == ["Kim", "Robin"])
        #expect(try committee.vault("Kim").store.seen.standing.out.count == 1)
    }

    @Test func whoAcceptsTheGapCanLetThemBackByHand() throws {
        let scene = try Scene()
        let committee = scene.committee
        try scene.replaceRoster(by: scene.old)
        try committee.vault("Kim").acceptGap(in: committee.roster())
        #expect(try committee.readers(of: scene.id, as: "Kim") == ["Kim", "Robin"])
        let sam = try committee.card("Sam")
        let kims = try committee.vault("Kim")
        _ = try kims.admit(sam, confirming: sam.spoken, deciding: [:])
        #expect(try committee.vault("Kim").members.contains { $0.id == sam.id })
        #expect(try committee.vault("Kim").store.seen.standing.out.isEmpty)
    }
}
