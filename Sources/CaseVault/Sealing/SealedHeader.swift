// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What stands in clear in front of a sealed file.
///
/// `"CVSF" | version u8 | suite u8 | slots: log2 u8 | commitment 32 | ephemeral key 32 |
/// slots 48 each | nonce 24`
struct SealedHeader: Sendable {
    /// What every sealed file starts with.
    static let magic = Array("CVSF".utf8)
    /// The version of the layout.
    static let version: UInt8 = 1
    /// X25519, XSalsa20-Poly1305 slots; XChaCha20-Poly1305 body; BLAKE2b; Ed25519.
    static let suite: UInt8 = 1

    /// The commitment to the file's key.
    let commitment: Bytes32
    /// The ephemeral public key that the slots share.
    let ephemeral: Bytes32
    /// The slots as they stand in the file.
    let slots: [[UInt8]]
    /// The nonce of the body.
    let nonce: [UInt8]

    /// The size in bytes of a header with so many slots.
    static func size(slots: Int) -> Int {
        4 + 3 + 2 * 32 + slots * SlotTable.slotSize + XChaCha20Poly1305.nonceBytes
    }
}

// MARK: - BinaryCoding

extension SealedHeader: BinaryCoding {
    func write(to writer: inout ByteWriter) {
        writer.raw(Self.magic)
        writer.u8(Self.version)
        writer.u8(Self.suite)
        writer.u8(UInt8(slots.count.trailingZeroBitCount))
        writer.raw(commitment)
        writer.raw(ephemeral)
        for slot in slots { writer.raw(slot) }
        writer.raw(nonce)
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        let start = reader
        guard try reader.raw(4) == Self.magic else { throw start.failure(.malformed) }
        let atVersion = reader
        guard try reader.u8() == Self.version, try reader.u8() == Self.suite else {
            throw atVersion.failure(.unsupportedVersion)
        }
        let atCount = reader
        let exponent = try reader.u8()
        guard (3...10).contains(exponent) else { throw atCount.failure(.tooLarge) }
        commitment = try reader.bytes32()
        ephemeral = try reader.bytes32()
        let count = 1 << Int(exponent)
        guard reader.remaining >= count * SlotTable.slotSize else {
            throw reader.failure(.truncated)
        }
        var slots: [[UInt8]] = []
        slots.reserveCapacity(count)
        for _ in 0..<count { slots.append(try reader.raw(SlotTable.slotSize)) }
        self.slots = slots
        nonce = try reader.raw(XChaCha20Poly1305.nonceBytes)
    }
}
