// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@Suite struct SigningKeyTests {
    /// The first test of RFC 8032, section 7.1, whose message is empty.
    @Test func agreesWithTheRFC() throws {
        let seed = try unhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
        let key = try SigningKey(seed: secret(seed))
        #expect(
            key.verifyKey.raw.hex
                == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        let signature = key.sign([])
        #expect(
            hex(signature.bytes)
                == "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")
        #expect(key.verifyKey.verify(signature, []))
        // The key that libsodium made passes the check for keys from outside.
        #expect(VerifyKey(validating: key.verifyKey.raw) == key.verifyKey)
    }

    @Test(arguments: [0, 31, 33, 64]) func refusesSeedsOfOtherLengths(count: Int) throws {
        let seed = try SecretBytes(random: count)
        #expect(throws: CryptoError.badLength(expected: 32, got: count)) {
            _ = try SigningKey(seed: seed)
        }
    }

    @Test func showsNothingSecret() throws {
        let seed = try SecretBytes(random: 32)
        let key = try SigningKey(seed: seed)
        let box = try BoxSecretKey(seed: seed)
        var dumped = ""
        dump(key, to: &dumped)
        dump(box, to: &dumped)
        let text = dumped + String(reflecting: key) + String(reflecting: box) + "\(key)\(box)"
        #expect(!text.contains(hex(exposed(seed))))
        #expect(text.contains("SigningKey(redacted)"))
        #expect(text.contains("BoxSecretKey(redacted)"))
    }
}
