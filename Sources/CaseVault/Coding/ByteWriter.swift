// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Builds the binary form of values. Integers are big-endian; lengths are 32 bits.
struct ByteWriter {
    /// What was written so far.
    private(set) var bytes: [UInt8] = []

    /// Appends bytes as they are, with no length in front.
    mutating func raw(_ value: [UInt8]) { bytes.append(contentsOf: value) }

    /// Appends the 32 bytes of a hash, an identifier or a key.
    mutating func raw(_ value: Bytes32) { value.append(to: &bytes) }

    /// Appends one byte.
    mutating func u8(_ value: UInt8) { bytes.append(value) }

    /// Appends 0 or 1.
    mutating func bool(_ value: Bool) { bytes.append(value ? 1 : 0) }

    /// Appends two bytes.
    mutating func u16(_ value: UInt16) { integer(value) }

    /// Appends four bytes.
    mutating func u32(_ value: UInt32) { integer(value) }

    /// Appends eight bytes.
    mutating func u64(_ value: UInt64) { integer(value) }

    /// Appends a count of things that follow.
    mutating func count(_ value: Int) { u32(UInt32(value)) }

    /// Appends bytes with their length in front.
    mutating func blob(_ value: [UInt8]) {
        count(value.count)
        raw(value)
    }

    /// Appends text as UTF-8 with its length in front.
    mutating func text(_ value: String) {
        count(value.utf8.count)
        bytes.append(contentsOf: value.utf8)
    }

    /// Appends 0, or 1 and the value.
    mutating func optional<T>(_ value: T?, _ body: (inout ByteWriter, T) -> Void) {
        bool(value != nil)
        if let value { body(&self, value) }
    }

    /// Appends a count and every element.
    mutating func list<T>(_ values: [T], _ body: (inout ByteWriter, T) -> Void) {
        count(values.count)
        for value in values { body(&self, value) }
    }

    /// Appends a count and every element in its own binary form.
    mutating func list<T: BinaryCoding>(_ values: [T]) {
        list(values) { $1.write(to: &$0) }
    }

    /// Appends an integer, most significant byte first.
    private mutating func integer<T: FixedWidthInteger>(_ value: T) {
        for shift in stride(from: T.bitWidth - 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> T(shift)))
        }
    }
}
