// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if DEBUG
    import CaseVaultBridge

    @testable import CaseVault

    /// Attachments, cards, key files and `VAULT` of the test kit, each wrong in one way.
    struct KitOtherFiles {
        /// The files by name.
        private(set) var files: [String: KitFile] = [:]

        /// Makes them all.
        init() throws {
            try addAttachments()
            try addCards()
            try addKeyFiles()
            addMarkers()
        }

        // MARK: - Attachments

        /// Adds an attachment.
        private mutating func addAttachment(
            _ name: String, _ expect: String, _ comment: String, size: Int,
            says: (size: Int, hash: Bytes32)? = nil, log: LogID = KitForge.log,
            id: AttachmentID = KitForge.attachment,
            edit: (inout [UInt8], FileKey) throws -> Void = { _, _ in }
        ) throws {
            KitForge.begin(name)
            let raw = Random.bytes32().bytes
            guard let key = FileKey(copying: raw.span) else { return }
            let plain = (0..<size).map { UInt8(truncatingIfNeeded: $0 / 7) }
            var bytes = Self.header(key)
            let chunks = stride(from: 0, to: max(size, 1), by: 65_536).map {
                Array(plain[min($0, size)..<min($0 + 65_536, size)])
            }
            for (number, chunk) in chunks.enumerated() {
                bytes += try Self.chunk(
                    chunk, UInt64(number), isLast: number == chunks.count - 1, key)
            }
            try edit(&bytes, key)
            var file = KitFile("attachment", expect, comment, payload: bytes)
            file.add("vault", KitForge.vault.hexText)
            file.add("log", log.hexText)
            file.add("attachment", id.hexText)
            file.add("key", KitForge.hex(raw))
            file.add("size", "\(says?.size ?? size)")
            file.add("hash", (says?.hash ?? BLAKE2b.hash(plain)).hex)
            files["attachment-" + name] = file
        }

        /// What stands in front of an attachment.
        private static func header(_ key: FileKey) -> [UInt8] {
            AttachmentHeader(
                key: key, vault: KitForge.vault, log: KitForge.log, id: KitForge.attachment
            ).encoded
        }

        /// An encrypted chunk.
        private static func chunk(
            _ plain: [UInt8], _ number: UInt64, isLast: Bool, _ key: FileKey
        ) throws -> [UInt8] {
            let header = Self.header(key)
            var nonce = ByteWriter()
            nonce.raw(Array(repeating: 0, count: 15))
            nonce.u64(number)
            nonce.bool(isLast)
            return try XChaCha20Poly1305.seal(
                plain.span, associatedData: header.span, nonce: nonce.bytes.span, key: key)
        }

        /// All attachments.
        private mutating func addAttachments() throws {
            let head = AttachmentHeader.size
            let full = 65_536 + 16
            try addAttachment("right", "verified", "nothing is wrong", size: 100)
            try addAttachment("right-empty", "verified", "no bytes", size: 0)
            try addAttachment("right-two-chunks", "verified", "two chunks", size: 65_537)
            try addAttachment("right-full-chunk", "verified", "one full chunk", size: 65_536)
            try addAttachment("cut-at-chunk", "damaged", "the last chunk is gone", size: 65_537) {
                bytes, _ in bytes = Array(bytes.prefix(head + full))
            }
            try addAttachment("empty-last", "damaged", "an empty last chunk", size: 65_536) {
                bytes, key in
                let plain = (0..<65_536).map { UInt8(truncatingIfNeeded: $0 / 7) }
                bytes = Array(bytes.prefix(head))
                bytes += try Self.chunk(plain, 0, isLast: false, key)
                bytes += try Self.chunk([], 1, isLast: true, key)
            }
            try addAttachment("not-last", "damaged", "the last chunk says that it is none", size: 9)
            {
                bytes, key in
                bytes = Array(bytes.prefix(head))
                bytes += try Self.chunk(
                    (0..<9).map { UInt8(truncatingIfNeeded: $0 / 7) }, 0, isLast: false, key)
            }
            try addAttachment("number", "damaged", "the first chunk has number 1", size: 9) {
                bytes, key in
                bytes = Array(bytes.prefix(head))
                bytes += try Self.chunk(
                    (0..<9).map { UInt8(truncatingIfNeeded: $0 / 7) }, 1, isLast: true, key)
            }
            try addAttachment("bit", "damaged", "a bit of the ciphertext", size: 100) { bytes, _ in
                bytes[head + 5] ^= 1
            }
            try addAttachment("longer", "damaged", "a byte behind the end", size: 100) {
                bytes, _ in bytes.append(0)
            }
            try addAttachment("commitment", "damaged", "another commitment", size: 100) {
                bytes, _ in bytes[10] ^= 1
            }
            try addAttachment(
                "size", "damaged", "the record says another size", size: 100,
                says: (101, BLAKE2b.hash((0..<100).map { UInt8(truncatingIfNeeded: $0 / 7) })))
            try addAttachment(
                "hash", "damaged", "the record says another hash", size: 100,
                says: (100, BLAKE2b.hash([1])))
            try addAttachment(
                "other-log", "damaged", "it belongs to another log", size: 100,
                log: LogID(raw: BLAKE2b.hash(Array("other".utf8))))
            try addAttachment(
                "other-attachment", "damaged", "it is another attachment of the log", size: 100,
                id: AttachmentID(raw: BLAKE2b.hash(Array("other".utf8))))
            try addAttachment("header-only", "damaged", "no chunk at all", size: 0) { bytes, _ in
                bytes = Array(bytes.prefix(head))
            }
        }

        // MARK: - Cards

        /// Adds a card.
        private mutating func addCard(
            _ name: String, _ expect: String, _ comment: String, _ bytes: [UInt8]
        ) {
            var file = KitFile("card", expect, comment, payload: bytes)
            if expect == "ok", let card = try? MemberCard(wholly: bytes) {
                file.add("card", card.id.description)
                file.add("fingerprint", card.fingerprint.description)
            }
            files["card-" + name] = file
        }

        /// All cards.
        private mutating func addCards() throws {
            let robin = try KitForge.key("Robin")
            let right = robin.card.encoded
            addCard("right", "ok", "nothing is wrong", right)
            addCard(
                "right-nfc", "ok", "a name with an accent", try KitForge.key("Zoë").card.encoded)
            addCard("cut", "malformed", "a byte is missing", right.dropLast())
            addCard("longer", "malformed", "a byte too many", right + [0])
            var changed = right
            changed[right.count - 1] ^= 1
            addCard("signature", "badRecord", "a bit of the signature", changed)
            for (name, text, comment) in [
                ("name-nfd", "Zoe\u{308}", "a name that is not NFC"),
                ("name-space", "Robin ", "white space at the end"),
                ("name-bidi", "Robin\u{202E}", "a character that turns the line around"),
                ("name-newline", "Ro\nbin", "two lines"), ("name-empty", "", "no name"),
                ("name-long", String(repeating: "a", count: 201), "201 bytes"),
            ] {
                addCard(
                    name, "malformed", comment,
                    FileForge.card(
                        name: text, key: robin.card.verifyKey.raw, signer: robin))
            }
        }

        // MARK: - Key files

        /// Adds a key file.
        private mutating func addKeyFile(
            _ name: String, _ expect: String, _ comment: String, _ bytes: [UInt8],
            passphrase: String? = nil
        ) {
            var file = KitFile("key file", expect, comment, payload: bytes)
            if let passphrase { file.add("passphrase", passphrase) }
            if expect == "ok" {
                file.add("member", "Robin")
                file.add("seed", KitForge.hex(KitForge.seed("Robin")))
            }
            files["key-" + name] = file
        }

        /// All key files.
        private mutating func addKeyFiles() throws {
            KitForge.begin("key files")
            let robin = try KitForge.key("Robin")
            let words = try Passphrase(Array("correct horse".utf8).span)
            let cost = KeyFileCost(passes: 1, memoryKiB: 64)
            let open = try KeyFile(cost: cost).encode(robin, passphrase: nil)
            let closed = try KeyFile(cost: cost).encode(robin, passphrase: words)
            addKeyFile("right", "ok", "no passphrase", open)
            addKeyFile("right-protected", "ok", "Argon2id", closed, passphrase: "correct horse")
            addKeyFile(
                "wrong-passphrase", "refused", "another passphrase", closed, passphrase: "horse")
            addKeyFile("cut", "refused", "a byte is missing", open.dropLast())
            addKeyFile("longer", "refused", "a byte too many", open + [0])
            var changed = closed
            changed[closed.count - 1] ^= 1
            addKeyFile("bit", "refused", "a bit", changed, passphrase: "correct horse")
            for (name, place, bytes, expect, comment) in [
                ("passes-0", 6, [UInt8(0), 0, 0, 0], "refused", "no passes"),
                ("passes-many", 6, [255, 255, 255, 255], "refused", "2^32 passes"),
                ("memory-little", 10, [0, 0, 0, 0], "refused", "too little memory"),
                ("memory-much", 10, [255, 255, 255, 255], "refused", "4 TiB of memory"),
                ("magic", 0, [0], "refused", "no key file"),
                ("version", 4, [2], "newerVersion", "version 2"),
                ("protection", 5, [2], "newerVersion", "protection 2"),
            ] {
                changed = closed
                changed.replaceSubrange(place..<place + bytes.count, with: bytes)
                addKeyFile(name, expect, comment, changed, passphrase: "correct horse")
            }
        }

        // MARK: - VAULT

        /// All files `VAULT`.
        private mutating func addMarkers() {
            let id = KitForge.vault.hexText
            for (name, expect, text, comment) in [
                ("right", "ok", "casevault/1\nvault \(id)\n", "nothing is wrong"),
                ("crlf", "ok", "casevault/1\r\nvault \(id)\r\n", "line ends of another system"),
                ("empty-lines", "ok", "casevault/1\n\nvault \(id)\n\n\n", "empty lines"),
                ("no-end", "ok", "casevault/1\nvault \(id)", "no line end at the end"),
                ("newer", "newerVersion", "casevault/2\nvault \(id)\n", "version 2"),
                ("newer-more", "newerVersion", "casevault/10\nother\n", "version 10"),
                ("one-line", "newerVersion", "casevault/1 vault \(id)\n", "all on one line"),
                ("more", "malformed", "casevault/1\nvault \(id)\nmore\n", "a third line"),
                ("two-spaces", "malformed", "casevault/1\nvault  \(id)\n", "two spaces"),
                ("upper", "malformed", "casevault/1\nvault \(id.uppercased())\n", "capitals"),
                ("short", "malformed", "casevault/1\nvault \(id.dropLast(2))\n", "31 bytes"),
                ("other", "malformed", "something else\n", "no vault"),
                ("empty", "malformed", "", "nothing"),
            ] {
                var file = KitFile("marker", expect, comment, payload: Array(text.utf8))
                if expect == "ok" { file.add("vault", id) }
                files["marker-" + name] = file
            }
        }
    }
#endif
