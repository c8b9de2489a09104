// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

/// The X25519 half of a signing key.
@Suite struct BoxPublicKeyTests {
    /// Computed by hand from y: u = (1 + y) / (1 - y) modulo 2^255 - 19.
    @Test(arguments: [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "d85e07ec22b0ad881537c2f44d662d1a143cf830c57aca4305d85c7a90f6b62e"
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "25c704c594b88afc00a76b69d1ed2b984d7e22550f3ed0802d04fbcd07d38d47"
        ),
    ]) func isTheOtherCoordinate(verify: String, box: String) throws {
        let raw = try #require(Bytes32(hex: verify))
        let key = try #require(VerifyKey(validating: raw))
        #expect(key.boxKey.raw.hex == box)
    }

    @Test func theSecretHalfFitsIt() throws {
        for _ in 0..<20 {
            let signing = try SigningKey(seed: SecretBytes(random: 32))
            let box = try signing.boxSecret()
            #expect(box.publicKey == signing.verifyKey.boxKey)
            let key = FileKey.random()
            let sealed = try SealedBoxes(
                sealing: key, to: [signing.verifyKey.boxKey], ephemeralSeed: .random())
            let opener = SealedBoxOpener(ephemeral: sealed.ephemeral, reader: box)
            let opened = try #require(opener).open(anyOf: sealed.boxes)
            #expect(FileKey.equal(try #require(opened), key))
        }
    }

    @Test func aPointAndItsNegativeShareOne() throws {
        let signing = try SigningKey(seed: SecretBytes(random: 32))
        var bytes = signing.verifyKey.raw.bytes
        // The highest bit is the sign of x.
        bytes[31] ^= 0x80
        let raw = try #require(Bytes32(bytes))
        let negative = try #require(VerifyKey(validating: raw))
        #expect(negative != signing.verifyKey)
        #expect(negative.boxKey == signing.verifyKey.boxKey)
    }
}
