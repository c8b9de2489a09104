// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Finds bytes in long texts by the system's own search, which is fast in every build.
package enum ByteSearch {
    /// The first place of a byte.
    ///
    /// The corresponding C function is `memchr`.
    ///
    /// - Parameters:
    ///   - byte: What is looked for.
    ///   - bytes: Where it is looked for.
    ///   - start: The first place looked at; at most the end.
    /// - Returns: The place, or `nil` without one.
    package static func first(
        _ byte: UInt8, in bytes: ArraySlice<UInt8>, from start: Int
    ) -> Int? {
        let rest = bytes[start...]
        return rest.span.withPointer { (base, count) -> Int? in
            guard let found = unsafe memchr(base, CInt(byte), count) else { return nil }
            return unsafe start + (UnsafeRawPointer(found) - UnsafeRawPointer(base))
        }
    }

    /// The first line that begins with some bytes.
    ///
    /// Each byte is looked at a bounded number of times, whatever the lines are.
    ///
    /// The corresponding C functions are `memcmp` and `memchr`.
    ///
    /// - Parameters:
    ///   - wanted: How the line begins.
    ///   - bytes: Lines that end with LF.
    ///   - start: Where a line begins; at most the end.
    /// - Returns: Where the line begins, or `nil` without one.
    package static func firstLine(
        beginningWith wanted: [UInt8], in bytes: ArraySlice<UInt8>, from start: Int
    ) -> Int? {
        let rest = bytes[start...]
        return rest.span.withPointer { (base, count) -> Int? in
            wanted.withPointer { (needle, length) -> Int? in
                var place = 0
                while count - place >= length {
                    if unsafe memcmp(base + place, needle, length) == 0 { return start + place }
                    guard let found = unsafe memchr(base + place, 0x0A, count - place) else {
                        return nil
                    }
                    place = unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
                }
                return nil
            }
        }
    }
}
