// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// Comparisons whose time does not depend on where the bytes differ.
package enum ConstantTime {
    /// Whether both have the same bytes. Only whether the lengths differ can be timed.
    package static func equal(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
        guard a.count == b.count else { return false }
        Sodium.ensure()
        return a.withPointer { (left, count) in
            b.withPointer { (right, _) in unsafe sodium_memcmp(left, right, count) == 0 }
        }
    }

    /// Whether both have the same bytes.
    package static func equal(_ a: Bytes32, _ b: Bytes32) -> Bool {
        a.withSpan { (left) in b.withSpan { (right) in equal(left, right) } }
    }
}
