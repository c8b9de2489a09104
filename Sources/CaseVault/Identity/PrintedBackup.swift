// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// A member key to print and lock away: the display name and 12 groups of 5 characters.
///
/// Base 32 without I, L, O and U; 32 bytes of seed and 5 bytes of checksum over name and seed,
/// so that a typing mistake is found. This text is the key: whoever reads it is the member.
public struct PrintedBackup: Sendable {
    /// The 32 digits.
    private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    /// How many bytes of checksum follow the seed.
    private static let checksumSize = 5

    /// The two lines to print: name, then code.
    public let text: String

    /// The backup of a key.
    public init(of key: MemberKey) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(MemberKey.seedSize + Self.checksumSize)
        key.seed.withBytes { for i in $0.indices { bytes.append($0[i]) } }
        defer { Wipe.zero(&bytes) }
        bytes += Self.checksum(name: key.card.name, seed: bytes)
        var code = ""
        for (index, digit) in Self.encode(bytes).enumerated() {
            if index > 0, index % 5 == 0 { code += "-" }
            code.unicodeScalars.append(Unicode.Scalar(digit))
        }
        text = key.card.name + "\n" + code
    }

    /// Makes the key again from what was typed: the name, then the code.
    ///
    /// Upper and lower case, spaces and dashes in the code do not count; O is read as 0, I and L
    /// as 1. Other lines may stand around the two, and marks of quoting in front of them.
    ///
    /// - Throws: `notABackup` when something is missing or mistyped; `outOfMemory`.
    public static func restore(_ typed: String) throws(VaultError) -> MemberKey {
        guard typed.utf8.count <= 16 << 10 else { throw .notABackup }
        // Some programs write a byte order mark in front of a text.
        let text = String(typed.unicodeScalars.drop { $0 == "\u{FEFF}" })
        let lines = text.split(whereSeparator: \.isNewline).map(\.trimmedOfWhitespace)
            .filter { !$0.isEmpty }
        for place in lines.indices {
            for line in Set([lines[place], unquoted(lines[place])]) {
                if let key = try restore(from: lines[(place + 1)...], line) { return key }
            }
        }
        throw .notABackup
    }

    /// Makes the key again from a file or a pipe, in UTF-8 or in UTF-16 with its mark.
    ///
    /// - Throws: As ``restore(_:)``.
    public static func restore(contents bytes: [UInt8]) throws(VaultError) -> MemberKey {
        guard bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) else {
            return try restore(String(decoding: bytes, as: UTF8.self))
        }
        let (low, high) = bytes[0] == 0xFF ? (0, 1) : (1, 0)
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map {
            UInt16(bytes[$0 + low]) | UInt16(bytes[$0 + high]) << 8
        }
        return try restore(String(decoding: units, as: UTF16.self))
    }

    /// Makes the key from a name and the lines behind it, which are the code as far as they fit;
    /// `nil` if they are none.
    private static func restore(
        from lines: ArraySlice<String>, _ name: String
    ) throws(VaultError) -> MemberKey? {
        let name = DisplayName.tidied(name)
        guard DisplayName.isValid(name) else { return nil }
        var digits: [UInt8] = []
        defer { Wipe.zero(&digits) }
        for line in lines {
            guard var more = Self.digits(of: line) else { return nil }
            digits += more
            Wipe.zero(&more)
            guard digits.count >= Self.digitCount else { continue }
            return try digits.count == Self.digitCount ? key(name, digits) : nil
        }
        return nil
    }

    /// How many digits the code has.
    private static let digitCount = ((MemberKey.seedSize + checksumSize) * 8 + 4) / 5

    /// The key of a name and the digits of a code; `nil` if the checksum does not fit.
    private static func key(_ name: String, _ digits: [UInt8]) throws(VaultError) -> MemberKey? {
        guard var bytes = decode(digits) else { return nil }
        defer { Wipe.zero(&bytes) }
        var seed = Array(bytes.prefix(MemberKey.seedSize))
        defer { Wipe.zero(&seed) }
        guard Array(bytes.suffix(checksumSize)) == checksum(name: name, seed: seed) else {
            return nil
        }
        let locked: SecretBytes
        do { locked = try SecretBytes(copying: seed.span) } catch { throw .outOfMemory }
        return try MemberKey(name: name, seed: locked)
    }

    /// A line without the marks of quoting in front.
    private static func unquoted(_ line: String) -> String {
        String(line.drop { $0 == ">" || $0 == "|" || $0.isWhitespace })
    }

    /// Whether a character only stands between digits: any white space, any dash, what programs
    /// write in front of a text or hide in it.
    private static func isBetweenDigits(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isWhitespace || scalar.properties.isDash { return true }
        return [0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF].contains(scalar.value)
    }

    /// The values of the digits in a line; `nil` for a character that is none.
    private static func digits(of line: String) -> [UInt8]? {
        var found: [UInt8] = []
        for scalar in unquoted(line).uppercased().unicodeScalars where !isBetweenDigits(scalar) {
            guard let digit = digit(meantBy: scalar), let value = digits.firstIndex(of: digit)
            else { return nil }
            found.append(UInt8(value))
        }
        return found
    }

    /// The digit that somebody meant: letters that are none are read as what they look like.
    private static func digit(meantBy scalar: Unicode.Scalar) -> UInt8? {
        // Some keyboards type each character as wide as an ideograph.
        let isWide = (0xFF01...0xFF5E).contains(scalar.value)
        let value = isWide ? scalar.value - 0xFEE0 : scalar.value
        return switch Unicode.Scalar(value) {
        case "O": UInt8(ascii: "0")
        case "I", "L": UInt8(ascii: "1")
        default: UInt8(exactly: value)
        }
    }

    /// Five bytes of a hash over name and seed.
    private static func checksum(name: String, seed: [UInt8]) -> [UInt8] {
        var message = Label.backupChecksum.writer
        message.text(name)
        message.raw(seed)
        var bytes = message.bytes
        defer { Wipe.zero(&bytes) }
        return Array(BLAKE2b.hash(bytes).bytes.prefix(checksumSize))
    }

    /// Bytes as base-32 digits; the last digit is filled with zero bits.
    private static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for byte in bytes {
            buffer = (buffer << 8 | UInt32(byte)) & 0xFFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                out.append(digits[Int(buffer >> UInt32(bits) & 31)])
            }
        }
        if bits > 0 { out.append(digits[Int(buffer << UInt32(5 - bits) & 31)]) }
        return out
    }

    /// Digits as bytes; `nil` for bits left over.
    private static func decode(_ digits: [UInt8]) -> [UInt8]? {
        var out: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for value in digits {
            buffer = (buffer << 5 | UInt32(value)) & 0xFFFF
            bits += 5
            if bits >= 8 {
                bits -= 8
                out.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
            }
        }
        guard buffer & ((1 << UInt32(bits)) - 1) == 0, bits < 5 else { return nil }
        return out
    }
}

// MARK: - CustomStringConvertible, CustomReflectable

extension PrintedBackup: CustomStringConvertible, CustomReflectable {
    /// Always the same text.
    public var description: String { "PrintedBackup(redacted)" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
