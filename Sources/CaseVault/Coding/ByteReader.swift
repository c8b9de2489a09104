// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Reads values from hostile bytes. Every size is checked before anything is allocated.
struct ByteReader {
    /// What is read.
    private let bytes: [UInt8]
    /// Where the next value starts.
    private(set) var offset: Int
    /// Where reading must stop.
    private let end: Int

    /// A reader over all of `bytes`.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        offset = 0
        end = bytes.count
    }

    /// How many bytes are left.
    var remaining: Int { end - offset }

    /// An error at the place where the reader stands.
    func failure(_ reason: FormatError.Reason) -> FormatError {
        FormatError(reason: reason, offset: offset)
    }

    /// Refuses bytes after the last value.
    func expectEnd() throws(FormatError) {
        guard remaining == 0 else { throw failure(.trailingBytes) }
    }

    /// Reads `count` bytes.
    mutating func raw(_ count: Int) throws(FormatError) -> [UInt8] {
        guard count >= 0, count <= remaining else { throw failure(.truncated) }
        defer { offset += count }
        return Array(bytes[offset..<offset + count])
    }

    /// What was read since another reader of the same bytes stood where this one stood.
    func bytes(since start: ByteReader) -> ArraySlice<UInt8> { bytes[start.offset..<offset] }

    /// Reads the 32 bytes of a hash, an identifier or a key.
    mutating func bytes32() throws(FormatError) -> Bytes32 {
        guard remaining >= Bytes32.count,
            let value = Bytes32(bytes.span.extracting(offset..<offset + Bytes32.count))
        else { throw failure(.truncated) }
        offset += Bytes32.count
        return value
    }

    /// Reads one byte.
    mutating func u8() throws(FormatError) -> UInt8 {
        guard remaining >= 1 else { throw failure(.truncated) }
        defer { offset += 1 }
        return bytes[offset]
    }

    /// Reads 0 or 1; anything else is not canonical.
    mutating func bool() throws(FormatError) -> Bool {
        let at = failure(.notCanonical)
        switch try u8() {
        case 0: return false
        case 1: return true
        default: throw at
        }
    }

    /// Reads two bytes.
    mutating func u16() throws(FormatError) -> UInt16 { try integer() }

    /// Reads four bytes.
    mutating func u32() throws(FormatError) -> UInt32 { try integer() }

    /// Reads eight bytes.
    mutating func u64() throws(FormatError) -> UInt64 { try integer() }

    /// Reads a count of things of which each takes at least `size` bytes.
    ///
    /// A count that the remaining bytes cannot hold is refused here, so a caller may reserve it.
    mutating func count(atMost limit: Int, ofAtLeast size: Int) throws(FormatError) -> Int {
        let at = self
        let value = Int(try u32())
        guard value <= limit else { throw at.failure(.tooLarge) }
        guard value <= remaining / max(size, 1) else { throw at.failure(.truncated) }
        return value
    }

    /// Reads bytes with their length in front.
    mutating func blob(atMost limit: Int) throws(FormatError) -> [UInt8] {
        try raw(try count(atMost: limit, ofAtLeast: 1))
    }

    /// Reads UTF-8 text with its length in front; repaired or overlong forms are refused.
    mutating func text(atMost limit: Int) throws(FormatError) -> String {
        let at = failure(.malformed)
        let utf8 = try blob(atMost: limit)
        guard let text = String(validating: utf8, as: UTF8.self) else { throw at }
        return text
    }

    /// Reads 0, or 1 and a value.
    mutating func optional<T>(
        _ body: (inout ByteReader) throws(FormatError) -> T
    ) throws(FormatError) -> T? {
        try bool() ? try body(&self) : nil
    }

    /// Reads a count and that many elements.
    mutating func list<T>(
        atMost limit: Int, ofAtLeast size: Int,
        _ body: (inout ByteReader) throws(FormatError) -> T
    ) throws(FormatError) -> [T] {
        let count = try count(atMost: limit, ofAtLeast: size)
        var values: [T] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try body(&self)) }
        return values
    }

    /// Reads a count and that many elements, which must ascend strictly.
    mutating func ascendingList<T: Comparable>(
        atMost limit: Int, ofAtLeast size: Int,
        _ body: (inout ByteReader) throws(FormatError) -> T
    ) throws(FormatError) -> [T] {
        let at = failure(.notCanonical)
        let values = try list(atMost: limit, ofAtLeast: size, body)
        guard zip(values, values.dropFirst()).allSatisfy({ $0 < $1 }) else { throw at }
        return values
    }

    /// Reads an integer, most significant byte first.
    private mutating func integer<T: FixedWidthInteger>() throws(FormatError) -> T {
        let size = T.bitWidth / 8
        guard remaining >= size else { throw failure(.truncated) }
        defer { offset += size }
        var value: T = 0
        for i in 0..<size { value = value << 8 | T(truncatingIfNeeded: bytes[offset + i]) }
        return value
    }
}
