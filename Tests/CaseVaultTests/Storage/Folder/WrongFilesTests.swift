// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Synchronization
import Testing

@testable import CaseVault

/// Names that are shaped like the vault's and hold nothing of it cost one look, however many they
/// are; and whatever becomes whole later is noticed.
struct WrongFilesTests {
    /// Robin's committee.
    private let committee: TestCommittee

    /// Robin and Sam.
    init() throws { committee = try TestCommittee("Robin", "Sam") }

    /// The folder with all files.
    private var sealed: URL { committee.folder.appendingPathComponent("sealed") }

    /// Plants names in all folders, or in some.
    private func plant(
        _ count: Int, in folders: some Sequence<Int> = 0..<256,
        as kind: (URL) throws -> Void = { try Data().write(to: $0) }
    ) throws {
        for number in folders {
            let folder = String(format: "%02x", number)
            let place = sealed.appendingPathComponent(folder)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for i in 0..<count {
                try kind(place.appendingPathComponent(folder + String(format: "%062d", i)))
            }
        }
        settle()
    }

    /// Waits until what was written cannot share its time with what is written next.
    private func settle() { Thread.sleep(forTimeInterval: 0.08) }

    /// Empties a file of a case that Robin's computer has not seen, and answers it.
    private func late() throws -> (name: FileName, bytes: [UInt8], path: URL) {
        let before = try committee.snapshot()
        _ = try committee.startCase(by: "Robin", about: "Eli Example", text: "A late one.")
        let after = try committee.snapshot()
        let robin = try committee.vault("Robin")
        let file = try #require(
            robin.store.files.values.first { file in
                before[file.name] == nil && file.records.keys.contains { $0.isCase(in: robin) }
            })
        let path = URL(fileURLWithPath: robin.store.folder.path(of: file.name))
        try FileManager.default.removeItem(at: committee.root.appendingPathComponent("state-Robin"))
        try Data().write(to: path)
        return (file.name, try #require(after[file.name]), path)
    }

