// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A JSON value with its keys in a fixed order.
indirect enum JSONValue: Sendable {
    /// A string.
    case text(String)
    /// A whole number.
    case number(Int)
    /// A truth value.
    case flag(Bool)
    /// A list.
    case list([JSONValue])
    /// An object; the keys are in this order.
    case object([(String, JSONValue)])
    /// Nothing.
    case null

    /// A list of strings.
    static func texts(_ texts: [String]) -> JSONValue { .list(texts.map(JSONValue.text)) }

    /// A string, or nothing.
    static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.text) ?? .null }

    /// The value in one line.
    var text: String {
        var out = ""
        write(to: &out)
        return out
    }

    /// Appends the value.
    private func write(to out: inout String) {
        switch self {
        case .text(let text): Self.quote(text, to: &out)
        case .number(let number): out += String(number)
        case .flag(let flag): out += flag ? "true" : "false"
        case .null: out += "null"
        case .list(let items):
            out += "["
            for (index, item) in items.enumerated() {
                if index > 0 { out += "," }
                item.write(to: &out)
            }
            out += "]"
        case .object(let members):
            out += "{"
            for (index, (key, value)) in members.enumerated() {
                if index > 0 { out += "," }
                Self.quote(key, to: &out)
                out += ":"
                value.write(to: &out)
            }
            out += "}"
        }
    }

    /// Appends a string in quotes. Characters that could act on a terminal are escaped as well.
    private static func quote(_ text: String, to out: inout String) {
        out += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case "\0"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}"..."\u{202E}", "\u{2066}"..."\u{2069}":
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }
}
