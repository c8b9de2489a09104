// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Writes a page of HTML that is well-formed XML too, from fixed tags and escaped text only.
///
/// There is no way to write markup from a text: tags and attributes are lists, and every text and
/// attribute value is escaped. What has no shape or changes the order of what is shown (control,
/// bidi and zero-width characters) is written out as `\u{202E}`.
struct HTMLWriter {
    /// The elements that pages use. None of them runs or loads anything.
    enum Tag: String {
        /// The page.
        case html, head, body, title, meta, style
        /// Its parts.
        case header, main, section, footer, h1, h2, p, div, ul, li, strong
        /// Tables.
        case table, caption, thead, tbody, tr, th, td

        /// Whether it has no content and no end tag.
        var isVoid: Bool { self == .meta }
        /// Whether it stands on lines of its own.
        var isBlock: Bool { self != .strong }
        /// Whether its parts stand in lines of their own.
        var isFrame: Bool {
            switch self {
            case .html, .head, .body, .header, .main, .section, .footer, .ul, .table, .thead,
                .tbody, .tr:
                true
            default: false
            }
        }
    }

    /// The attributes that pages use. None of them is an address or a handler.
    enum Attribute: String {
        /// For the page as a whole.
        case lang, charset, content, name
        /// `http-equiv`
        case httpEquiv = "http-equiv"
        /// For elements.
        case `class`, scope, dir
    }

    /// What was written so far.
    private(set) var text = "<!DOCTYPE html>\n"

    /// Writes an element and, in `body`, what is in it.
    mutating func element(
        _ tag: Tag, _ attributes: [(Attribute, String)] = [],
        _ body: (inout HTMLWriter) -> Void = { _ in }
    ) {
        text += "<" + tag.rawValue
        for (attribute, value) in attributes {
            text += " " + attribute.rawValue + "=\"" + Self.escaped(value) + "\""
        }
        if tag.isVoid {
            text += " />\n"
            return
        }
        text += tag.isFrame ? ">\n" : ">"
        body(&self)
        text += "</" + tag.rawValue + ">" + (tag.isBlock ? "\n" : "")
    }

    /// Writes an element of a text. Stored text runs in the direction of its own letters.
    mutating func element(
        _ tag: Tag, _ attributes: [(Attribute, String)] = [], text content: String
    ) {
        element(tag, attributes) { $0.write(content) }
    }

    /// Writes a text.
    mutating func write(_ content: String) { text += Self.escaped(content) }

    /// Writes a style sheet that is part of the program.
    mutating func style(_ sheet: StaticString) {
        element(.style) { $0.text += sheet.description }
    }

    /// A text that is nothing but text wherever it stands in the page.
    static func escaped(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in SafeText.escaped(text, keepingLineBreaks: true).unicodeScalars {
            let name: StaticString
            switch scalar {
            case "&": name = "&amp;"
            case "<": name = "&lt;"
            case ">": name = "&gt;"
            case "\"": name = "&quot;"
            case "'": name = "&#39;"
            default:
                out.append(scalar)
                continue
            }
            // One by one: appending many at once copies all that was there.
            for part in name.description.unicodeScalars { out.append(part) }
        }
        return String(out)
    }
}
