// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// A file key sealed to several readers: one ephemeral public key, and a box for each reader.
///
/// The ephemeral key with any one of the boxes behind it is a sealed box of libsodium, which
/// `crypto_box_seal_open` opens. Sharing the ephemeral key halves the work of sealing, and a reader
/// who looks for their box needs one X25519 operation for all of them.
///
/// A box says nothing about its reader, and nothing about who made it.
package struct SealedBoxes: Hashable, Sendable {
    /// The public half of the ephemeral key pair.
    package let ephemeral: Bytes32
    /// A box for each reader, in their order.
    package let boxes: [[UInt8]]

    /// The length of a box: a tag and a file key.
    package static let boxSize = 16 + FileKey.count

    /// Seals a file key to readers, with an ephemeral key pair made from a seed.
    ///
    /// The pair comes from the seed instead of a generator, so that the maker can later show that
    /// the boxes were made as they should. The nonce of a box is that of `crypto_box_seal`, a hash
    /// of both public keys: the pair seals one key once to each reader, so a nonce is never used
    /// twice with one shared key.
    ///
    /// - Parameters:
    ///   - key: what is sealed.
    ///   - readers: who can open it; all different.
    ///   - ephemeralSeed: 32 secret bytes that are used for this key and these readers only.
    /// - Throws: `invalidKey` when libsodium refuses a reader's key.
    package init(
        sealing key: FileKey, to readers: [BoxPublicKey], ephemeralSeed: Bytes32
    ) throws(CryptoError) {
        Sodium.ensure()
        var secret = [32 of UInt8](repeating: 0)
        defer { Self.wipe(&secret) }
        let ephemeral = Self.keyPair(fromSeed: ephemeralSeed, secret: &secret)
        var boxes: [[UInt8]] = []
        boxes.reserveCapacity(readers.count)
        for reader in readers {
            let nonce = SealedBoxNonce(ephemeral: ephemeral, reader: reader)
            var code: Int32 = -1
            boxes.append(
                [UInt8](capacity: Self.boxSize) { (output) in
                    output.append(upTo: Self.boxSize) { (target) in
                        code = key.withPointer { (message) in
                            nonce.withPointer { (nonceBytes) in
                                reader.raw.withPointer { (publicBytes) in
                                    secret.span.withPointer { (secretBytes, _) in
                                        unsafe crypto_box_easy(
                                            target, message, UInt64(FileKey.count), nonceBytes,
                                            publicBytes, secretBytes)
                                    }
                                }
                            }
                        }
                        return code == 0 ? Self.boxSize : 0
                    }
                })
            guard code == 0 else { throw .invalidKey }
        }
        self.ephemeral = ephemeral
        self.boxes = boxes
    }

    /// Opens a sealed box of libsodium with any content, for tests; `nil` if it does not open.
    ///
    /// The corresponding C function is `crypto_box_seal_open`.
    package static func openSealedBox(_ box: [UInt8], with reader: BoxSecretKey) -> [UInt8]? {
        let overhead = 48
        guard box.count >= overhead else { return nil }
        var code: Int32 = -1
        let content = [UInt8](capacity: box.count - overhead) { (output) in
            output.append(upTo: box.count - overhead) { (target) in
                code = box.withPointer { (bytes, length) in
                    reader.publicKey.raw.withPointer { (publicBytes) in
                        reader.secret.withPointer { (secretBytes) in
                            unsafe crypto_box_seal_open(
                                target, bytes, UInt64(length), publicBytes, secretBytes)
                        }
                    }
                }
                return code == 0 ? box.count - overhead : 0
            }
        }
        return code == 0 ? content : nil
    }

    /// Makes a key pair from a seed and answers the public half.
    private static func keyPair(fromSeed seed: Bytes32, secret: inout [32 of UInt8]) -> Bytes32 {
        Bytes32 { (publicTarget) in
            var span = secret.mutableSpan
            span.withPointer { (secretTarget, _) in
                seed.withPointer { (seedBytes) in
                    _ = unsafe crypto_box_seed_keypair(publicTarget, secretTarget, seedBytes)
                }
            }
        }
    }

    /// Wipes a secret on the stack.
    private static func wipe(_ secret: inout [32 of UInt8]) {
        var span = secret.mutableSpan
        span.withPointer { (target, length) in unsafe sodium_memzero(target, length) }
    }
}
