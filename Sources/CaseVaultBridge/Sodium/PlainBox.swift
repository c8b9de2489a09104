// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// Boxes as TweetNaCl.js makes and opens them: X25519, XSalsa20-Poly1305, the tag in front.
///
/// The nonce is the caller's. A key seals one message only, so that one nonce does for all.
package enum PlainBox {
    /// The bytes of a nonce.
    package static let nonceSize = Int(crypto_box_NONCEBYTES)
    /// What a box is longer than its content.
    package static let overhead = Int(crypto_box_MACBYTES)

    /// The public half of a secret. The corresponding C function is `crypto_scalarmult_base`.
    package static func publicHalf(of secret: FileKey) -> Bytes32 {
        Bytes32 { (target) in
            secret.withPointer { (bytes) in _ = unsafe crypto_scalarmult_base(target, bytes) }
        }
    }

    /// What two key pairs share; `nil` when libsodium refuses the public half.
    ///
    /// The corresponding C function is `crypto_box_beforenm`.
    package static func shared(_ publicHalf: Bytes32, _ secret: FileKey) -> FileKey? {
        FileKey { (target) in
            publicHalf.withPointer { (publicBytes) in
                secret.withPointer { (bytes) in
                    unsafe crypto_box_beforenm(target, publicBytes, bytes) == 0
                }
            }
        }
    }

    /// What a reader and the maker of a box share; `nil` when libsodium refuses the public half.
    package static func shared(_ publicHalf: Bytes32, reader: BoxSecretKey) -> FileKey? {
        FileKey { (target) in
            publicHalf.withPointer { (publicBytes) in
                reader.secret.withPointer { (bytes) in
                    unsafe crypto_box_beforenm(target, publicBytes, bytes) == 0
                }
            }
        }
    }

    /// Seals a key under a shared key. The corresponding C function is `crypto_secretbox_easy`,
    /// which is what `crypto_box_easy_afternm` does.
    package static func seal(key: FileKey, nonce: [UInt8], shared: FileKey) -> [UInt8] {
        key.withBytes { (bytes) in seal(bytes, nonce: nonce, key: shared) }
    }

    /// Opens a key; `nil` if it does not open.
    package static func openKey(_ box: [UInt8], nonce: [UInt8], shared: FileKey) -> FileKey? {
        guard box.count == FileKey.count + overhead, nonce.count == nonceSize else { return nil }
        return FileKey { (target) in
            box.withPointer { (bytes, count) in
                nonce.withPointer { (nonceBytes, _) in
                    shared.withPointer { (keyBytes) in
                        unsafe crypto_secretbox_open_easy(
                            target, bytes, UInt64(count), nonceBytes, keyBytes) == 0
                    }
                }
            }
        }
    }

    /// Seals a message. The corresponding C function is `crypto_secretbox_easy`.
    package static func seal(_ message: Span<UInt8>, nonce: [UInt8], key: FileKey) -> [UInt8] {
        precondition(nonce.count == nonceSize, "a nonce has 24 bytes")
        Sodium.ensure()
        let size = message.count + overhead
        return [UInt8](capacity: size) { (output) in
            output.append(upTo: size) { (target) in
                message.withPointer { (bytes, count) in
                    nonce.withPointer { (nonceBytes, _) in
                        key.withPointer { (keyBytes) in
                            let code = unsafe crypto_secretbox_easy(
                                target, bytes, UInt64(count), nonceBytes, keyBytes)
                            precondition(code == 0, "XSalsa20 refused checked sizes")
                        }
                    }
                }
                return size
            }
        }
    }

    /// Opens a message; `nil` if it does not open.
    ///
    /// The corresponding C function is `crypto_secretbox_open_easy`.
    package static func open(_ box: [UInt8], nonce: [UInt8], key: FileKey) -> [UInt8]? {
        guard box.count >= overhead, nonce.count == nonceSize else { return nil }
        Sodium.ensure()
        var code: Int32 = -1
        let message = [UInt8](capacity: box.count - overhead) { (output) in
            output.append(upTo: box.count - overhead) { (target) in
                code = box.withPointer { (bytes, count) in
                    nonce.withPointer { (nonceBytes, _) in
                        key.withPointer { (keyBytes) in
                            unsafe crypto_secretbox_open_easy(
                                target, bytes, UInt64(count), nonceBytes, keyBytes)
                        }
                    }
                }
                return code == 0 ? box.count - overhead : 0
            }
        }
        return code == 0 ? message : nil
    }
}
