// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The slots of a sealed file: for each reader the file's key, sealed; the rest decoys.
///
/// Everything is computed from the key and the reader list, so that whoever opens the file can
/// rebuild the table and see who else was given the key. See Docs/FORMAT.md, "Sealed files".
struct SlotTable: Hashable, Sendable {
    /// The ephemeral public key that all slots share.
    let ephemeral: Bytes32
    /// The slots, ascending by bytes.
    let slots: [[UInt8]]
    /// The slots of the readers, in the order of the reader list.
    let readerSlots: [[UInt8]]

    /// The size of a slot: what stands behind the ephemeral key in a `crypto_box_seal` of a
    /// 32-byte key.
    static let slotSize = SealedBoxes.boxSize
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
    /// A decoy is a hash under the file's key. To whoever has not got that key it is random, and so
    /// is the box of somebody else; nobody can open it, since there is nothing in it.
    ///
    /// - Parameters:
    ///   - key: The file's key, random and used for this file only.
    ///   - readers: Who is given the key.
    ///   - count: How many slots; at least as many as readers.
    ///   - vault: The vault that the file belongs to.
    /// - Throws: `CryptoError.invalidKey` if a reader's key has low order, which cards exclude.
    init(key: FileKey, readers: ReaderList, count: Int, vault: VaultID) throws(CryptoError) {
        let sealed = try SealedBoxes(
            sealing: key, to: readers.cards.map(\.boxKey),
            ephemeralSeed: Self.ephemeralSeed(of: key, vault: vault))
        let decoys = (sealed.boxes.count..<max(count, sealed.boxes.count)).map {
            Self.decoy($0, key: key, vault: vault)
        }
        ephemeral = sealed.ephemeral
        readerSlots = sealed.boxes
        slots = (sealed.boxes + decoys).sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The seed of the ephemeral key pair.
    ///
    /// It is derived from the file's key. That key is uniform and never used for another file, so
    /// the pair is as unpredictable as a random one to everybody who has not got the key, and
    /// whoever has the key has nothing to learn from the slots.
    static func ephemeralSeed(of key: FileKey, vault: VaultID) -> FileKey {
        BLAKE2b.derive(from: key, Label.ephemeralSeed.message(vault.raw))
    }

    /// A slot that is nobody's.
    static func decoy(_ number: Int, key: FileKey, vault: VaultID) -> [UInt8] {
        var message = Label.decoy.writer
        message.raw(vault.raw)
        message.u32(UInt32(number))
        return BLAKE2b.keyed(key, message.bytes, count: slotSize)
    }

    /// The value in front of a file that binds it to one key.
    static func commitment(to key: FileKey, vault: VaultID) -> Bytes32 {
        BLAKE2b.keyed(key, Label.commitment.message(vault.raw))
    }
}
