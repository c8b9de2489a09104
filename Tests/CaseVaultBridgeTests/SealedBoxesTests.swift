// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@Suite struct SealedBoxesTests {
    /// Opens a box given as an array.
    static func open(_ box: [UInt8], under ephemeral: Bytes32, _ reader: BoxSecretKey) -> FileKey? {
        SealedBoxOpener(ephemeral: ephemeral, reader: reader)?.open(anyOf: [box])
    }

    @Test func opensWhatWasSealed() throws {
        let readers = try (0..<3).map { _ in try BoxSecretKey(seed: SecretBytes(random: 32)) }
        let key = FileKey.random()
        let seed = FileKey.random()
        let cards = readers.map(\.publicKey)
        let sealed = try SealedBoxes(sealing: key, to: cards, ephemeralSeed: seed)
        #expect(sealed.boxes.count == 3)
        #expect(Set(sealed.boxes).count == 3)
        // One seed gives the same boxes, whoever else reads.
        #expect(try SealedBoxes(sealing: key, to: cards, ephemeralSeed: seed) == sealed)
        let alone = try SealedBoxes(sealing: key, to: [cards[1]], ephemeralSeed: seed)
        #expect(alone.ephemeral == sealed.ephemeral)
        #expect(alone.boxes == [sealed.boxes[1]])
        let pair = try BoxSecretKey(seed: secret(exposed(seed)))
        #expect(sealed.ephemeral == pair.publicKey.raw)
        for (i, reader) in readers.enumerated() {
            for (j, box) in sealed.boxes.enumerated() {
                #expect(box.count == SealedBoxes.boxSize)
                let opened = Self.open(box, under: sealed.ephemeral, reader)
                #expect(opened.map(exposed) == (i == j ? exposed(key) : nil))
                // With the ephemeral key in front it is a sealed box of libsodium.
                let plain = SealedBoxes.openSealedBox(sealed.ephemeral.bytes + box, with: reader)
                #expect(plain == (i == j ? exposed(key) : nil))
            }
        }
    }

    @Test func findsTheOwnAmongMany() throws {
        let readers = try (0..<3).map { _ in try BoxSecretKey(seed: SecretBytes(random: 32)) }
        let key = FileKey.random()
        let sealed = try SealedBoxes(
            sealing: key, to: readers.map(\.publicKey), ephemeralSeed: .random())
        for (i, reader) in readers.enumerated() {
            let opener = SealedBoxOpener(ephemeral: sealed.ephemeral, reader: reader)
            #expect(opener?.open(anyOf: sealed.boxes).map(exposed) == exposed(key))
            var others = sealed.boxes
            others[i] = Random.bytes(SealedBoxes.boxSize)
            #expect(opener?.open(anyOf: others) == nil)
            #expect(opener?.open(anyOf: []) == nil)
        }
    }

    @Test func refusesWhatWasChanged() throws {
        let reader = try BoxSecretKey(seed: SecretBytes(random: 32))
        let sealed = try SealedBoxes(
            sealing: .random(), to: [reader.publicKey], ephemeralSeed: .random())
        let box = sealed.boxes[0]
        #expect(Self.open([], under: sealed.ephemeral, reader) == nil)
        #expect(Self.open(Array(box.dropLast()), under: sealed.ephemeral, reader) == nil)
        #expect(Self.open(box + [0], under: sealed.ephemeral, reader) == nil)
        for bit in 0..<384 {
            var changed = box
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(Self.open(changed, under: sealed.ephemeral, reader) == nil, "bit \(bit)")
        }
        for bit in 0..<256 {
            var changed = sealed.ephemeral.bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            let other = try #require(Bytes32(changed))
            #expect(Self.open(box, under: other, reader) == nil, "bit \(bit) of the key")
        }
    }

    @Test func thereIsNothingUnderAKeyOfLowOrder() throws {
        let reader = try BoxSecretKey(seed: SecretBytes(random: 32))
        for first: UInt8 in [0, 1] {
            let weak = try #require(Bytes32([first] + [UInt8](repeating: 0, count: 31)))
            #expect(SealedBoxOpener(ephemeral: weak, reader: reader) == nil)
        }
    }

    /// The two parts of "length:hex"; the second is empty for nothing.
    static func lengthAndBytes(_ field: String) -> [String] {
        field.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    }

    @Test(.withVectors) func pynacl() throws {
        var opened = 0
        for line in try Vectors.lines("pynacl/sealed_box_ref.txt") {
            let fields = line.split(separator: "\t").map(String.init)
            try #require(fields.count == 4)
            let content = Self.lengthAndBytes(fields[2])
            let sealed = Self.lengthAndBytes(fields[3])
            try #require(content.count == 2 && sealed.count == 2)
            let raw = try #require(Bytes32(hex: fields[1]))
            let reader = try BoxSecretKey(
                secret: secret(unhex(fields[0])),
                publicKey: BoxPublicKey(trusted: raw))
            let plaintext = try unhex(content[1])
            let box = try unhex(sealed[1])
            #expect(plaintext.count == Int(content[0]))
            #expect(box.count == Int(sealed[0]))
            #expect(SealedBoxes.openSealedBox(box, with: reader) == plaintext)
            opened += 1
            for bit in 0..<(8 * box.count) {
                var changed = box
                changed[bit / 8] ^= 1 << UInt8(bit % 8)
                let answer = SealedBoxes.openSealedBox(changed, with: reader)
                #expect(answer == nil, "bit \(bit)")
            }
            #expect(SealedBoxes.openSealedBox(Array(box.prefix(47)), with: reader) == nil)
        }
        #expect(opened == 3)
    }

    struct Demo: Decodable {
        struct Box: Decodable {
            let pk1: String
            let sk1: String
            let pk2: String
            let sk2: String
            let sealed: String
            let opened1: String
            let opened2: String
        }
        let boxSeal: Box

        enum CodingKeys: String, CodingKey {
            case boxSeal = "box_seal"
        }
    }

    /// One box, two readers, two keys: libsodium really opens both, so the format must not trust
    /// a box alone.
    @Test(.withVectors) func oneBoxCanGiveTwoKeys() throws {
        let demo = try Vectors.decode(Demo.self, "non-committing-demo.json").boxSeal
        let box = try unhex(demo.sealed)
        for (secretHex, publicHex, expected) in [
            (demo.sk1, demo.pk1, demo.opened1), (demo.sk2, demo.pk2, demo.opened2),
        ] {
            let raw = try #require(Bytes32(hex: publicHex))
            let reader = try BoxSecretKey(
                secret: secret(unhex(secretHex)),
                publicKey: BoxPublicKey(trusted: raw))
            let ephemeral = try #require(Bytes32(Array(box.prefix(32))))
            let key = try #require(Self.open(Array(box.dropFirst(32)), under: ephemeral, reader))
            #expect(hex(exposed(key)) == expected)
        }
        #expect(demo.opened1 != demo.opened2)
    }
}
