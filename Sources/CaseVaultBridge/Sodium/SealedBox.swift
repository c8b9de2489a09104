// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// A file key sealed to one reader: 80 bytes in the layout of `crypto_box_seal`.
///
/// A box says nothing about its reader, and nothing about who made it.
package enum SealedBox {
    /// The bytes a box is longer than its content: an ephemeral public key and a tag.
    package static let overhead = 48
    /// The length of a sealed file key.
    package static let count = overhead + FileKey.count

    /// Seals a file key to a reader, with an ephemeral key pair made from a seed.
    ///
    /// The layout is that of `crypto_box_seal`, so `crypto_box_seal_open` opens the box. The
    /// ephemeral pair comes from the seed instead of a generator, so that the maker can later
    /// show that a box was made as it should. The nonce is a hash of both public keys: a pair is
    /// used for one box, so a nonce is never used twice with one shared key.
    ///
    /// - Parameters:
    ///   - key: what is sealed.
    ///   - recipient: who can open it.
    ///   - ephemeralSeed: 32 secret bytes, never used for a second box.
    /// - Returns: the 80 bytes of the box.
    /// - Throws: `invalidKey` when libsodium refuses the reader's key.
    package static func seal(
        _ key: FileKey, to recipient: BoxPublicKey, ephemeralSeed: Bytes32
    ) throws(CryptoError) -> [UInt8] {
        Sodium.ensure()
        var secret = [32 of UInt8](repeating: 0)
        defer { wipe(&secret) }
        let ephemeral = keyPair(fromSeed: ephemeralSeed, secret: &secret)
        var nonce = [24 of UInt8](repeating: 0)
        hashNonce(&nonce, ephemeral: ephemeral, recipient: recipient.raw)

        var box: [UInt8] = []
        box.reserveCapacity(count)
        ephemeral.append(to: &box)
        var code: Int32 = -1
        box.append(addingCapacity: count - 32) { (output) in
            output.append(upTo: count - 32) { (target) in
                code = key.withPointer { (message) in
                    nonce.span.withPointer { (nonceBytes, _) in
                        recipient.raw.withPointer { (publicBytes) in
                            secret.span.withPointer { (secretBytes, _) in
                                unsafe crypto_box_easy(
                                    target, message, UInt64(FileKey.count), nonceBytes,
                                    publicBytes, secretBytes)
                            }
                        }
                    }
                }
                return code == 0 ? count - 32 : 0
            }
        }
        guard code == 0 else { throw .invalidKey }
        return box
    }

    /// The public key that a seed gives, as decoys need it. The secret half is wiped.
    package static func publicKey(fromSeed seed: Bytes32) -> BoxPublicKey {
        Sodium.ensure()
        var secret = [32 of UInt8](repeating: 0)
        defer { wipe(&secret) }
        return BoxPublicKey(trusted: keyPair(fromSeed: seed, secret: &secret))
    }

    /// Opens a sealed file key; `nil` unless it has 80 bytes and was sealed to this reader.
    ///
    /// The corresponding C function is `crypto_box_seal_open`. The key is opened right into its
    /// own memory, so there is no other copy to wipe.
    package static func open(_ box: Span<UInt8>, with reader: BoxSecretKey) -> FileKey? {
        guard box.count == count else { return nil }
        return FileKey { (target) in
            box.withPointer { (bytes, length) in
                reader.publicKey.raw.withPointer { (publicBytes) in
                    reader.secret.withPointer { (secretBytes) in
                        unsafe crypto_box_seal_open(
                            target, bytes, UInt64(length), publicBytes, secretBytes) == 0
                    }
                }
            }
        }
    }

    /// Opens a box with any content, for tests with public vectors; `nil` if it does not open.
    package static func openAnonymous(_ box: [UInt8], with reader: BoxSecretKey) -> [UInt8]? {
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

    /// Writes the nonce that `crypto_box_seal` uses: a 24-byte hash of both public keys.
    private static func hashNonce(
        _ nonce: inout [24 of UInt8], ephemeral: Bytes32, recipient: Bytes32
    ) {
        var both = ephemeral.bytes
        recipient.append(to: &both)
        var span = nonce.mutableSpan
        span.withPointer { (target, length) in
            both.withPointer { (bytes, count) in
                let code = unsafe crypto_generichash(
                    target, length, bytes, UInt64(count), nil, 0)
                precondition(code == 0, "BLAKE2b refused fixed sizes")
            }
        }
    }

    /// Wipes a secret on the stack.
    private static func wipe(_ secret: inout [32 of UInt8]) {
        var span = secret.mutableSpan
        span.withPointer { (target, length) in unsafe sodium_memzero(target, length) }
    }
}
