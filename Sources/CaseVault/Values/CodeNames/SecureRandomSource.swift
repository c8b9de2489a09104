// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// libsodium's random numbers, for Swift's algorithms.
struct SecureRandomSource: RandomNumberGenerator {
    /// Eight random bytes.
    mutating func next() -> UInt64 {
        Random.bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
