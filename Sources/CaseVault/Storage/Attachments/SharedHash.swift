// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge
private import Synchronization

/// A hash over chunks that may come from one thread now and from another later, in order.
final class SharedHash: Sendable {
    /// The hash so far.
    private let stream = Mutex(BLAKE2bStream())

    /// Adds the next chunks.
    func update(_ chunks: [[UInt8]]) {
        stream.withLock { (stream) in
            for chunk in chunks { stream.update(chunk.span) }
        }
    }

    /// The hash of all chunks.
    func finish() -> Bytes32 { stream.withLock { $0.finish() } }
}
