// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@Suite struct BoxPublicKeyTests {
    static let lowOrder = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ]

    @Test(arguments: lowOrder) func refusesLowOrder(hex: String) throws {
        let raw = try #require(Bytes32(hex: hex))
        #expect(BoxPublicKey(validating: raw) == nil)
        // libsodium agrees that anything times this point is nothing.
        let scalar = Random.bytes32()
        #expect(X25519.scalarMultiply(scalar: scalar, point: raw) == nil)
    }

    @Test(arguments: [
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "f6ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0900000000000000000000000000000000000000000000000000000000000080",
    ]) func refusesNonCanonical(hex: String) throws {
        #expect(BoxPublicKey(validating: try #require(Bytes32(hex: hex))) == nil)
    }

    @Test(arguments: [
        "0900000000000000000000000000000000000000000000000000000000000000",
        "ebffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7e",
    ]) func takesOthersBelowThePrime(hex: String) throws {
        #expect(BoxPublicKey(validating: try #require(Bytes32(hex: hex))) != nil)
    }

    @Test func takesKeysThatLibsodiumMakes() throws {
        for _ in 0..<50 {
            let pair = try BoxSecretKey(seed: SecretBytes(random: 32))
            #expect(BoxPublicKey(validating: pair.publicKey.raw) == pair.publicKey)
        }
    }
}
