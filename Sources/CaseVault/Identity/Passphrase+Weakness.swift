// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

extension Passphrase {
    /// Why a passphrase is easily guessed.
    @nonexhaustive public enum Weakness: Sendable {
        /// It has fewer than twelve bytes.
        case short
        /// It repeats a few characters, or runs along the alphabet or the digits.
        case regular
        /// Without the name of its owner and words that everybody tries, little is left.
        case expected
    }

    /// The fewest bytes of a passphrase that is not short.
    static let fewestBytes = 12

    /// Whether it is easily guessed, and why; `nil` does not say that it is strong.
    ///
    /// - Parameter name: Its owner's name, which others would try.
    /// - Returns: The reason, or `nil` when none is seen.
    public func weakness(for name: String?) -> Weakness? {
        secret.withBytes { (bytes) in
            if bytes.count < Self.fewestBytes { return .short }
            if Self.isRegular(bytes) { return .regular }
            let own = (name ?? "").utf8.split { !Self.isLetter($0) }.map(Array.init)
            let known = Self.usual.map { Array($0.utf8) } + own.filter { $0.count > 2 }
            return Self.isExpected(bytes, known) ? .expected : nil
        }
    }

    /// Parts of passphrases that are tried first.
    private static let usual = [
        "passphrase", "password", "passwort", "geheim", "secret", "letmein", "welcome", "admin",
        "iloveyou", "committee", "casevault", "conduct", "vault", "qwerty", "qwertz", "asdf",
        "yxcv", "zxcv", "12345", "1234", "123", "2024", "2025", "2026", "2027",
    ]

    /// Whether a byte is a letter: of ASCII, or a part of any other character.
    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower(byte))
    }

    /// Whether a byte is a digit.
    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// A letter of ASCII in lower case.
    private static func lower(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    /// Whether it has few different bytes, is all digits, or mostly runs up or down by one.
    private static func isRegular(_ bytes: Span<UInt8>) -> Bool {
        var seen = [256 of Bool](repeating: false)
        var different = 0
        var steps = 0
        var digits = 0
        for index in bytes.indices {
            let byte = lower(bytes[index])
            if !seen[Int(byte)] { different += 1 }
            seen[Int(byte)] = true
            if isDigit(byte) { digits += 1 }
            if index > 0, abs(Int(byte) - Int(lower(bytes[index - 1]))) <= 1 { steps += 1 }
        }
        let isNumber = digits == bytes.count && digits < 20
        return different < 6 || isNumber || 2 * steps > bytes.count
    }

    /// Whether fewer than eight letters and digits are left without the known parts.
    private static func isExpected(_ bytes: Span<UInt8>, _ known: [[UInt8]]) -> Bool {
        var left = 0
        var index = 0
        while index < bytes.count {
            if let part = known.first(where: { starts(bytes, at: index, with: $0) }) {
                index += part.count
                continue
            }
            let byte = bytes[index]
            if isLetter(byte) || isDigit(byte) { left += 1 }
            index += 1
        }
        return left < 8
    }

    /// Whether a part is at some place, in whatever case.
    private static func starts(_ bytes: Span<UInt8>, at start: Int, with part: [UInt8]) -> Bool {
        guard start + part.count <= bytes.count else { return false }
        return part.indices.allSatisfy { lower(bytes[start + $0]) == lower(part[$0]) }
    }
}
