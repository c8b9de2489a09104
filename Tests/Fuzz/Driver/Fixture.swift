// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// Keys that everybody knows, so that seeds and targets fit each other in every run.
enum Fixture {
    /// Makes a key from one repeated byte.
    private static func key(_ name: String, _ byte: UInt8) -> MemberKey {
        let bytes = [UInt8](repeating: byte, count: 32)
        guard let seed = try? SecretBytes(copying: bytes.span),
            let key = try? MemberKey(name: name, seed: seed)
        else { preconditionFailure("no key") }
        return key
    }

    /// Whose eyes the targets look through.
    static let ada = key("Ada", 1)
    /// A colleague.
    static let ben = key("Ben", 2)
    /// Another colleague.
    static let cleo = key("Cleo", 3)

    /// The vault that all seeds are from.
    static let vault = VaultID(raw: BLAKE2b.hash(Array("casevault fuzzing".utf8).span))
    /// Any attachment.
    static let attachment = AttachmentID(raw: BLAKE2b.hash(Array("attachment".utf8).span))

    /// The key of sealed reports.
    private static let letterKey = FileKey(copying: [UInt8](repeating: 4, count: 32).span)
    /// What the holder of a receipt signs with.
    static let receipt: SigningKey = {
        let seed = [UInt8](repeating: 5, count: 32)
        guard let seed = try? SecretBytes(copying: seed.span), let key = try? SigningKey(seed: seed)
        else { preconditionFailure("no key") }
        return key
    }()

    /// A report with this body, sealed to Ada and signed as its reporter does.
    static func letter(_ body: [UInt8]) -> [UInt8]? {
        letterKey.flatMap {
            SealedLetter.seal(
                .report, exponent: 3, body, to: [ada.card.boxKey.raw], key: $0,
                nonce: [UInt8](repeating: 6, count: 24), signedBy: receipt)
        }
    }

    /// An answer with this body, sealed to Ada.
    static func answer(_ body: [UInt8]) -> [UInt8]? {
        letterKey.flatMap {
            SealedLetter.seal(
                .answer, exponent: 0, body, to: [ada.card.boxKey.raw], key: $0,
                nonce: [UInt8](repeating: 6, count: 24))
        }
    }

    /// The least that a key file may cost.
    static let cost = KeyFileCost(passes: 1, memoryKiB: 8)
    /// The passphrase of protected key files.
    static let passphrase = try? Passphrase(Array("passphrase".utf8).span)
}
