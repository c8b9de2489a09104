// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What a passphrase is, however it came: one line of text in one Unicode form.
///
/// A file that was saved on Windows ends its line with a carriage return and may begin with a byte
/// order mark, and one that was copied has spaces around it that nobody sees. Sealed with these, a
/// key would open for no keyboard. So they are taken away, and whatever else no keyboard types is
/// refused, both when sealing and when opening.
enum PassphraseRule {
    /// The most bytes of a passphrase.
    private static let limit = 1024
    /// What some programs write in front of a text.
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The bytes that are meant by what was typed or read.
    ///
    /// - Throws: `badInput` when nothing is left, it is too long, has more than one line or
    ///   characters that nobody sees, or is no UTF-8.
    static func meant(by typed: Span<UInt8>) throws(VaultError) -> [UInt8] {
        guard typed.count <= limit + 8 else { throw .longPassphrase }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(typed.count)
        for index in typed.indices { bytes.append(typed[index]) }
        do throws(VaultError) { try trim(&bytes) } catch {
            Wipe.zero(&bytes)
            throw error
        }
        // Most are plain, and those never leave memory that is wiped.
        if bytes.allSatisfy({ $0 < 0x80 }) { return bytes }
        defer { Wipe.zero(&bytes) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .passphraseNotText
        }
        let line = plainSpaces(TextFolding.nfc(text))
        guard !line.isEmpty else { throw .emptyPassphrase }
        guard !line.unicodeScalars.contains(where: isHidden) else { throw .passphraseNotText }
        return Array(line.utf8)
    }

    /// The same with the space of every keyboard in place of others, and none at the ends.
    private static func plainSpaces(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isSpace = scalar.properties.generalCategory == .spaceSeparator
            scalars.append(isSpace ? " " : scalar)
        }
        return String(
            String(scalars).trimmingPrefix { $0 == " " }.reversed()
                .trimmingPrefix { $0 == " " }.reversed())
    }

    /// Whether nobody sees a character. Some writing and emoji are typed with joiners.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200C, 0x200D, 0xFE00...0xFE0F: false
        default: CharacterClass.isControl(scalar) || CharacterClass.isInvisible(scalar)
        }
    }

    /// Takes away what a file may have around its line, and refuses what is no line.
    private static func trim(_ bytes: inout [UInt8]) throws(VaultError) {
        if bytes.starts(with: byteOrderMark) { bytes.removeFirst(byteOrderMark.count) }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        let space = UInt8(ascii: " ")
        while bytes.last == space { bytes.removeLast() }
        bytes.removeFirst(bytes.prefix { $0 == space }.count)
        guard !bytes.isEmpty else { throw .emptyPassphrase }
        guard bytes.count <= limit else { throw .longPassphrase }
        guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { throw .passphraseNotText }
    }
}
