// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// The nonce of a sealed box, as `crypto_box_seal` makes it: a 24-byte hash of both public keys.
struct SealedBoxNonce {
    /// The bytes.
    private let bytes: [24 of UInt8]

    /// Hashes both public keys.
    init(ephemeral: Bytes32, reader: BoxPublicKey) {
        Sodium.ensure()
        var both = ephemeral.bytes
        reader.raw.append(to: &both)
        var bytes = [24 of UInt8](repeating: 0)
        var span = bytes.mutableSpan
        span.withPointer { (target, length) in
            both.withPointer { (message, count) in
                let code = unsafe crypto_generichash(
                    target, length, message, UInt64(count), nil, 0)
                precondition(code == 0, "BLAKE2b refused fixed sizes")
            }
        }
        self.bytes = bytes
    }

    /// Lends the bytes to a C function.
    @safe
    func withPointer<R, E: Error>(
        _ body: (UnsafePointer<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        try bytes.span.withPointer { (base, _) throws(E) -> R in try unsafe body(base) }
    }
}
