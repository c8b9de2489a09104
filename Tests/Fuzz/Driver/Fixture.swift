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

    /// The least that a key file may cost.
    static let cost = KeyFileCost(passes: 1, memoryKiB: 8)
    /// The passphrase of protected key files.
    static let passphrase = try? Passphrase(Array("passphrase".utf8).span)
}
