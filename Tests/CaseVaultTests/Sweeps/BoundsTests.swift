// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Synchronization
import Testing

@testable import CaseVault

/// Wide and deep histories, folders full of other names, and counts that lie.
struct BoundsTests {
    @Test func ignoredNamesCostOneCallEachAndAreNotKept() throws {
        let size = Thoroughness.isFull ? 100_000 : 5_000
        let stage = try Stage(clock: TestClock())
        let folder = stage.folder.appendingPathComponent("sealed/ab")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var calls: [Int] = []
        for round in 1...2 {
            for i in 0..<size {
                let name = "ab\(round)-\(i) (conflicted copy)"
                try Data().write(to: folder.appendingPathComponent(name))
            }
            let count = Mutex(0)
            let files = FileSystem { _, _ in
                count.withLock { $0 += 1 }
                return nil
            }
            let listing = try VaultFolder(path: stage.folder.path, files: files).list()
            #expect(listing.ignored == round * size)
            #expect(listing.names.isEmpty && listing.leftOvers.isEmpty)
            calls.append(count.withLock { $0 })
        }
        print("ignored names: \(size) in \(calls[0]) calls, \(2 * size) in \(calls[1])")
        #expect(calls[1] - calls[0] == size, "one call for each name more")
        #expect(calls[0] < size + 50)
    }

    /// Plants records of Robin in a case of Robin; answers the case as Robin sees it then.
    private func plant(
        _ count: Int, parents: (RecordID, [RecordID]) -> [RecordID]
    ) throws -> (committee: TestCommittee, case: CaseVault.Case) {
        let committee = try TestCommittee("Robin")
        let shelf = try committee.startCase(by: "Robin")
        let vault = try committee.vault("Robin").store.vault
        let root = try #require(try shelf.view().log.history.root)
        let writer = HostileWriter(committee: committee, key: try committee.key("Robin"))
        var records: [VerifiedRecord] = []
        var ids: [RecordID] = []
        for i in 0..<count {
            let record = try writer.record(
                .entered(
                    EntryStatement(
                        kind: .discussion, happened: nil, text: "\(i)", corrects: nil,
                        attachments: [])),
                in: shelf.log, parents: parents(root.id, ids), vault: vault)
            records.append(record)
            ids.append(record.id)
        }
        try writer.plant(records, for: [try committee.card("Robin")], vault: vault)
        let robins = try committee.vault("Robin")
        return (committee, try robins.case(named: shelf.codeName.description))
    }

    @Test func aWideHistoryOpensAndIsWritable() throws {
        // More heads than one record can name.
        for count in [3_000, 4_200] {
            let (committee, item) = try plant(count) { root, _ in [root] }
            defer { withExtendedLifetime(committee) {} }
            #expect(try item.entries().count == count + 1)
            #expect(try item.view().log.history.heads.count > count)
            _ = try item.add(.discussion, "Joined.")
            _ = try item.add(.discussion, "Joined once more.")
            #expect(try item.view().log.history.heads.count == 1)
            #expect(try item.entries().count == count + 3)
        }
    }

    @Test func aDeepHistoryOpensAndIsWritable() throws {
        let (committee, item) = try plant(3_000) { root, ids in [ids.last ?? root] }
        defer { withExtendedLifetime(committee) {} }
        let texts = try item.entries().map(\.text)
        #expect(texts.filter { $0 != "It happened." } == (0..<3_000).map(String.init))
        _ = try item.add(.discussion, "One more.")
        #expect(try item.entries().count == 3_002)
    }

    /// The most address space that this process ever had, in bytes.
    private var addressSpace: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmPeak:") }
        return (line?.split(separator: " ").compactMap { Int($0) }.first ?? 0) * 1024
    }

    @Test func countsThatLieAreRefusedBeforeAnythingIsAllocated() throws {
        let committee = try TestCommittee("Robin", "Sam")
        _ = try committee.startCase(by: "Robin")
        let vault = try committee.vault("Robin")
        let before = addressSpace
        var tried = 0
        // Every four bytes of everything that is parsed, as if they were a count.
        for log in vault.store.logs.values {
            for verified in log.history.order {
                tried += lie(verified.record.encoded) { (bytes) throws(FormatError) in
                    _ = try Record(wholly: bytes)
                }
                tried += lie(verified.record.body?.bytes ?? []) { (bytes) throws(FormatError) in
                    _ = try Statement(kind: verified.kind, body: bytes)
                }
            }
        }
        tried += lie(vault.store.seen.encoded) { (bytes) throws(FormatError) in
            _ = try SeenState(wholly: bytes)
        }
        let changes = SeenChanges(from: SeenState(), to: vault.store.seen)
        tried += lie(changes.encoded) { (bytes) throws(FormatError) in
            _ = try SeenChanges(wholly: bytes)
        }
        var report = Report(text: "It happened.")
        report.reporterName = "Kim Example"
        tried += lie(report.encoded) { (bytes) throws(FormatError) in
            _ = try Report(wholly: bytes)
        }
        tried += lie(vault.me.encoded) { (bytes) throws(FormatError) in
            _ = try MemberCard(wholly: bytes)
        }
        print("lying counts: \(tried)")
        #expect(tried > 2_000)
        #expect(addressSpace - before < 2 << 30, "a list of 2^32 things would be larger")
    }

    /// Puts the largest count at every place and parses.
    private func lie(
        _ bytes: [UInt8], _ parse: ([UInt8]) throws(FormatError) -> Void
    ) -> Int {
        var tried = 0
        for place in bytes.indices.dropLast(3) {
            for top in [UInt8(0x7F), 0xFF] {
                var changed = bytes
                changed.replaceSubrange(place..<place + 4, with: [top, 0xFF, 0xFF, 0xFF])
                try? parse(changed)
                tried += 1
            }
        }
        return tried
    }
}
