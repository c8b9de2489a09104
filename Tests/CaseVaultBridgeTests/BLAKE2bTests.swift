// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@Suite struct BLAKE2bTests {
    /// The 512-bit hash of "abc" in RFC 7693, appendix A.
    @Test func agreesWithTheRFC() {
        #expect(
            hex(BLAKE2b.hash64(Array("abc".utf8)))
                == "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923")
    }

    /// The 256-bit hash of nothing, as Python's hashlib answers.
    @Test func hashesNothing() {
        #expect(
            BLAKE2b.hash([]).hex
                == "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8")
    }

    /// The hashes of "abc" without and with the key 00..1f, as Python's hashlib answers.
    @Test func hashesWithAndWithoutAKey() throws {
        let message = Array("abc".utf8)
        let key = (0..<32).map { UInt8($0) }
        #expect(
            BLAKE2b.hash(message).hex
                == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319")
        #expect(
            BLAKE2b.keyed(try fileKey(key), message).hex
                == "d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f")
        let derived = try BLAKE2b.derive(from: secret(key), message)
        #expect(
            hex(exposed(derived))
                == "d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f")
    }

    @Test(arguments: [0, 15, 65]) func refusesKeysOfOtherLengths(count: Int) throws {
        let key = try SecretBytes(random: count)
        #expect(throws: CryptoError.badLength(expected: 32, got: count)) {
            _ = try BLAKE2b.derive(from: key, [1])
        }
    }

    @Test(arguments: [[], [0], [1, 127], [128], [129, 0, 300], [64, 64, 64]])
    func streamAgreesWithOneCall(pieces: [Int]) throws {
        let key = FileKey.random()
        let plain = BLAKE2bStream()
        let keyed = BLAKE2bStream(key: key)
        var whole: [UInt8] = []
        for count in pieces {
            let piece = Random.bytes(count)
            plain.update(piece.span)
            keyed.update(piece.span)
            whole += piece
        }
        #expect(plain.finish() == BLAKE2b.hash(whole))
        #expect(plain.finish() == BLAKE2b.hash(whole.span))
        #expect(keyed.finish() == BLAKE2b.keyed(key, whole))
        #expect(keyed.finish() != plain.finish())
    }

    @Test func streamTakesNothingAfterTheEnd() async {
        await #expect(processExitsWith: .failure) {
            let stream = BLAKE2bStream()
            _ = stream.finish()
            stream.update([1].span)
        }
    }

    /// From another implementation: Python's hashlib.
    @Test func keyedOfAnyLength() throws {
        let key = try fileKey(Array(0..<32))
        #expect(
            hex(BLAKE2b.keyed(key, Array("abc".utf8), count: 48))
                == "4a649da98f82c317a5bf47afdb6a267426fd46ba74fb50c4"
                + "1f291ec72ee630fae55dde84a66dec99f7f5dac125f850f3")
        #expect(exposed(BLAKE2b.derive(from: key, [1])) == BLAKE2b.keyed(key, [1]).bytes)
        #expect(BLAKE2b.keyed(key, [1], count: 32) == BLAKE2b.keyed(key, [1]).bytes)
    }

    @Test(arguments: [0, 15, 65]) func makesNoOtherLength(count: Int) async {
        await #expect(processExitsWith: .failure) { [count = count as Int] in
            _ = BLAKE2b.keyed(FileKey.random(), [], count: count)
        }
    }
}
