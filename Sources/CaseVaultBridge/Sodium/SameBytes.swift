// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension Array where Element == UInt8 {
    /// Whether both hold the same bytes, by `memcmp`; how long it takes tells where they differ.
    ///
    /// `==` of arrays compares byte by byte, and takes longer than decrypting the same bytes. See
    /// ``ConstantTime`` for secrets.
    package func hasSameBytes(as other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        return withPointer { (left, count) in
            other.withPointer { (right, _) in unsafe memcmp(left, right, count) == 0 }
        }
    }
}
