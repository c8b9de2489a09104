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
    package static let boxSize = Int(crypto_box_MACBYTES) + FileKey.count

    /// Seals a file key to readers, with an ephemeral key pair made from a seed.
    ///
    /// The pair comes from the seed instead of a generator, so that the maker can later show that
    /// the boxes were made as they should. The nonce of a box is that of `crypto_box_seal`, a hash
    /// of both public keys: the pair seals one key only, so with one nonce and shared key the same
    /// is sealed.
    ///
    /// - Parameters:
    ///   - key: what is sealed.
    ///   - readers: who can open it.
    ///   - ephemeralSeed: what the pair is made from, never used to seal another key.
    /// - Throws: `invalidKey` when libsodium refuses a reader's key.
    package init(
        sealing key: FileKey, to readers: [BoxPublicKey], ephemeralSeed: FileKey
    ) throws(CryptoError) {
        var publicHalf: Bytes32?
        let secretHalf = FileKey { (secretTarget) in
            publicHalf = Bytes32 { (publicTarget) in
                ephemeralSeed.withPointer { (seedBytes) in
                    _ = unsafe crypto_box_seed_keypair(publicTarget, secretTarget, seedBytes)
                }
            }
            return true
        }
        guard let publicHalf, let secretHalf else { throw .invalidKey }
        ephemeral = publicHalf
        var boxes: [[UInt8]] = []
        boxes.reserveCapacity(readers.count)
        for reader in readers {
            let nonce = SealedBoxNonce(ephemeral: publicHalf, reader: reader)
            boxes.append(try Self.box(key, to: reader, from: secretHalf, nonce))
        }
        self.boxes = boxes
    }

    /// The box of one reader. The corresponding C function is `crypto_box_easy`.
    private static func box(
        _ key: FileKey, to reader: BoxPublicKey, from secretHalf: FileKey, _ nonce: SealedBoxNonce
    ) throws(CryptoError) -> [UInt8] {
        var code: Int32 = -1
        let box = [UInt8](capacity: boxSize) { (output) in
            output.append(upTo: boxSize) { (target) in
                code = key.withPointer { (message) in
                    nonce.withPointer { (nonceBytes) in
                        reader.raw.withPointer { (publicBytes) in
                            secretHalf.withPointer { (secretBytes) in
                                unsafe crypto_box_easy(
                                    target, message, UInt64(FileKey.count), nonceBytes,
                                    publicBytes, secretBytes)
                            }
                        }
                    }
                }
                return code == 0 ? boxSize : 0
            }
        }
        guard code == 0 else { throw .invalidKey }
        return box
    }

    /// Opens a sealed box of libsodium with any content, for tests; `nil` if it does not open.
    ///
    /// The corresponding C function is `crypto_box_seal_open`.
    package static func openSealedBox(_ box: [UInt8], with reader: BoxSecretKey) -> [UInt8]? {
        let overhead = crypto_box_sealbytes()
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
}
