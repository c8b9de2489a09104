// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@Suite struct VerifyKeyTests {
    /// What the strict verification says about arrays; `false` where a type refuses them.
    static func strict(_ signature: [UInt8], _ message: [UInt8], _ key: [UInt8]) -> Bool {
        guard let signature = Signature64(signature), let raw = Bytes32(key),
            let key = VerifyKey(validating: raw)
        else { return false }
        return key.verify(signature, message)
    }

    struct Wycheproof: Decodable {
        struct Group: Decodable {
            struct Key: Decodable { let pk: String }
            struct Case: Decodable {
                let tcId: Int
                let msg: String
                let sig: String
                let result: String
            }
            let publicKey: Key
            let tests: [Case]
        }
        let testGroups: [Group]
    }

    @Test(.withVectors) func wycheproof() throws {
        let file = try Vectors.decode(Wycheproof.self, "wycheproof/ed25519_test.json")
        var accepted = 0
        var refused = 0
        var byLength = 0
        for group in file.testGroups {
            let key = try unhex(group.publicKey.pk)
            for test in group.tests {
                let signature = try unhex(test.sig)
                let message = try unhex(test.msg)
                let raw = RawEd25519.verify(
                    signature: signature, message: message, publicKey: key)
                let strict = Self.strict(signature, message, key)
                #expect(raw == (test.result == "valid"), "case \(test.tcId)")
                #expect(strict == raw, "case \(test.tcId)")
                if strict { accepted += 1 } else { refused += 1 }
                if signature.count != 64 { byLength += 1 }
            }
        }
        #expect(accepted == 88)
        #expect(refused == 63)
        #expect(byLength == 12)
    }

    struct CCTV: Decodable {
        let number: Int
        let key: String
        let sig: String
        let msg: String
        let flags: [String]?
    }

    /// The strict answer must not change with the version of libsodium, the raw one does.
    @Test(.withVectors) func cctv() throws {
        let cases = try Vectors.decode([CCTV].self, "cctv-ed25519/ed25519vectors.json")
        #expect(cases.count == 914)
        var raw = 0
        var strict = 0
        for test in cases {
            let signature = try unhex(test.sig)
            let key = try unhex(test.key)
            let message = Array(test.msg.utf8)
            let rawAnswer = RawEd25519.verify(
                signature: signature, message: message, publicKey: key)
            let strictAnswer = Self.strict(signature, message, key)
            if rawAnswer { raw += 1 }
            // The same with a look at R, whether this libsodium makes it necessary or not.
            let pointOfR = try #require(Bytes32(Array(signature.prefix(32))))
            #expect(
                strictAnswer == (strictAnswer && VerifyKey(validating: pointOfR) != nil),
                "vector \(test.number)")
            if strictAnswer {
                strict += 1
                #expect(rawAnswer, "vector \(test.number)")
            }
            // A low-order part anywhere is never accepted.
            let flags = test.flags ?? []
            if flags.contains(where: { $0.hasPrefix("low_order") || $0.hasPrefix("non_canon") }) {
                #expect(!strictAnswer, "vector \(test.number)")
            } else {
                #expect(strictAnswer, "vector \(test.number)")
            }
        }
        #expect(raw == 43)
        // All other vectors have a point with a low-order part or that is not canonical.
        #expect(strict == 1)
    }

    struct Speccheck: Decodable {
        let message: String
        let pubKey: String
        let signature: String

        enum CodingKeys: String, CodingKey {
            case message
            case pubKey = "pub_key"
            case signature
        }
    }

    @Test(.withVectors) func speccheck() throws {
        let cases = try Vectors.decode([Speccheck].self, "ed25519-speccheck/cases.json")
        var raw: [Bool] = []
        var strict: [Bool] = []
        for test in cases {
            let signature = try unhex(test.signature)
            let message = try unhex(test.message)
            let key = try unhex(test.pubKey)
            raw.append(
                RawEd25519.verify(signature: signature, message: message, publicKey: key))
            strict.append(Self.strict(signature, message, key))
        }
        #expect(raw.count == 12)
        #expect(raw.indices.filter { raw[$0] } == [3])
        #expect(strict.allSatisfy { !$0 })
    }

    /// Low-order, non-canonical, off the curve, and good points plus a point of low order.
    @Test(arguments: [
        // Low order: identity, order 2, order 4 (twice), order 8.
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        // Not canonical: p, p + 1, and the identity with the sign set.
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0100000000000000000000000000000000000000000000000000000000000080",
        // Off the curve: y = 2.
        "0200000000000000000000000000000000000000000000000000000000000000",
        // The base point plus the point of order two: -y and the other sign (CVE-2025-69277).
        "9599999999999999999999999999999999999999999999999999999999999999",
    ]) func refusesKey(hex: String) throws {
        #expect(VerifyKey(validating: try #require(Bytes32(hex: hex))) == nil)
    }

    @Test func takesTheBasePoint() throws {
        let base = "5866666666666666666666666666666666666666666666666666666666666666"
        #expect(VerifyKey(validating: try #require(Bytes32(hex: base))) != nil)
    }

    @Test func refusesSPlusL() throws {
        let key = try SigningKey(seed: SecretBytes(random: 32))
        let message = Array("agenda".utf8)
        let good = key.sign(message)
        #expect(key.verifyKey.verify(good, message))
        let order = try unhex(
            "edd3f55c1a631258d69cf7a2def9de14" + String(repeating: "0", count: 30) + "10")
        var bytes = good.bytes
        var carry = 0
        for index in 0..<32 {
            let sum = Int(bytes[32 + index]) + Int(order[index]) + carry
            bytes[32 + index] = UInt8(sum & 0xFF)
            carry = sum >> 8
        }
        #expect(carry == 0)
        let twin = try #require(Signature64(bytes))
        #expect(!key.verifyKey.verify(twin, message))
    }

    @Test func refusesEveryChangedBit() throws {
        let key = try SigningKey(seed: SecretBytes(random: 32))
        let message: [UInt8] = [1, 2, 3]
        let good = key.sign(message)
        for bit in 0..<512 {
            var bytes = good.bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!key.verifyKey.verify(try #require(Signature64(bytes)), message))
        }
        #expect(!key.verifyKey.verify(good, [1, 2]))
        #expect(!key.verifyKey.verify(good, []))
        let other = try SigningKey(seed: SecretBytes(random: 32))
        #expect(!other.verifyKey.verify(good, message))
    }
}
