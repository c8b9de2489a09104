// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// Seals an entry of 10 KB for ten members, and opens it.
enum EntryWork {
    /// Measures in turns with the limit.
    static func run(_ options: Options, _ report: Figures) throws {
        let keys = try (0..<10).map { try MemberKey.generate(name: "Member \($0)") }
        guard let readers = ReaderList(keys.map(\.card)), let me = keys.first else { return }
        let vault = VaultID(raw: Random.bytes32())
        let log = LogID(raw: Random.bytes32())
        let text = String(repeating: "x", count: 10_000)
        let statement = Statement.entered(
            EntryStatement(kind: .discussion, happened: nil, text: text))
        let raw = try Raw(readers: 10)
        let record = [UInt8](repeating: 1, count: statement.body.count + 200)
        let body = [UInt8](
            repeating: 1, count: Padding.size(ofContent: record.count + 130, room: 16 * 164))
        let times = 200
        var seal: [Double] = []
        var rawSeal: [Double] = []
        var open: [Double] = []
        var rawOpen: [Double] = []
        var again: [Double] = []
        var rawAgain: [Double] = []
        for _ in 0..<options.rounds {
            var files: [[UInt8]] = []
            var rawFiles: [Raw.File] = []
            seal.append(
                try Measure.time {
                    for _ in 0..<times {
                        let record = Record(
                            log: log, kind: statement.kind,
                            parents: [Random.bytes32()].map(RecordID.init),
                            day: Day(daysSince1970: 20_000), body: statement.body, vault: vault,
                            author: me)
                        let verified = try VerifiedRecord(signed: record, by: me.card, in: vault)
                        files.append(
                            try SealedFile.seal(
                                SealedFile.Contents(
                                    readers: readers, records: [verified], attachments: []),
                                slots: 16, sealer: me, vault: vault
                            ).bytes)
                    }
                } / Double(times))
            rawSeal.append(
                try Measure.time {
                    for _ in 0..<times {
                        raw.sign(record)
                        rawFiles.append(try raw.seal(body))
                    }
                } / Double(times))
            open.append(
                try Measure.time {
                    for file in files {
                        let name = FileName(raw: BLAKE2b.hash(file))
                        guard
                            case .opened = try SealedFile.open(
                                file, name: name, with: me, vault: vault)
                        else { throw WorkError.wrong }
                    }
                } / Double(times))
            rawOpen.append(
                try Measure.time {
                    for file in rawFiles {
                        try raw.open(file.bytes)
                        raw.verify(record)
                    }
                } / Double(times))
            again.append(
                try Measure.time {
                    for file in files {
                        let name = FileName(raw: BLAKE2b.hash(file))
                        _ = try SealedFile.open(
                            file, name: name, with: me, vault: vault, checked: .file)
                    }
                } / Double(times))
            rawAgain.append(
                try Measure.time {
                    for file in rawFiles { try raw.open(file.bytes, isKnown: true) }
                } / Double(times))
        }
        report.add("seal an entry of 10 KB to 10 members", seal, limits: rawSeal)
        report.add("open it, never seen before", open, limits: rawOpen)
        report.add("open it again, remembered as verified", again, limits: rawAgain)
    }
}
