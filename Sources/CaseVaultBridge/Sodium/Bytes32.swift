// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Thirty-two bytes without a heap allocation: a public key, a hash, an identifier, a seed.
///
/// The bytes are kept as four big-endian words, so that comparing words is comparing bytes from
/// the left, and hashing feeds four integers. A copy of a value cannot be wiped: a long-lived
/// secret belongs in ``SecretBytes`` or ``FileKey``.
package struct Bytes32: Hashable, Sendable {
    /// The number of bytes.
    package static let count = 32

    /// Bytes 0 to 7.
    private let word0: UInt64
    /// Bytes 8 to 15.
    private let word1: UInt64
    /// Bytes 16 to 23.
    private let word2: UInt64
    /// Bytes 24 to 31.
    private let word3: UInt64

    /// Thirty-two zero bytes.
    package static let zero = Bytes32 { (_) in }

    /// Takes the bytes of a span; `nil` unless there are exactly 32.
    package init?(_ bytes: Span<UInt8>) {
        guard bytes.count == Self.count else { return nil }
        self = bytes.withPointer { (source, _) in Bytes32(at: source) }
    }

    /// Takes the bytes of an array; `nil` unless there are exactly 32.
    package init?(_ bytes: [UInt8]) {
        self.init(bytes.span)
    }

    /// Reads exactly 64 lower-case hexadecimal digits; `nil` for anything else.
    package init?(hex: String) {
        let digits = hex.utf8
        guard digits.count == 2 * Self.count else { return nil }
        var words: [4 of UInt64] = [0, 0, 0, 0]
        var index = 0
        for digit in digits {
            let value: UInt8
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
            default: return nil
            }
            words[index >> 4] = words[index >> 4] << 4 | UInt64(value)
            index += 1
        }
        (word0, word1, word2, word3) = (words[0], words[1], words[2], words[3])
    }

    /// Lets `fill` write all 32 bytes.
    @safe
    init(filledBy fill: (UnsafeMutablePointer<UInt8>) -> Void) {
        var bytes = [32 of UInt8](repeating: 0)
        var span = bytes.mutableSpan
        self = span.withPointer { (target, _) in
            unsafe fill(target)
            return Bytes32(at: target)
        }
    }

    /// Packs the 32 bytes at an address into words.
    @safe
    private init(at source: UnsafePointer<UInt8>) {
        let raw = unsafe UnsafeRawPointer(source)
        word0 = UInt64(bigEndian: unsafe raw.loadUnaligned(as: UInt64.self))
        word1 = UInt64(bigEndian: unsafe raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        word2 = UInt64(bigEndian: unsafe raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
        word3 = UInt64(bigEndian: unsafe raw.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
    }

    /// The 32 bytes in order, on the stack.
    private var inline: [32 of UInt8] {
        let words: [4 of UInt64] = [word0, word1, word2, word3]
        return [32 of UInt8] { (index) in
            UInt8(truncatingIfNeeded: words[index >> 3] >> UInt64(56 - 8 * (index & 7)))
        }
    }

    /// Lends the bytes. The span cannot outlive the call.
    package func withSpan<R, E: Error>(
        _ body: (Span<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        let bytes = inline
        return try body(bytes.span)
    }

    /// Lends the bytes to a C function.
    @safe
    func withPointer<R, E: Error>(
        _ body: (UnsafePointer<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        let bytes = inline
        return try bytes.span.withPointer { (base, _) throws(E) -> R in try unsafe body(base) }
    }

    /// The first byte.
    package var first: UInt8 { UInt8(truncatingIfNeeded: word0 >> 56) }

    /// The bytes as a fresh array.
    package var bytes: [UInt8] {
        var result: [UInt8] = []
        append(to: &result)
        return result
    }

    /// Appends the 32 bytes to an array.
    package func append(to target: inout [UInt8]) {
        target.append(addingCapacity: Self.count) { (output) in
            output.append(upTo: Self.count) { (bytes) in
                let raw = UnsafeMutableRawPointer(bytes)
                unsafe raw.storeBytes(of: word0.bigEndian, as: UInt64.self)
                unsafe raw.storeBytes(of: word1.bigEndian, toByteOffset: 8, as: UInt64.self)
                unsafe raw.storeBytes(of: word2.bigEndian, toByteOffset: 16, as: UInt64.self)
                unsafe raw.storeBytes(of: word3.bigEndian, toByteOffset: 24, as: UInt64.self)
                return Self.count
            }
        }
    }

    /// The bytes as 64 lower-case hexadecimal digits.
    package var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        let bytes = inline
        return unsafe String(unsafeUninitializedCapacity: 2 * Self.count) { (buffer) in
            for index in 0..<Self.count {
                unsafe buffer[2 * index] = digits[Int(bytes[index] >> 4)]
                unsafe buffer[2 * index + 1] = digits[Int(bytes[index] & 15)]
            }
            return 2 * Self.count
        }
    }
}

// MARK: - Comparable

extension Bytes32: Comparable {
    /// Compares byte by byte from the left.
    package static func < (left: Bytes32, right: Bytes32) -> Bool {
        if left.word0 != right.word0 { return left.word0 < right.word0 }
        if left.word1 != right.word1 { return left.word1 < right.word1 }
        if left.word2 != right.word2 { return left.word2 < right.word2 }
        return left.word3 < right.word3
    }
}
