// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Attachments of every size, and what happens to damaged ones.
struct AttachmentTests {
    /// A committee of one with one case.
    private let committee: TestCommittee

    /// Makes the committee.
    init() throws { committee = try TestCommittee("Robin") }

    /// Bytes that differ from chunk to chunk.
    private func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    }

    /// Starts a case with one attachment and returns the attachment's file in the folder.
    private func attach(_ bytes: [UInt8]) throws -> (Case, URL) {
        let id = try committee.vault("Robin").startCase(
            about: [ReportedPerson(name: "Alex Doe")], report: Report(text: "x"),
            attachments: [AttachmentSource(name: "a.bin", bytes: bytes)]
        ).id
        let found = try #require(try committee.vault("Robin").cases.first { $0.id == id })
        let view = try found.view()
        let store = found.vault.store
        let entries = view.log.files.flatMap(\.attachments)
        let entry = try #require(entries.first)
        return (found, URL(fileURLWithPath: store.folder.path(of: entry.file)))
    }

    /// Reads an attachment; every byte that was handed out.
    private func read(_ found: Case) throws(VaultError) -> [UInt8] {
        var all: [UInt8] = []
        try found.readAttachment(1, ofEntry: 1) { (piece) throws(VaultError) in
            for i in piece.indices { all.append(piece[i]) }
        }
        return all
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 3 << 20])
    func comesBackAsItWas(size: Int) throws {
        let plain = bytes(size)
        let (found, file) = try attach(plain)
        #expect(try read(found) == plain)
        let target = committee.root.appendingPathComponent("out.bin")
        try found.saveAttachment(1, ofEntry: 1, to: target)
        #expect(try Data(contentsOf: target) == Data(plain))
        let mode = try FileManager.default.attributesOfItem(atPath: target.path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(try found.entries().first?.attachments.map(\.size) == [UInt64(size)])
        // An existing file is never replaced.
        let before = try Data(contentsOf: target)
        #expect(throws: VaultError.alreadyExists("")) {
            try found.saveAttachment(1, ofEntry: 1, to: target)
        }
        #expect(try Data(contentsOf: target) == before)
        // What is in the folder holds nothing of it in clear.
        let chunks = max(1, (size + 65_535) / 65_536)
        #expect(try Data(contentsOf: file).count == 38 + size + 16 * chunks)
    }

    @Test func comesFromAFileToo() throws {
        let plain = bytes(100_000)
        let source = committee.root.appendingPathComponent("in.bin")
        try Data(plain).write(to: source)
        let id = try committee.startCase(by: "Robin").id
        let found = try #require(try committee.vault("Robin").cases.first { $0.id == id })
        _ = try found.add(.plan, "x", attaching: [AttachmentSource(file: source)])
        var all: [UInt8] = []
        try found.readAttachment(1, ofEntry: 2) { (piece) throws(VaultError) in
            for i in piece.indices { all.append(piece[i]) }
        }
        #expect(all == plain)
        #expect(try found.entries().last?.attachments.map(\.name) == ["in.bin"])
        #expect(throws: VaultError.self) {
            try found.add(
                .plan, "x",
                attaching: [AttachmentSource(file: source.appendingPathComponent("missing"))])
        }
        #expect(try found.entries().count == 2)
    }

    /// What can be done to an encrypted file of four chunks, the last a short one.
    static let damages: [(String, @Sendable ([UInt8]) -> [UInt8])] = {
        let full = 65_536 + 16
        @Sendable func chunk(_ bytes: [UInt8], _ number: Int) -> [UInt8] {
            Array(bytes[(38 + number * full)..<min(38 + (number + 1) * full, bytes.count)])
        }
        @Sendable func joined(_ bytes: [UInt8], _ order: [Int]) -> [UInt8] {
            Array(bytes[..<38]) + order.flatMap { chunk(bytes, $0) }
        }
        @Sendable func flipped(_ bytes: [UInt8], _ place: Int) -> [UInt8] {
            var bytes = bytes
            bytes[place] ^= 1
            return bytes
        }
        var all: [(String, @Sendable ([UInt8]) -> [UInt8])] = [
            ("empty", { _ in [] }),
            ("header only", { Array($0.prefix(38)) }),
            ("header and tag", { Array($0.prefix(38 + 16)) }),
            ("one byte less", { Array($0.dropLast()) }),
            ("one byte more", { $0 + [0] }),
            ("last chunk missing", { joined($0, [0, 1, 2]) }),
            ("first chunk missing", { joined($0, [1, 2, 3]) }),
            ("chunk missing", { joined($0, [0, 2, 3]) }),
            ("chunks swapped", { joined($0, [1, 0, 2, 3]) }),
            ("chunk doubled", { joined($0, [0, 1, 1, 2, 3]) }),
            ("last chunk doubled", { joined($0, [0, 1, 2, 3, 3]) }),
            ("chunk replaced by another", { joined($0, [0, 0, 2, 3]) }),
            ("extended by zeros", { $0 + Array(repeating: 0, count: full) }),
        ]
        for place in [0, 4, 5, 6, 37, 38, 38 + full - 1, 38 + full, 38 + 2 * full + 7] {
            all.append(("byte \(place)", { flipped($0, place) }))
        }
        all.append(("last byte", { flipped($0, $0.count - 1) }))
        return all
    }()

    @Test func refusesEveryDamage() throws {
        let (found, file) = try attach(bytes(3 * 65_536 + 1000))
        let good = try Data(contentsOf: file)
        let out = committee.root.appendingPathComponent("out")
        try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
        for (name, damage) in Self.damages {
            try Data(damage([UInt8](good))).write(to: file)
            let id = found.id
            // On this handle, and on a computer that opens the vault afresh.
            let fresh = try #require(try committee.vault("Robin").cases.first { $0.id == id })
            for handle in [found, fresh] {
                var given = 0
                let fault = #expect(throws: VaultError.self, "\(name)") {
                    try handle.readAttachment(1, ofEntry: 1) { (piece) throws(VaultError) in
                        given += piece.count
                    }
                }
                #expect(fault?.code == .damaged, "\(name)")
                #expect(given == 0, "\(name): bytes of a damaged file were handed out")
                #expect(throws: VaultError.damaged("", ""), "\(name)") {
                    try handle.saveAttachment(
                        1, ofEntry: 1, to: out.appendingPathComponent("saved"))
                }
                let left = try FileManager.default.contentsOfDirectory(atPath: out.path)
                #expect(left.isEmpty, "\(name) leaves \(left)")
            }
            // The case itself stays readable.
            #expect(try fresh.entries().count == 1)
            #expect(try committee.vault("Robin").verify().isWhole == false, "\(name)")
        }
        try good.write(to: file)
        #expect(try read(found).count == 3 * 65_536 + 1000)
        #expect(Self.damages.count == 23)
    }

    @Test func missingBytesAreIncomplete() throws {
        let (found, file) = try attach(bytes(10))
        try FileManager.default.removeItem(at: file)
        let fresh = try #require(try committee.vault("Robin").cases.first)
        for handle in [found, fresh] {
            let fault = #expect(throws: VaultError.self) { _ = try read(handle) }
            #expect(fault?.code == .incomplete)
        }
    }

    @Test func wrongNumbersAreNamed() throws {
        let (found, _) = try attach(bytes(10))
        for (number, entry) in [(0, 1), (2, 1), (1, 0), (1, 2), (-1, 1), (1, -1), (Int.max, 1)] {
            let fault = #expect(throws: VaultError.self) {
                try found.readAttachment(number, ofEntry: entry) { (_) throws(VaultError) in }
            }
            #expect(fault?.code == .unknownName)
        }
    }

    @Test func aStopLeavesNothing() throws {
        let before = try committee.snapshot()
        #expect(throws: VaultError.cancelled) {
            try committee.vault("Robin").startCase(
                about: [ReportedPerson(name: "Alex Doe")], report: Report(text: "x"),
                attachments: [AttachmentSource(name: "a", bytes: bytes(200_000))],
                progress: { $0.work == .attachment && $0.done > 100_000 ? .stop : .proceed })
        }
        #expect(try committee.snapshot() == before)
        #expect(try committee.vault("Robin").cases.isEmpty)
        #expect(try committee.vault("Robin").verify().ignored == 0)
    }
}
