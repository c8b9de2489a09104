// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@Suite struct BoxSecretKeyTests {
    @Test(.withVectors) func boxFromSeed() throws {
        let lines = try Vectors.lines("pynacl/box_from_seed.txt")
        #expect(lines.count == 1)
        let fields = try #require(lines.first).split(separator: "\t").map(String.init)
        try #require(fields.count == 2 && fields[1].count == 128)
        let seed = try unhex(fields[0])
        let pair = try BoxSecretKey(seed: secret(seed))
        #expect(pair.publicKey.raw.hex == fields[1].prefix(64))
        let made = try SealedBoxes(
            sealing: .random(), to: [], ephemeralSeed: fileKey(seed))
        #expect(made.ephemeral == pair.publicKey.raw)
        // The secret half: it must lead to the same public half.
        let half = try #require(Bytes32(hex: String(fields[1].suffix(64))))
        var basePoint = [UInt8](repeating: 0, count: 32)
        basePoint[0] = 9
        let base = try #require(Bytes32(basePoint))
        #expect(X25519.scalarMultiply(scalar: half, point: base) == pair.publicKey.raw)
    }

    @Test(arguments: [0, 31, 33]) func refusesSeedsOfOtherLengths(count: Int) throws {
        let seed = try SecretBytes(random: count)
        #expect(throws: CryptoError.badLength(expected: 32, got: count)) {
            _ = try BoxSecretKey(seed: seed)
        }
        let key = try BoxSecretKey(seed: SecretBytes(random: 32)).publicKey
        #expect(throws: CryptoError.badLength(expected: 32, got: count)) {
            _ = try BoxSecretKey(secret: seed, publicKey: key)
        }
    }
}
