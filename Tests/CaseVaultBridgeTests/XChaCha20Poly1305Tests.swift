// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@Suite struct XChaCha20Poly1305Tests {
    static let nonce = [UInt8](repeating: 0x24, count: 24)

    struct File: Decodable {
        struct Group: Decodable {
            struct Case: Decodable {
                let tcId: Int
                let key: String
                let iv: String
                let aad: String
                let msg: String
                let ct: String
                let tag: String
                let result: String
            }
            let tests: [Case]
        }
        let testGroups: [Group]
    }

    @Test(.withVectors) func wycheproof() throws {
        let file = try Vectors.decode(File.self, "wycheproof/xchacha20_poly1305_test.json")
        var opened = 0
        var refused = 0
        var byNonce = 0
        for test in file.testGroups.flatMap(\.tests) {
            let key = try fileKey(unhex(test.key))
            let nonce = try unhex(test.iv)
            let aad = try unhex(test.aad)
            let sealed = try unhex(test.ct) + unhex(test.tag)
            do throws(CryptoError) {
                let plaintext = try open(sealed, aad: aad, nonce: nonce, key: key)
                #expect(hex(plaintext) == test.msg, "case \(test.tcId)")
                #expect(test.result == "valid", "case \(test.tcId)")
                let again = try seal(plaintext, aad: aad, nonce: nonce, key: key)
                #expect(again == sealed, "case \(test.tcId)")
                opened += 1
            } catch {
                #expect(test.result == "invalid", "case \(test.tcId)")
                if nonce.count == 24 {
                    #expect(error == .authenticationFailed, "case \(test.tcId)")
                    refused += 1
                } else {
                    #expect(error == .badLength(expected: 24, got: nonce.count))
                    byNonce += 1
                }
            }
        }
        #expect(opened == 246)
        #expect(refused == 60)
        #expect(byNonce == 9)
    }

    @Test(.withVectors) func pynaclReference() throws {
        var fields: [String: String] = [:]
        for line in try Vectors.lines("pynacl/xchacha20-poly1305-ietf_ref.txt") {
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            if parts.count == 2 { fields[parts[0]] = String(parts[1].dropFirst()) }
        }
        #expect(fields.count == 7)
        let key = try fileKey(unhex(#require(fields["KEY"])))
        let nonce = try unhex(#require(fields["NONCE"]))
        let plaintext = try unhex(#require(fields["IN"]))
        let aad = try unhex(#require(fields["AD"]))
        let expected = try unhex(#require(fields["CT"])) + unhex(#require(fields["TAG"]))
        #expect(try seal(plaintext, aad: aad, nonce: nonce, key: key) == expected)
        #expect(try open(expected, aad: aad, nonce: nonce, key: key) == plaintext)
    }

    struct Demo: Decodable {
        struct Pair: Decodable {
            let key1: String
            let key2: String
            let nonce: String
            let ciphertext: String
            let plaintext1: String
            let plaintext2: String

            enum CodingKeys: String, CodingKey {
                case key1, key2, nonce, plaintext1, plaintext2
                case ciphertext = "ciphertext_and_tag"
            }
        }
        let pair: Pair

        enum CodingKeys: String, CodingKey {
            case pair = "xchacha20poly1305_ietf"
        }
    }

    /// One ciphertext, two keys, two texts: the cipher does not commit to its key.
    @Test(.withVectors) func oneCiphertextOpensUnderTwoKeys() throws {
        let demo = try Vectors.decode(Demo.self, "non-committing-demo.json").pair
        let nonce = try unhex(demo.nonce)
        let sealed = try unhex(demo.ciphertext)
        let first = try open(sealed, nonce: nonce, key: fileKey(unhex(demo.key1)))
        let second = try open(sealed, nonce: nonce, key: fileKey(unhex(demo.key2)))
        #expect(hex(first) == demo.plaintext1)
        #expect(hex(second) == demo.plaintext2)
        #expect(first != second)
    }

    /// A wrapper that skips the call for empty spans would take the forgeries here.
    @Test func checksTheTagOfNothing() throws {
        let key = FileKey.random()
        let sealed = try seal([], nonce: Self.nonce, key: key)
        #expect(sealed.count == 16)
        #expect(try open(sealed, nonce: Self.nonce, key: key) == [])
        for bit in 0..<128 {
            var forged = sealed
            forged[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: CryptoError.authenticationFailed) {
                _ = try open(forged, nonce: Self.nonce, key: key)
            }
            // Into a span without capacity and so without an address.
            #expect(throws: CryptoError.authenticationFailed) {
                var output = OutputSpan<UInt8>()
                try XChaCha20Poly1305.open(
                    forged.span, associatedData: [UInt8]().span, nonce: Self.nonce.span,
                    key: key, into: &output)
            }
        }
        #expect(throws: CryptoError.authenticationFailed) {
            _ = try open(sealed, aad: [0], nonce: Self.nonce, key: key)
        }
        #expect(throws: CryptoError.authenticationFailed) {
            _ = try open(sealed, nonce: Self.nonce, key: .random())
        }
    }

    @Test(arguments: 0..<16) func refusesLessThanATag(count: Int) {
        #expect(throws: CryptoError.authenticationFailed) {
            _ = try open(
                [UInt8](repeating: 0, count: count), nonce: Self.nonce, key: .random())
        }
    }

    @Test(arguments: [0, 12, 23, 25]) func refusesOtherNonces(count: Int) {
        let nonce = [UInt8](repeating: 0, count: count)
        #expect(throws: CryptoError.badLength(expected: 24, got: count)) {
            _ = try seal([1], nonce: nonce, key: .random())
        }
        #expect(throws: CryptoError.badLength(expected: 24, got: count)) {
            _ = try open([UInt8](repeating: 0, count: 17), nonce: nonce, key: .random())
        }
    }

    @Test func secretAndFileKeyAgree() throws {
        let bytes = Random.bytes(32)
        let key = try fileKey(bytes)
        let locked = try secret(bytes)
        let text = Array("minutes of the meeting".utf8)
        let aad: [UInt8] = [5]
        let one = try seal(text, aad: aad, nonce: Self.nonce, key: key)
        let two = try XChaCha20Poly1305.seal(
            text.span, associatedData: aad.span, nonce: Self.nonce.span, key: locked)
        #expect(one == two)
        let back = try XChaCha20Poly1305.open(
            one.span, associatedData: aad.span, nonce: Self.nonce.span, key: locked)
        #expect(back == text)
        let short = try SecretBytes(random: 31)
        #expect(throws: CryptoError.badLength(expected: 32, got: 31)) {
            _ = try XChaCha20Poly1305.seal(
                text.span, associatedData: aad.span, nonce: Self.nonce.span, key: short)
        }
        #expect(throws: CryptoError.badLength(expected: 32, got: 31)) {
            _ = try XChaCha20Poly1305.open(
                one.span, associatedData: aad.span, nonce: Self.nonce.span, key: short)
        }
    }

    @Test func appendsBehindWhatIsThereAndNothingOnFailure() throws {
        let key = FileKey.random()
        let text = Random.bytes(65536)
        let sealed = try [UInt8](capacity: text.count + 17) { (output) throws(CryptoError) in
            output.append(0xAA)
            try XChaCha20Poly1305.seal(
                text.span, associatedData: [UInt8]().span, nonce: Self.nonce.span, key: key,
                into: &output)
        }
        #expect(sealed.count == text.count + 17)
        #expect(sealed.first == 0xAA)
        #expect(try open(Array(sealed.dropFirst()), nonce: Self.nonce, key: key) == text)

        var forged = sealed
        forged[forged.count - 1] ^= 1
        var released = -1
        let result = [UInt8](capacity: text.count) { (output) in
            let body = Array(forged.dropFirst())
            try? XChaCha20Poly1305.open(
                body.span, associatedData: [UInt8]().span, nonce: Self.nonce.span, key: key,
                into: &output)
            released = output.count
        }
        #expect(released == 0)
        #expect(result.isEmpty)
    }

    @Test func trapsWhenTheOutputIsTooSmall() async {
        await #expect(processExitsWith: .failure) {
            let nonce = [UInt8](repeating: 0, count: 24)
            _ = try [UInt8](capacity: 8) { (output) throws(CryptoError) in
                try XChaCha20Poly1305.seal(
                    [1].span, associatedData: nonce.span, nonce: nonce.span, key: FileKey.random(),
                    into: &output)
            }
        }
    }
}
