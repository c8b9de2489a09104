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
    /// as 1.
    ///
    /// - Throws: `notABackup` when something is missing or mistyped; `outOfMemory`.
    public static func restore(_ typed: String) throws(VaultError) -> MemberKey {
        guard typed.utf8.count <= 4096 else { throw .notABackup }
        // Some programs write a byte order mark in front of a text.
        let text = String(typed.unicodeScalars.drop { $0 == "\u{FEFF}" })
        let lines = text.split(whereSeparator: \.isNewline).map(\.trimmedOfWhitespace)
            .filter { !$0.isEmpty }
        guard lines.count >= 2 else { throw .notABackup }
        let name = TextFolding.nfc(lines[0])
        guard var bytes = decode(lines.dropFirst().joined()) else { throw .notABackup }
        defer { Wipe.zero(&bytes) }
        guard bytes.count == MemberKey.seedSize + checksumSize, DisplayName.isValid(name) else {
            throw .notABackup
        }
        var seed = Array(bytes.prefix(MemberKey.seedSize))
        defer { Wipe.zero(&seed) }
        guard Array(bytes.suffix(checksumSize)) == checksum(name: name, seed: seed) else {
            throw .notABackup
        }
        let locked: SecretBytes
        do { locked = try SecretBytes(copying: seed.span) } catch { throw .outOfMemory }
        return try MemberKey(name: name, seed: locked)
    }

    /// Whether a character only stands between digits: any white space, any dash, what programs
    /// write in front of a text or hide in it.
    private static func isBetweenDigits(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isWhitespace || scalar.properties.isDash { return true }
        return [0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF].contains(scalar.value)
    }

    /// The digit that somebody meant: letters that are none are read as what they look like.
    private static func digit(meantBy scalar: Unicode.Scalar) -> UInt8? {
        switch scalar {
        case "O": UInt8(ascii: "0")
        case "I", "L": UInt8(ascii: "1")
        default: UInt8(exactly: scalar.value)
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

    /// Digits as bytes; `nil` for a foreign character or bits left over.
    private static func decode(_ text: String) -> [UInt8]? {
        var out: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for scalar in text.uppercased().unicodeScalars where !isBetweenDigits(scalar) {
            guard let digit = digit(meantBy: scalar), let value = digits.firstIndex(of: digit)
            else {
                return nil
            }
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
