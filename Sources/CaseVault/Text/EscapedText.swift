// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Writes any text in plainly visible characters, so that it can be read back exactly.
///
/// Unlike `SafeText`, which is for reading only, a backslash is doubled.
enum EscapedText {
    /// Whether a text holds anything but visible characters, tabs and line feeds.
    static func isNeeded(for text: String) -> Bool { !text.unicodeScalars.allSatisfy(isPlain) }

    /// The text with backslashes doubled and what is not plainly visible as `\u{202E}`.
    static func escape(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            if scalar == "\\" {
                out += "\\\\"
            } else if isPlain(scalar) {
                out.unicodeScalars.append(scalar)
            } else {
                out += SafeText.escape(scalar)
            }
        }
        return out
    }

    /// The text that was escaped; `nil` if this is not what `escape` writes.
    static func unescape(_ text: String) -> String? {
        var out = ""
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\" else {
                out.unicodeScalars.append(scalar)
                continue
            }
            switch rest.popFirst() {
            case "\\": out += "\\"
            case "u":
                guard rest.popFirst() == "{", let end = rest.prefix(8).firstIndex(of: "}"),
                    let value = UInt32(String(rest[..<end]), radix: 16),
                    let scalar = Unicode.Scalar(value)
                else { return nil }
                out.unicodeScalars.append(scalar)
                rest = rest[rest.index(after: end)...]
            default: return nil
            }
        }
        return out
    }

    /// Whether a scalar stays as it is.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\t" || CharacterClass.isShowable(scalar)
    }
}
