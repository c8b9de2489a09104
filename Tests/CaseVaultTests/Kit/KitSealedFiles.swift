// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if DEBUG
    import CaseVaultBridge

    @testable import CaseVault

    /// Sealed files of the test kit, each wrong in one way.
    struct KitSealedFiles {
        /// The files by name.
        private(set) var files: [String: KitFile] = [:]
        /// A reader and sealer.
        private let robin: MemberKey
        /// Another reader.
        private let sam: MemberKey
        /// Somebody who is not listed.
        private let ghost: MemberKey

        /// Makes them all.
        init() throws {
            robin = try KitForge.key("Robin")
            sam = try KitForge.key("Sam")
            ghost = try KitForge.key("Ghost")
            try addRight()
            try addSlots()
            try addKeys()
            try addBodies()
            try addBytes()
        }

        /// A right file for Robin and Sam, sealed by Robin.
        private var right: FileForge {
            FileForge(
                vault: KitForge.vault, readers: [robin.card, sam.card],
                records: [KitForge.record(by: robin)], sealer: robin)
        }

        /// Adds a file as somebody sees it.
        private mutating func add(
            _ name: String, _ expect: String, _ comment: String, by reader: MemberKey? = nil,
            edit: (inout FileForge) throws -> Void = { _ in },
            editBytes: (inout [UInt8]) -> Void = { _ in }
        ) throws {
            KitForge.begin(name)
            var forge = right
            try edit(&forge)
            var bytes = try forge.bytes()
            editBytes(&bytes)
            let reader = reader ?? robin
            var file = KitFile("sealed file", expect, comment, payload: bytes)
            file.add("vault", KitForge.vault.hexText)
            file.add("member", reader.card.name)
            file.add("seed", KitForge.hex(KitForge.seed(reader.card.name)))
            if expect == "ok" {
                guard case .opened(let opened) = try forge.open(with: reader) else { return }
                for record in opened.records.values.flatMap({ $0 }).sorted(by: { $0.id < $1.id }) {
                    file.add("record", record.id.hexText)
                }
                for card in opened.readers.cards.sorted(by: { $0.id < $1.id }) {
                    file.add("reader", card.id.description)
                }
            }
            if expect == "nameDoesNotMatch" {
                file.add("name", FileName(raw: BLAKE2b.hash(try forge.bytes())).hexText)
            }
            files["sealed-" + name] = file
        }

        /// Files with nothing wrong.
        private mutating func addRight() throws {
            try add("right", "ok", "nothing is wrong")
            try add("right-other-reader", "ok", "the same as the other reader sees it", by: sam)
            try add("not-mine", "notMine", "no slot for this key; no error", by: ghost)
            try add("right-author-no-reader", "ok", "an author who is no reader") { [ghost] in
                $0.records = [KitForge.record(by: ghost).encoded]
                $0.authors = [ghost.card.encoded]
            }
            try add("right-16-slots", "ok", "more slots") { $0.slotCount = 16 }
        }

        /// Who got the key, and who is said to have got it.
        private mutating func addSlots() throws {
            let (robin, sam, ghost) = (robin, sam, ghost)
            try add("ghost", "ghostReader", "a slot for somebody who is not listed") {
                $0.slotKeys.append(ghost.card.boxKey)
            }
            try add("ghost-himself", "ghostReader", "the same, as that person", by: ghost) {
                $0.slotKeys.append(ghost.card.boxKey)
            }
            try add("repeated-slot", "ghostReader", "a slot twice, in place of a decoy") {
                $0.slotKeys.append(sam.card.boxKey)
            }
            try add("no-slot", "readerWithoutSlot", "a listed reader has no slot") {
                $0.slotKeys = [robin.card.boxKey]
            }
            try add("order", "slotsOutOfOrder", "two slots changed places") {
                $0.editSlots = { $0.swapAt(2, 5) }
            }
            try add(
                "random-ephemeral", "readerWithoutSlot", "an ephemeral key that is not the derived"
            ) {
                $0.ephemeralSeed = .random()
            }
            try add("random-decoy", "ghostReader", "a decoy that is not the derived") { forge in
                let mine = try [robin, sam].map {
                    try RawSlots.slot(forge.key, for: $0.card.boxKey, in: KitForge.vault)
                }
                let other = Random.bytes(SlotTable.slotSize)
                forge.editSlots = { slots in
                    guard let place = slots.firstIndex(where: { !mine.contains($0) }) else {
                        return
                    }
                    slots[place] = other
                    slots.sort { $0.lexicographicallyPrecedes($1) }
                }
            }
            try add(
                "two-keys", "keyNotCommitted", "the slots of two readers hold two keys", by: sam
            ) { forge in
                // Under the file's ephemeral key, so that it opens.
                let box = try SealedBoxes(
                    sealing: FileKey.random(), to: [sam.card.boxKey],
                    ephemeralSeed: SlotTable.ephemeralSeed(of: forge.key, vault: KitForge.vault)
                ).boxes[0]
                forge.slotKeys = [robin.card.boxKey]
                forge.editSlots = {
                    $0[0] = box
                    $0.sort { $0.lexicographicallyPrecedes($1) }
                }
            }
            try add("commitment", "keyNotCommitted", "another commitment") {
                $0.commitment = Random.bytes32()
            }
            try add("commitment-other-vault", "keyNotCommitted", "that of another vault") {
                $0.commitment = SlotTable.commitment(
                    to: $0.key, vault: VaultID(raw: Random.bytes32()))
            }
        }

        /// Cards that must not be there.
        private mutating func addKeys() throws {
            let (sam, ghost) = (sam, ghost)
            for weak in CraftedFileTests.weakKeys {
                guard let raw = Bytes32(hex: weak.hex) else { continue }
                let name = "weak-" + weak.testDescription.filter { $0.isLetter || $0.isNumber }
                try add(name, "badPublicKey", "an author's card with the key: \(weak)") {
                    $0.authors = [
                        FileForge.card(name: "Weak", key: raw, signer: ghost)
                    ]
                }
            }
            try add("twin", "repeatedKey", "two cards share a key") {
                $0.authors = [MemberCard(name: "Twin", signing: sam.signing).encoded]
            }
            try add("reader-twice", "malformed", "a reader is listed twice") {
                $0.readers.append($0.readers[1])
            }
            try add("readers-order", "malformed", "the readers are not in order") {
                $0.readers.reverse()
            }
        }

        /// What is in the body.
        private mutating func addBodies() throws {
            let (robin, sam, ghost) = (robin, sam, ghost)
            try add("sealer-other", "badSealer", "signed by another reader") { $0.signer = sam }
            try add("sealer-unknown", "badSealer", "the sealer's card is missing") {
                $0.sealer = ghost.card.id
                $0.signer = ghost
            }
            try add("sealer-signature", "badSealer", "a bit of the signature") {
                $0.editBody = { $0[$0.count - 1] ^= 1 }
            }
            try add("record-signature", "badRecord", "a bit of a record's signature") {
                // Behind log, kind, author, no parents, day and the hash of the body.
                $0.records[0][32 + 1 + 32 + 4 + 4 + 32] ^= 1
            }
            try add("record-body", "badRecord", "a bit of a record's text") {
                $0.records[0][$0.records[0].count - 6] ^= 1
            }
            try add("record-stripped", "ok", "an entry without its text") {
                $0.records[0] = KitForge.record(by: robin).redacted.encoded
            }
            try add("record-stripped-grant", "malformed", "a removal without its body") {
                let log = LogID(raw: BLAKE2b.hash(Array("log".utf8)))
                $0.records[0] =
                    KitForge.record(
                        .revoked([sam.card.id]), by: robin, in: KitForge.vault, log: log,
                        parents: []
                    ).redacted.encoded
            }
            try add("record-other-vault", "badRecord", "a record of another vault") {
                $0.records = [
                    KitForge.record(by: robin, in: VaultID(raw: Random.bytes32())).encoded
                ]
            }
            try add("record-no-card", "badRecord", "the author's card is missing") {
                $0.records = [KitForge.record(by: ghost).encoded]
            }
            try add("record-kind", "newerVersion", "an unknown kind of record") {
                $0.records[0][32] = 200
            }
            try add("record-twice", "malformed", "a record twice") {
                $0.records.append($0.records[0])
            }
            try add("no-record", "malformed", "no record at all") { $0.records = [] }
            try add("body-longer", "malformed", "a byte behind the body") {
                $0.editBody = { $0.append(0) }
            }
            try add("padding-not-zero", "malformed", "padding that is not zero") {
                $0.editPadded = { $0[$0.count - 1] = 1 }
            }
            try add("padding-longer", "malformed", "more padding than there is to be") {
                $0.editPadded = { $0 += Array(repeating: 0, count: 64) }
            }
            try add("padding-room", "malformed", "padding as if every slot had no card") {
                $0.room = 0
            }
            try add("padding-count", "malformed", "a length that lies") {
                $0.editPadded = { $0[0] = 255 }
            }
        }

        /// What everybody can change.
        private mutating func addBytes() throws {
            try add("name", "nameDoesNotMatch", "a bit of the ciphertext") { _ in
            } editBytes: {
                $0[$0.count - 1] ^= 1
            }
            try add("cut", "malformed", "shorter than any file") { _ in
            } editBytes: {
                $0 = Array($0.prefix(SealedFile.smallestSize - 1))
            }
            try add("low-order-ephemeral", "notMine", "an ephemeral key that is zero") { _ in
            } editBytes: {
                $0.replaceSubrange(39..<71, with: Array(repeating: 0, count: 32))
            }
            try add("longer", "bodyDamaged", "a byte behind the end") { _ in
            } editBytes: {
                $0.append(0)
            }
            try add("empty", "malformed", "nothing") { _ in
            } editBytes: {
                $0 = []
            }
            try add("nonce", "bodyDamaged", "a bit of the nonce") { _ in
            } editBytes: {
                $0[RawSlots.start + 8 * 48] ^= 1
            }
            try add("magic", "malformed", "neither magic") { _ in
            } editBytes: {
                $0[2] ^= 1
            }
            try add("version", "newerVersion", "version 2") { $0.editHeader = { $0[4] = 2 } }
            try add("suite", "newerVersion", "suite 2") { $0.editHeader = { $0[5] = 2 } }
            try add("four-slots", "malformed", "too few slots") {
                $0.editHeader = { $0[6] = 2 }
            }
            try add("many-slots", "malformed", "too many slots") {
                $0.editHeader = { $0[6] = 11 }
            }
        }
    }
#endif
