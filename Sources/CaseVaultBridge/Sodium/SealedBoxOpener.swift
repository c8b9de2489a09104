// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// What one reader needs to try all boxes that share an ephemeral key.
package struct SealedBoxOpener: Sendable {
    /// The key that the reader shares with the ephemeral pair: 32 bytes that live for one file,
    /// too, and are wiped.
    private let shared: FileKey
    /// The nonce of the reader's box.
    private let nonce: SealedBoxNonce

    /// Computes the shared key; `nil` when libsodium refuses the ephemeral key.
    ///
    /// The corresponding C function is `crypto_box_beforenm`.
    package init?(ephemeral: Bytes32, reader: BoxSecretKey) {
        let shared = FileKey { (target) in
            ephemeral.withPointer { (publicBytes) in
                reader.secret.withPointer { (secretBytes) in
                    unsafe crypto_box_beforenm(target, publicBytes, secretBytes) == 0
                }
            }
        }
        guard let shared else { return nil }
        self.shared = shared
        nonce = SealedBoxNonce(ephemeral: ephemeral, reader: reader.publicKey)
    }

    /// The file key from the first box that was sealed to this reader; `nil` if there is none.
    ///
    /// The corresponding C function is `crypto_box_open_easy_afternm`. The key is opened right
    /// into its own memory, so there is no other copy to wipe.
    package func open(anyOf boxes: [[UInt8]]) -> FileKey? {
        FileKey { (target) in
            shared.withPointer { (sharedBytes) in
                nonce.withPointer { (nonceBytes) in
                    boxes.contains { (box) in
                        guard box.count == SealedBoxes.boxSize else { return false }
                        return box.withPointer { (bytes, length) in
                            unsafe crypto_box_open_easy_afternm(
                                target, bytes, UInt64(length), nonceBytes, sharedBytes) == 0
                        }
                    }
                }
            }
        }
    }
}
