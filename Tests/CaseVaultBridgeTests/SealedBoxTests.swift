// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@Suite struct SealedBoxTests {
    /// Opens a box given as an array.
    static func open(_ box: [UInt8], _ reader: BoxSecretKey) -> FileKey? {
        SealedBox.open(box.span, with: reader)
    }

    @Test func opensWhatWasSealed() throws {
        let reader = try BoxSecretKey(seed: SecretBytes(random: 32))
        let key = FileKey.random()
        let seed = Random.bytes32()
        let box = try SealedBox.seal(key, to: reader.publicKey, ephemeralSeed: seed)
        #expect(box.count == 80)
        #expect(box.count == SealedBox.overhead + 32)
        // The box begins with the public key of the seed, and one seed gives one box.
        #expect(Array(box.prefix(32)) == SealedBox.publicKey(fromSeed: seed).raw.bytes)
        #expect(try SealedBox.seal(key, to: reader.publicKey, ephemeralSeed: seed) == box)
        let opened = try #require(Self.open(box, reader))
        #expect(FileKey.equal(opened, key))
        #expect(SealedBox.openAnonymous(box, with: reader) == exposed(key))

        let other = try BoxSecretKey(seed: SecretBytes(random: 32))
        #expect(Self.open(box, other) == nil)
        #expect(Self.open([], reader) == nil)
        #expect(Self.open(Array(box.dropLast()), reader) == nil)
        #expect(Self.open(box + [0], reader) == nil)
        for bit in 0..<640 {
            var changed = box
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(Self.open(changed, reader) == nil, "bit \(bit)")
        }
    }

    /// The two parts of "length:hex"; the second is empty for nothing.
    static func lengthAndBytes(_ field: String) -> [String] {
        field.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    }

    @Test(.enabled(if: Vectors.available)) func pynacl() throws {
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
                publicKey: #require(BoxPublicKey(validating: raw)))
            let plaintext = try unhex(content[1])
            let box = try unhex(sealed[1])
            #expect(plaintext.count == Int(content[0]))
            #expect(box.count == Int(sealed[0]))
            #expect(SealedBox.openAnonymous(box, with: reader) == plaintext)
            opened += 1
            for bit in 0..<(8 * box.count) {
                var changed = box
                changed[bit / 8] ^= 1 << UInt8(bit % 8)
                let answer = SealedBox.openAnonymous(changed, with: reader)
                #expect(answer == nil, "bit \(bit)")
            }
            #expect(SealedBox.openAnonymous(Array(box.prefix(47)), with: reader) == nil)
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
    @Test(.enabled(if: Vectors.available)) func oneBoxCanGiveTwoKeys() throws {
        let demo = try Vectors.decode(Demo.self, "non-committing-demo.json").boxSeal
        let box = try unhex(demo.sealed)
        for (secretHex, publicHex, expected) in [
            (demo.sk1, demo.pk1, demo.opened1), (demo.sk2, demo.pk2, demo.opened2),
        ] {
            let raw = try #require(Bytes32(hex: publicHex))
            let reader = try BoxSecretKey(
                secret: secret(unhex(secretHex)),
                publicKey: #require(BoxPublicKey(validating: raw)))
            let key = try #require(Self.open(box, reader))
            #expect(hex(exposed(key)) == expected)
        }
        #expect(demo.opened1 != demo.opened2)
    }
}
