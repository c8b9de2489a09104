// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@Suite struct LowOrderTwinsTests {
    @Test func releasesOfLibsodiumRefuseThem() { #expect(LowOrderTwins.areRefused) }

    /// Who accepts the signature and one of its seven twins does not refuse them all.
    @Test(arguments: 1...7) func noticesEachTwin(accepted: Int) {
        var asked: [[UInt8]] = []
        let answer = LowOrderTwins.areRefused { (signature, _, _) in
            asked.append(signature)
            return asked.count == 1 || asked.count == accepted + 1
        }
        #expect(!answer)
        #expect(asked.count == accepted + 1)
        #expect(Set(asked.map { $0.prefix(32) }).count == asked.count)
    }

    /// A verifier that refuses everything shows nothing.
    @Test func asksForTheSignatureItself() {
        #expect(!LowOrderTwins.areRefused { _, _, _ in false })
    }

    /// R of the signature is in the group of prime order, and R of no twin is.
    @Test func theTwinsDifferByALowOrderPart() throws {
        var good: [Bool] = []
        let answer = LowOrderTwins.areRefused { (signature, message, key) in
            let isGood =
                Bytes32(Array(signature.prefix(32))).flatMap(VerifyKey.init(validating:)) != nil
            good.append(isGood)
            return RawEd25519.verify(signature: signature, message: message, publicKey: key)
        }
        #expect(answer)
        #expect(good == [true] + Array(repeating: false, count: 7))
    }
}
