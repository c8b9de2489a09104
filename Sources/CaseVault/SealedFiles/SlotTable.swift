// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The slots of a sealed file: for each reader the file's key, sealed; the rest decoys.
///
/// Everything is computed from the key and the reader list, so that whoever opens the file can
/// rebuild the table and see who else was given the key. See Docs/FORMAT.md, "Slots".
struct SlotTable: Hashable, Sendable {
    /// The slots, ascending by bytes.
    let slots: [[UInt8]]
    /// Where each reader's slot is, in the order of the reader list.
    let places: [Int]

    /// The size of a slot: the layout of libsodium's `crypto_box_seal` around a 32-byte key.
    static let slotSize = 32 + SealedBox.overhead
    /// The fewest slots.
    static let fewest = 8
    /// The most slots.
    static let most = 1024

    /// How many slots a file has that is written with a roster of this size.
    ///
    /// The first of 8, 16, 32 … that holds the whole roster plus two.
    static func count(forRoster size: Int) -> Int {
        var count = fewest
        while count < min(size + 2, most) { count *= 2 }
        return count
    }

    /// Builds the table.
    ///
    /// - Parameters:
    ///   - key: The file's key, random and used for this file only.
    ///   - readers: Who is given the key.
    ///   - count: How many slots; at least as many as readers.
    ///   - vault: The vault that the file belongs to.
    /// - Throws: `CryptoError.invalidKey` if a reader's key has low order, which cards exclude.
    init(key: FileKey, readers: ReaderList, count: Int, vault: VaultID) throws(CryptoError) {
        var slots: [[UInt8]] = []
        slots.reserveCapacity(count)
        for card in readers.cards {
            slots.append(try Self.slot(key, card.boxKey, vault))
        }
        for number in slots.count..<max(count, slots.count) {
            var message = Label.decoySeed.writer
            message.raw(vault.raw)
            message.u32(UInt32(number))
            let decoy = SealedBox.publicKey(fromSeed: BLAKE2b.keyed(key, message.bytes))
            slots.append(try Self.slot(key, decoy, vault))
        }
        let order = slots.indices.sorted { slots[$0].lexicographicallyPrecedes(slots[$1]) }
        self.slots = order.map { slots[$0] }
        var places = Array(repeating: 0, count: slots.count)
        for (place, number) in order.enumerated() { places[number] = place }
        self.places = Array(places.prefix(readers.cards.count))
    }

    /// The slot of one recipient.
    ///
    /// The ephemeral key pair is derived from the file's key. That key is uniform and never used
    /// for another file, so the pair is as unpredictable as a random one to everybody who has
    /// not got the key, and whoever has the key has nothing to learn from the slot.
    static func slot(
        _ key: FileKey, _ recipient: BoxPublicKey, _ vault: VaultID
    ) throws(CryptoError) -> [UInt8] {
        let seed = BLAKE2b.keyed(key, Label.slotSeed.message(vault.raw, recipient.raw))
        return try SealedBox.seal(key, to: recipient, ephemeralSeed: seed)
    }

    /// The value in front of a file that binds it to one key.
    static func commitment(to key: FileKey, vault: VaultID) -> Bytes32 {
        BLAKE2b.keyed(key, Label.commitment.message(vault.raw))
    }
}
