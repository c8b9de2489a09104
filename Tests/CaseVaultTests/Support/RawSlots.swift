// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

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

extension RawSlots {
    /// Expects that whoever holds no key learns nothing from the slots of these files: that no
    /// byte stands at one place of a slot more often than chance puts it there, and that no eight
    /// bytes stand in two slots.
    ///
    /// Of every file some slots are decoys. A mark of one byte on all of them would show.
    static func expectNothingRecurs(
        in files: some Collection<[UInt8]>, at location: SourceLocation = #_sourceLocation
    ) {
        let slots = files.compactMap { RawSlots($0)?.slots }.joined()
        let count = slots.count
        #expect(count >= 64, "too few to tell", sourceLocation: location)
        var seen: Set<ArraySlice<UInt8>> = []
        var counts = Array(repeating: Array(repeating: 0, count: 256), count: 48)
        for slot in slots {
            for (place, byte) in slot.enumerated() {
                counts[place][Int(byte)] += 1
                guard place + 8 <= slot.count else { continue }
                let isNew = seen.insert(slot[place..<place + 8]).inserted
                #expect(isNew, "eight bytes stand in two slots", sourceLocation: location)
            }
        }
        // Chance goes over this less than once in a hundred million runs.
        let most = counts.joined().max() ?? 0
        #expect(
            most <= count / 16 + 9, "a byte stands \(most) times at one place of \(count) slots",
            sourceLocation: location)
    }
}
