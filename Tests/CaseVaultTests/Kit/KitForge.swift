// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if DEBUG
    import CaseVaultBridge

    @testable import CaseVault

    /// People, and the parts of vaults, that are the same in every run.
    struct KitForge {
        /// A vault for files that stand alone.
        static let vault = VaultID(raw: BLAKE2b.hash(Array("casevault test kit".utf8)))
        /// A log for attachments that stand alone.
        static let log = LogID(raw: BLAKE2b.hash(Array("log".utf8)))
        /// An attachment that stands alone.
        static let attachment = AttachmentID(raw: BLAKE2b.hash(Array("attachment".utf8)))
        /// The day of every record.
        static let day = Day(daysSince1970: 20_000)

        /// Makes all that is random follow from a name, from here on.
        static func begin(_ name: String) {
            let bytes = BLAKE2b.hash(Array(name.utf8)).bytes
            PredictableRandom.start(seed: bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
        }

        /// The seed of a person.
        static func seed(_ name: String) -> [UInt8] {
            BLAKE2b.hash(Array("test kit \(name)".utf8)).bytes
        }

        /// A person's key.
        static func key(_ name: String) throws -> MemberKey {
            try MemberKey(name: name, seed: SecretBytes(copying: seed(name).span))
        }

        /// Hexadecimal digits.
        static func hex(_ bytes: [UInt8]) -> String {
            bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }

        /// An entry of a log.
        static func record(
            by author: MemberKey, in vault: VaultID = vault, log: LogID? = nil,
            parents: [RecordID] = [], text: String = "What happened."
        ) -> Record {
            record(
                .entered(EntryStatement(kind: .discussion, happened: nil, text: text)),
                by: author, in: vault, log: log ?? Self.log,
                parents: parents)
        }

        /// The first record of a log.
        static func start(
            _ statement: Statement, by author: MemberKey, in vault: VaultID
        ) -> Record {
            Record(
                starting: statement.kind, day: day, body: statement.body, vault: vault,
                author: author)
        }

        /// Any other record.
        static func record(
            _ statement: Statement, by author: MemberKey, in vault: VaultID, log: LogID,
            parents: [RecordID]
        ) -> Record {
            Record(
                log: log, kind: statement.kind, parents: parents, day: day,
                body: statement.body, vault: vault, author: author)
        }
    }
#endif