    /// Writes into a file without any change to its folder.
    private func fill(_ path: URL, _ bytes: [UInt8]) throws {
        let folder = path.deletingLastPathComponent().path
        let before = FileSystem().folderStamp(of: folder)
        let handle = try FileHandle(forWritingTo: path)
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data(bytes))
        try handle.close()
        #expect(FileSystem().folderStamp(of: folder) == before)
    }

    /// The calls that a computer makes on names of 64 digits that are not the vault's.
    private func calls(
        _ body: (FileSystem) throws -> Void
    ) rethrows -> (looks: Int, opened: Int, listed: Int) {
        let counts = Mutex((looks: 0, opened: 0, listed: 0))
        try body(
            FileSystem { operation, path in
                let isPlanted = path.contains("00000000000000000000000000000000000000")
                counts.withLock {
                    switch operation {
                    case .stat where isPlanted: $0.looks += 1
                    case .open where isPlanted, .read where isPlanted: $0.opened += 1
                    case .list: $0.listed += 1
                    default: break
                    }
                }
                return nil
            })
        return counts.withLock { $0 }
    }

    /// The size of what Robin's computer remembers.
    private func memory() throws -> Int {
        try FileManager.default.subpathsOfDirectory(
            atPath: committee.root.appendingPathComponent("state-Robin").path
        ).reduce(0) {
            let path = committee.root.appendingPathComponent("state-Robin/" + $1).path
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            return $0 + (size ?? 0)
        }
    }

    @Test(arguments: ["empty", "junk", "link", "pipe"])
    func aCrowdCostsOneLook(_ kind: String) throws {
        let shelf = try committee.startCase(by: "Robin").id
        // Pipes cost a process each.
        let (many, all) = kind == "pipe" ? (2, 2 * 256) : (12, 12 * 256)
        try plant(many) { place in
            switch kind {
            case "empty": try Data().write(to: place)
            case "junk": try Data("CVSF and something else".utf8).write(to: place)
            case "link":
                try FileManager.default.createSymbolicLink(
                    atPath: place.path, withDestinationPath: "nowhere")
            default: try TestPipe.make(place)
            }
        }
        let robin = try committee.vault("Robin")
        #expect(robin.store.wrong.count == all)
        #expect(robin.incomplete.contains { $0.text.contains("more such files") })
        #expect(robin.incomplete.count <= 20)
        #expect(try memory() < 60_000)
        let again = try calls { files in
            let robin = try committee.vault("Robin", files: files)
            #expect(robin.store.wrong.count == all)
            #expect(robin.incomplete.count <= 20)
        }
        // Some of them, to see whether they have become whole.
        #expect(again.looks <= 200 && again.opened == 0 && again.listed < 1200, "\(again)")
        let act = try calls { files in
            let robin = try committee.vault("Robin", files: files)
            _ = try Case(vault: robin, id: shelf).add(.discussion, "An entry.")
        }
        #expect(act.looks <= 800 && act.opened == 0, "\(act)")
        let report = try committee.vault("Robin").verify()
        #expect(report.damaged.count == all)
        #expect(try committee.vault("Robin").store.wrong.count == all)
    }

    @Test func whatIsFilledInPlaceIsNoticedAtOnceWhereThereAreFew() throws {
        let file = try late()
        try plant(1, in: stride(from: 0, to: 256, by: 3))
        #expect(try committee.vault("Robin").store.wrong.count == 87)
        settle()
        let first = try calls { files in
            let robin = try committee.vault("Robin", files: files)
            #expect(robin.store.wrong.count == 87)
        }
        #expect(first.looks == 86 && first.opened == 0)
        try fill(file.path, file.bytes)
        let robin = try committee.vault("Robin")
        #expect(robin.store.files[file.name] != nil && robin.store.wrong.count == 86)
    }

    @Test func whatIsFilledInPlaceInACrowdIsNoticedInTurn() throws {
        let file = try late()
        try plant(12)
        #expect(try committee.vault("Robin").store.wrong.count == 12 * 256 + 1)
        settle()
        try fill(file.path, file.bytes)
        // In each look one in 24 of them has its turn.
        var looks = 0
        while try committee.vault("Robin").store.files[file.name] == nil, looks < 600 { looks += 1 }
        #expect(looks < 600)
    }

    @Test func inAFolderThatChangesNoneIsAsked() throws {
        try plant(2000, in: [7])
        let place = sealed.appendingPathComponent("07")
        guard FileSystem().keepsFolderTimes(place.path) else {
            try Test.cancel("this disk is not known to keep the times of folders")
        }
        _ = try committee.vault("Robin")
        // Now and then all of them have their turn.
        var fewest = Int.max
        for turn in 0..<6 {
            try Data().write(to: place.appendingPathComponent("another \(turn)"))
            settle()
            let look = try calls { files in
                let robin = try committee.vault("Robin", files: files)
                #expect(robin.store.wrong.count == 2000)
            }
            #expect(look.opened == 0 && look.listed >= 2000, "\(look)")
            fewest = min(fewest, look.looks)
        }
        #expect(fewest == 0)
    }

    /// How often a look writes something down.
    private func writes() throws -> Int {
        let count = Mutex(0)
        let files = FileSystem { operation, _ in
            if operation == .fsync { count.withLock { $0 += 1 } }
            return nil
        }
        _ = try committee.vault("Robin", files: files)
        return count.withLock { $0 }
    }

    @Test func whoReadsAfterAnActDoesNotWaitForTheDisk() throws {
        try plant(12)
        let robin = try committee.vault("Robin")
        _ = try robin.changeRules(Rules(json: Array(#"{"minimumReaders":3}"#.utf8)))
        settle()
        #expect(try writes() == 0)
        // But where many names would be read at each look, it is remembered that they need not be.
        let place = sealed.appendingPathComponent("07")
        for i in 0..<5000 { try Data().write(to: place.appendingPathComponent("other \(i)")) }
        guard FileSystem().keepsFolderTimes(place.path) else { return }
        settle()
        #expect(try writes() > 0)
        let again = try calls { files in _ = try committee.vault("Robin", files: files) }
        #expect(again.listed < 2000, "\(again)")
        #expect(try writes() == 0)
    }

    @Test func whatIsFilledInPlaceInACrowdIsNoticedByVerifyAtOnce() throws {
        let file = try late()
        try plant(12)
        _ = try committee.vault("Robin")
        settle()
        try fill(file.path, file.bytes)
        let robin = try committee.vault("Robin")
        let report = try robin.verify()
        #expect(robin.store.files[file.name] != nil)
        #expect(report.damaged.count == 12 * 256)
        #expect(try committee.vault("Robin").store.files[file.name] != nil)
    }

    @Test(arguments: [true, false]) func whatIsReplacedInACrowdIsNoticedAtOnce(isNew: Bool) throws {
        let file = try late()
        if isNew { try FileManager.default.removeItem(at: file.path) }
        try plant(12)
        _ = try committee.vault("Robin")
        settle()
        // As a sync tool does it.
        let other = file.path.deletingLastPathComponent().appendingPathComponent(".coming")
        try Data(file.bytes).write(to: other)
        try FileSystem().publish(
            temporary: other.lastPathComponent, as: file.path.lastPathComponent,
            inDirectory: other.deletingLastPathComponent().path, replacing: true)
        let robin = try committee.vault("Robin")
        #expect(robin.store.files[file.name] != nil)
        #expect(robin.store.wrong.count == 12 * 256)
    }

    @Test func whatCannotBeReadIsTriedAgain() throws {
        let file = try late()
        try fill(file.path, file.bytes)
        settle()
        let isClosed = Mutex(true)
        let files = FileSystem { operation, path in
            operation == .open && path == file.path.path && isClosed.withLock { $0 }
                ? .fail(EACCES) : nil
        }
        let robin = try committee.vault("Robin", files: files)
        #expect(robin.store.damaged == [file.name: .noPermission])
        #expect(try committee.vault("Robin", files: files).store.wrong.count == 1)
        isClosed.withLock { $0 = false }
        // Nothing about the file has changed.
        #expect(try committee.vault("Robin", files: files).store.files[file.name] != nil)
    }

    @Test func whatHasJustChangedIsNotTakenAsKnown() throws {
        let file = try late()
        for _ in 0..<3 {
            try fill(file.path, [1])
            _ = try committee.vault("Robin")
            // As large, and perhaps at the same time by the clock of the disk.
            try fill(file.path, [2])
            _ = try committee.vault("Robin")
        }
        try fill(file.path, file.bytes)
        #expect(try committee.vault("Robin").store.files[file.name] != nil)
    }

    @Test func whereNothingButNamesHasArrivedThatIsSaid() throws {
        for path in try committee.snapshot().keys.map({
            VaultFolder(path: committee.folder.path, files: FileSystem()).path(of: $0)
        }) { try Data().write(to: URL(fileURLWithPath: path)) }
        try FileManager.default.removeItem(at: committee.root.appendingPathComponent("state-Robin"))
        settle()
        for _ in 0..<2 {
            do {
                _ = try committee.vault("Robin")
                Issue.record("nothing is there")
            } catch let error as VaultError {
                #expect(error.code == .damaged && error.description.contains("empty"), "\(error)")
            }
        }
    }

    @Test func whatAnotherProcessWroteDownKeepsIt() throws {
        try plant(12)
        let first = try committee.vault("Robin")
        let second = try committee.vault("Robin")
        _ = try second.changeRules(Rules(json: Array(#"{"minimumReaders":3}"#.utf8)))
        settle()
        let act = try calls { files in
            let third = try committee.vault("Robin", files: files)
            _ = try third.changeRules(Rules(json: Array(#"{"minimumReaders":4}"#.utf8)))
        }
        _ = try first.changeRules(Rules(json: Array(#"{"minimumReaders":2}"#.utf8)))
        #expect(act.opened == 0)
        #expect(first.store.wrong.count == 12 * 256)
        let kept = first.store.seen
        #expect(try SeenState(wholly: kept.encoded) == kept)
        #expect(kept.crowded.values.allSatisfy { ($0.wrong?.examples.count ?? 0) <= 8 })
    }
}

extension LogID {
    /// Whether this is the log of a case.
    fileprivate func isCase(in vault: Vault) -> Bool { vault.store.logs[self]?.kind == .caseFile }
}
