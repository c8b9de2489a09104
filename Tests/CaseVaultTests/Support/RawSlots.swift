// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge

@testable import CaseVault

/// The slots of a sealed file by their place in the bytes, apart from the library's parser.
///
/// They are opened by `crypto_box_seal_open`, which the library itself does not use.
struct RawSlots {
    /// The ephemeral key.
    let ephemeral: [UInt8]
    /// The slots in the file's order.
    let slots: [[UInt8]]

    /// Where a sealed file's slots begin.
    static let start = 7 + 32 + 32

    /// The bytes of one slot in a file.
    static func place(_ number: Int) -> Range<Int> {
        start + number * 48..<start + (number + 1) * 48
    }

    /// Where the body of a file begins, behind slots and nonce.
    var bodyStart: Int { Self.start + slots.count * 48 + 24 }

    /// Cuts a file up; `nil` if it is too short.
    init?(_ bytes: [UInt8]) {
        guard bytes.count > Self.start else { return nil }
        let count = 1 << Int(bytes[6] & 15)
        guard bytes.count > Self.start + count * 48 + 24 else { return nil }
        ephemeral = Array(bytes[39..<Self.start])
        slots = (0..<count).map { Array(bytes[Self.place($0)]) }
    }

    /// What each slot holds for a member.
    func keys(for member: MemberKey) -> [FileKey?] {
        slots.map { slot in
            SealedBoxes.openSealedBox(ephemeral + slot, with: member.box).flatMap { key in
                FileKey(copying: key.span)
            }
        }
    }

    /// The slot that a key gives to a member, as the format makes it.
    static func slot(
        _ key: FileKey, for member: BoxPublicKey, in vault: VaultID
    ) throws(CryptoError) -> [UInt8] {
        try SealedBoxes(
            sealing: key, to: [member],
            ephemeralSeed: SlotTable.ephemeralSeed(of: key, vault: vault)
        ).boxes[0]
    }
}
