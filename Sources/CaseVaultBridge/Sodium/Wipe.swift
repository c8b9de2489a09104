// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// Overwrites bytes that are not needed any more.
package enum Wipe {
    /// Sets all bytes to zero in a way that the optimiser keeps.
    ///
    /// It reaches the array's storage only while this variable is its only owner. If another
    /// array shares the storage, a copy is made and wiped, and the shared bytes stay. Bytes that
    /// an array left behind while it grew are not reached either: reserve the capacity first.
    package static func zero(_ bytes: inout [UInt8]) {
        Sodium.ensure()
        var span = bytes.mutableSpan
        span.withPointer { (target, count) in unsafe sodium_memzero(target, count) }
    }
}
