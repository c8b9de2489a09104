// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What a label such as `charset=ks_c_5601-1987` says, in the system's names.
enum CharsetLabel: Hashable {
    /// Nothing: there is no label, or one that only says that somebody did not know.
    case none
    /// UTF-8, or ASCII, which many programs write and mean UTF-8.
    case unicode
    /// UTF-16, in the order that the text itself shows.
    case utf16
    /// Another character set: what the system may call it, the widest first.
    case other([CharacterSetName])
    /// Something that nobody here knows.
    case unknown

    /// Reads a label as mail programs write it, in any spelling.
    ///
    /// - Parameter label: The label.
    init(_ label: String) {
        guard label.utf8.count <= 100 else {
            self = .unknown
            return
        }
        // RFC 2231 allows a language behind a star.
        var text = label.prefix { $0 != "*" && $0 != ";" && $0 != "," }.lowercased()
        text = String(text.filter { !"'\" \t<>".contains($0) }.map { $0 == "_" ? "-" : $0 })
        while text.hasPrefix("x-") { text.removeFirst(2) }
        let plain = text.filter { $0 != "-" }
        switch plain {
        case "", "unknown", "unknown8bit", "7bit", "8bit", "binary", "default", "none", "charset":
            self = .none
        case "ascii", "usascii", "ansix3.41968", "ansix341968", "iso646us", "utf8", "utf8mb4",
            "cp65001", "unicode11utf8":
            self = .unicode
        case "utf16", "utf16le", "utf16be", "ucs2", "unicode", "iso10646ucs2":
            self = .utf16
        default:
            let names = Self.names(plain, text).compactMap { CharacterSetName($0.uppercased()) }
            self = names.isEmpty ? .unknown : .other(names)
        }
    }

    /// What the system may call a character set.
    ///
    /// Only the families are listed; the number in the label says which. What Windows programs
    /// label with the name of a standard has the characters that Windows added.
    private static func names(_ plain: String, _ text: String) -> [String] {
        switch plain {
        case "latin1", "l1", "ansi", "iso88591", "ibm819", "cp819", "western", "csisolatin1":
            return ["cp1252"]
        case "latin9", "l9": return ["iso-8859-15"]
        case "latin2", "l2", "csisolatin2": return ["iso-8859-2"]
        case "iso88599", "latin5": return ["windows-1254", "iso-8859-9"]
        case "iso885911", "tis620", "windows874", "cp874":
            return ["windows-874", "cp874", "tis-620"]
        case "shiftjis", "sjis", "mskanji", "windows31j", "csshiftjis", "cp932", "ms932":
            return ["cp932"]
        case "eucjp", "ujis": return ["euc-jp", "euc-jp-ms"]
        case "gb2312", "gb231280", "gbk", "gb18030", "euccn", "cp936", "ms936", "chinese":
            return ["gb18030"]
        case "euckr", "korean", "uhc", "windows949", "ms949", "cp949", "ksc5601", "ksc56011987",
            "ksc56011989", "ksx1001":
            return ["cp949"]
        case "big5", "cp950", "big5hkscs", "cnbig5": return ["big5", "big5-hkscs"]
        case "utf7", "unicode11utf7", "unicode20utf7", "csunicode11utf7": return ["utf-7"]
        // Its letters of seven bits are made to those of GB 2312 first.
        case "hz", "hzgb2312": return ["gb18030"]
        case "macintosh", "macroman", "mac": return ["macintosh"]
        case "koi8", "koi": return ["koi8-r"]
        case "asmo708", "arabic", "ecma114": return ["iso-8859-6"]
        case "greek", "greek8", "elot928", "ecma118": return ["iso-8859-7"]
        case "hebrew", "logical", "visual": return ["iso-8859-8"]
        case "cyrillic": return ["iso-8859-5"]
        case "macce", "maccentraleurope": return ["mac-centraleurope"]
        default: break
        }
        if plain.hasPrefix("iso2022jp") || plain == "csiso2022jp" {
            return ["iso-2022-jp", "iso-2022-jp-2", "iso-2022-jp-3"]
        }
        for (start, family) in [
            ("iso8859", "iso-8859-"), ("8859", "iso-8859-"), ("windows", "cp"), ("win", "cp"),
            ("ansi", "cp"), ("cp", "cp"), ("ibm", "cp"), ("dos", "cp"), ("koi8", "koi8-"),
            ("mac", "mac-"),
        ] where plain.hasPrefix(start) {
            let rest = plain.dropFirst(start.count)
            // "iso-8859-8-i" and "-e" say in which direction the text is written.
            let number = rest.prefix { $0.isASCII && $0.isNumber }
            return [family + (number.isEmpty ? rest : number)]
        }
        if plain.hasPrefix("125"), plain.utf8.count == 4 { return ["cp" + plain] }
        return [text]
    }
}
