// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The name of a character set, of the families that people write mail in.
///
/// The system knows hundreds more, for machines of the past. A hostile mail could name any of
/// them, and so choose which code reads it; so the others are not names here.
package struct CharacterSetName: Hashable, Sendable, CustomStringConvertible {
    /// The name as the system's converter takes it.
    package let description: String

    /// The longest name.
    private static let longest = 24
    /// What names begin with.
    private static let families = [
        "UTF-", "US-ASCII", "ISO-8859-", "CP", "WINDOWS-", "KOI8-", "EUC-", "GB18030", "BIG5",
        "ISO-2022-JP", "ISO-2022-KR", "MACINTOSH", "MAC-", "TIS-620", "VISCII",
    ]

    /// Takes a name of one of the families.
    ///
    /// - Parameter text: Upper-case letters, digits and hyphens.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.longest,
            text.utf8.allSatisfy({
                (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
            }), Self.families.contains(where: text.hasPrefix)
        else { return nil }
        description = text
    }
}
