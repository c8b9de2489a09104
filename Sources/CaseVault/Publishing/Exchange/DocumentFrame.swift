// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What stands above the text in an exported document: lines of `key: value` between two `---`.
///
/// Values are JSON, each in one line. All that comes after the second `---` and an empty line is
/// the text, as it is; nothing in it can end or change the frame, which has ended already.
struct DocumentFrame {
    /// Keys and values, in order.
    private(set) var lines: [(key: String, value: FieldValue)] = []

    /// The line above and below.
    private static let edge = "---"
    /// By this first line a frame is known from what other programs write.
    private static let mark = "casevault: \"entry\""
    /// How a document begins that has a frame.
    static var start: [UInt8] { Array((edge + "\n" + mark + "\n").utf8) }
    /// The most lines that are read.
    private static let mostLines = 100

    /// An empty frame.
    init() {}

    /// Adds a line; nothing for `nil`.
    mutating func add(_ key: String, _ value: FieldValue?) {
        if let value { lines.append((key, value)) }
    }

    /// The value of a key.
    subscript(_ key: String) -> FieldValue? { lines.first { $0.key == key }?.value }

    /// The document: the frame, and the text below it.
    ///
    /// A text with control or invisible characters is escaped, and the frame says so.
    func document(_ text: String) -> String {
        let isEscaped = EscapedText.isNeeded(for: text)
        var out = Self.edge + "\n" + Self.mark + "\n"
        for (key, value) in lines { out += key + ": " + value.json + "\n" }
        if isEscaped { out += "escaped: true\n" }
        return out + Self.edge + "\n\n" + (isEscaped ? EscapedText.escape(text) : text)
    }

    /// Reads a document.
    ///
    /// - Parameter text: The whole document, lines ending with LF.
    /// - Returns: The frame, `nil` if there is none, and the text.
    /// - Throws: If there is a frame and it was damaged.
    static func read(_ text: String) throws(Damaged) -> (frame: DocumentFrame?, text: String) {
        guard text.hasPrefix(edge + "\n" + mark + "\n") else { return (nil, text) }
        var rest = text.utf8.dropFirst((edge + "\n" + mark + "\n").utf8.count)
        var frame = DocumentFrame()
        while true {
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")),
                frame.lines.count < mostLines, let line = String(rest[..<end])
            else { throw Damaged() }
            rest = rest[rest.index(after: end)...]
            if line == edge { break }
            guard let colon = line.firstIndex(of: ":") else { throw Damaged() }
            let key = String(line[..<colon])
            guard frame[key] == nil, let value = value(line[line.index(after: colon)...]) else {
                throw Damaged()
            }
            frame.lines.append((key, value))
        }
        if rest.first == UInt8(ascii: "\n") { rest = rest.dropFirst() }
        guard let body = String(rest) else { throw Damaged() }
        guard frame["escaped"]?.flag == true else { return (frame, body) }
        guard let plain = EscapedText.unescape(body) else { throw Damaged() }
        return (frame, plain)
    }

    /// One JSON value.
    private static func value(_ json: Substring) -> FieldValue? {
        (try? JSONTree(parsing: Array(json.utf8))).map(FieldValue.init)
    }

    /// A frame that cannot be read.
    struct Damaged: Error {}
}

extension FieldValue {
    /// The text, if it is one.
    var text: String? { if case .text(let text) = self { text } else { nil } }
    /// The truth value, if it is one.
    var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
    /// The number, if it is one.
    var number: Int? { if case .number(let number) = self { number } else { nil } }
    /// The items, if it is a list.
    var items: [FieldValue]? { if case .list(let items) = self { items } else { nil } }
    /// The members, if it is an object.
    var members: [String: FieldValue]? { if case .object(let all) = self { all } else { nil } }
}
