// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Reduces HTML to the text a person would read. Nothing is loaded and nothing is run.
struct HTMLText {
    /// The document.
    private let bytes: ArraySlice<UInt8>
    /// Whether headings and emphasis are marked as in Markdown.
    private let isMarkdown: Bool
    /// The text.
    private var flow = TextFlow()
    /// Lists that are open: the number of the next item, or `nil` for bullets.
    private var lists: [Int?] = []
    /// Open elements that are struck out or were inserted later.
    private var marks: [Mark] = []
    /// Open elements whose style says whether spaces count: how many of the name are open in each,
    /// and what was so before.
    private var spaces: [(name: String, inner: Int, before: Bool)] = []
    /// The link that is open.
    private var link: (address: String, start: Int)?
    /// How many elements are open whose spaces count.
    private var preformatted = 0
    /// Ends that are not in the rest of the document.
    private var missing = HTMLTag.Missing()
    /// Whether the rest of the document stands in an element that is not shown and never ends.
    private var isCut = false

    /// An element whose text somebody took back or put in.
    private struct Mark {
        /// The name of the element.
        let name: String
        /// Where its text begins.
        let start: Int
        /// Whether the sign in front was written: before the first letter.
        let lead: Int
        /// How many elements of this name are open in it.
        var inner = 0
    }

    /// How many lists and marks can stand in each other.
    private static let mostOpen = 50

    /// The text of an HTML document.
    ///
    /// Each search for an end that is not there is made once, so the work is linear.
    ///
    /// - Parameters:
    ///   - html: the document.
    ///   - limit: the most bytes of text.
    ///   - isMarkdown: whether headings and emphasis are marked as in Markdown.
    ///   - notes: gets a sentence when a part of it is not shown.
    ///   - walked: grows by how many bytes were looked at.
    /// - Returns: lines of text without tags, scripts and styles; `nil` when it is too long.
    static func plain(
        _ html: String, limit: Int = .max, isMarkdown: Bool = false, notes: inout [String],
        walked: inout Int
    ) -> String? {
        var reader = HTMLText(bytes: Array(html.utf8)[...], isMarkdown: isMarkdown)
        let isWithin = reader.read(limit: limit)
        walked += reader.bytes.count + reader.missing.walked
        guard isWithin else { return nil }
        if reader.isCut {
            MailCharset.add(
                "The end of a text in HTML stands in an element that is not shown: look at what "
                    + "came itself.", &notes)
        }
        return tidied(reader.flow.out)
    }

    /// The text of an HTML document; see above.
    static func plain(_ html: String, limit: Int = .max, isMarkdown: Bool = false) -> String? {
        var ignored: [String] = []
        var walked = 0
        return plain(
            html, limit: limit, isMarkdown: isMarkdown, notes: &ignored, walked: &walked)
    }

    /// Starts at the beginning.
    private init(bytes: ArraySlice<UInt8>, isMarkdown: Bool) {
        self.bytes = bytes
        self.isMarkdown = isMarkdown
    }

    /// Reads the document.
    ///
    /// - Returns: whether the text is within the limit.
    private mutating func read(limit: Int) -> Bool {
        var place = bytes.startIndex
        var hasCommentEnd = true
        while place < bytes.endIndex {
            guard flow.out.count <= limit else { return false }
            let byte = bytes[place]
            if byte == UInt8(ascii: "<") {
                if hasCommentEnd, bytes[place...].starts(with: "<!--".utf8) {
                    if let end = commentEnd(from: place + 2) {
                        place = end
                        continue
                    }
                    hasCommentEnd = false
                }
                if let tag = HTMLTag(bytes, at: place, missing: &missing) {
                    place = take(tag)
                    continue
                }
                flow.write(bytes[place...place])
                place += 1
            } else if byte == UInt8(ascii: "&"), let found = HTMLReferences.read(bytes, at: place) {
                // A space by its name still joins with others: programs fill empty lines with it.
                flow.write(Array(found.text.utf8)[...])
                place = found.end
            } else {
                let rest = bytes[(place + 1)...]
                let end =
                    rest.firstIndex { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }
                    ?? bytes.endIndex
                flow.write(bytes[place..<end])
                place = end
            }
        }
        while !marks.isEmpty { endMark(marks.count - 1) }
        endLink()
        return flow.out.count <= limit
    }

    /// The place after a comment.
    private mutating func commentEnd(from start: Int) -> Int? {
        var place = start
        defer { missing.walked += place - start }
        while let found = ByteSearch.first(UInt8(ascii: ">"), in: bytes, from: place) {
            // "-->" or "--!>", and "<!-->" at once.
            let before = bytes[start..<found].suffix(3)
            if before.suffix(2).elementsEqual("--".utf8) || before.elementsEqual("--!".utf8) {
                return found + 1
            }
            place = found + 1
        }
        return nil
    }

    // MARK: - Tags

    /// Elements whose content is no text.
    private static let hidden: Set<String> = ["script", "style", "template", "title", "iframe"]
    /// Elements that begin and end a line.
    private static let lines: Set<String> = [
        "div", "tr", "table", "section", "article", "header", "footer", "body", "dt", "dd", "main",
        "nav", "aside", "address", "center", "form", "fieldset", "figure", "figcaption", "details",
        "summary", "caption", "option", "dl",
    ]
    /// Elements that are a paragraph of their own.
    private static let paragraphs: Set<String> = [
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    ]

    /// Takes in a tag.
    ///
    /// - Returns: where to read on.
    private mutating func take(_ tag: HTMLTag) -> Int {
        let name = tag.name
        if Self.hidden.contains(name), !tag.isClosing { return end(of: name, from: tag.end) }
        // A paragraph ends where the next one begins.
        if tag.isClosing || name == "p" {
            endMarkByStyle(name)
            endSpaces(name)
        }
        defer { if !tag.isClosing { markByStyle(tag) } }
        switch name {
        case "br": flow.endLine()
        case "a": tag.isClosing ? endLink() : beginLink(tag)
        case "blockquote":
            flow.breakLine(2)
            flow.quotes += tag.isClosing ? -1 : 1
        case "pre", "listing", "xmp", "textarea": preformatted(tag)
        case "ul", "ol", "menu": list(tag)
        case "li":
            if tag.isClosing {
                flow.endItem()
                flow.breakLine(1)
            } else {
                item(tag)
            }
        case "td", "th": flow.space()
        case "del", "s", "strike": mark(tag, "struck out")
        case "ins": mark(tag, "inserted")
        case "b", "strong": if isMarkdown { flow.append("**".utf8) }
        case "i", "em": if isMarkdown { flow.append("*".utf8) }
        case "img": showSign(tag)
        default:
            if Self.paragraphs.contains(name) {
                flow.breakLine(2)
                if isMarkdown, !tag.isClosing, name.hasPrefix("h"),
                    let level = name.last.flatMap({ Int(String($0)) })
                {
                    flow.append([UInt8](repeating: UInt8(ascii: "#"), count: level))
                    flow.space()
                }
            } else if Self.lines.contains(name) {
                flow.breakLine(1)
            }
        }
        // The line break behind the tag is not part of the text.
        if flow.isPreformatted, name == "pre", !tag.isClosing {
            let rest = bytes[tag.end...]
            if rest.starts(with: [0x0D, 0x0A]) { return tag.end + 2 }
            if rest.first == 0x0A { return tag.end + 1 }
        }
        return tag.end
    }

    /// The place after an element whose content is no text.
    ///
    /// Without an end, a browser too would take the rest as part of it.
    private mutating func end(of name: String, from start: Int) -> Int {
        let wanted = Array(("/" + name).utf8)
        var place = start
        defer { missing.walked += place - start }
        while let found = ByteSearch.first(UInt8(ascii: "<"), in: bytes, from: place) {
            let behind = bytes[(found + 1)...].prefix(wanted.count)
            let isEnd = behind.elementsEqual(wanted) { byte, letter in
                ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == letter
            }
            if isEnd {
                let close = ByteSearch.first(UInt8(ascii: ">"), in: bytes, from: found)
                return close.map { $0 + 1 } ?? bytes.endIndex
            }
            place = found + 1
        }
        isCut = bytes[start...].contains { $0 > 0x20 }
        return bytes.endIndex
    }

    /// Shows a picture that stands for a sign, as some programs send these. What a picture of
    /// another kind is called is not what a person wrote.
    private mutating func showSign(_ tag: HTMLTag) {
        guard let sign = tag.attribute("alt"), (1...16).contains(sign.unicodeScalars.count),
            sign.unicodeScalars.allSatisfy({ $0.properties.isEmoji || $0.value >= 0x200D }),
            !sign.unicodeScalars.contains(where: { $0.isASCII || $0.properties.isAlphabetic })
        else { return }
        flow.append(sign.utf8)
    }

    /// Begins or ends text whose spaces count.
    private mutating func preformatted(_ tag: HTMLTag) {
        flow.breakLine(2)
        preformatted = max(0, preformatted + (tag.isClosing ? -1 : 1))
        flow.isPreformatted = preformatted > 0
    }

    /// Begins or ends a list.
    private mutating func list(_ tag: HTMLTag) {
        flow.endItem()
        flow.breakLine(1)
        if tag.isClosing {
            _ = lists.popLast()
        } else if lists.count < Self.mostOpen {
            lists.append(tag.name == "ol" ? tag.attribute("start").flatMap { Int($0) } ?? 1 : nil)
        }
    }

    /// Begins an item of a list.
    private mutating func item(_ tag: HTMLTag) {
        flow.endItem()
        flow.breakLine(1)
        let indent = [UInt8](repeating: 0x20, count: 2 * max(0, lists.count - 1))
        var sign = "- "
        if let last = lists.last, var number = last {
            number = tag.attribute("value").flatMap { Int($0) } ?? number
            sign = "\(number). "
            lists[lists.count - 1] = number &+ 1
        }
        flow.appendSign(indent + Array(sign.utf8))
    }

    // MARK: - Text that was struck out or put in

    /// Begins or ends an element that marks its text.
    private mutating func mark(_ tag: HTMLTag, _ words: String) {
        if tag.isClosing {
            if let open = marks.lastIndex(where: { $0.name == tag.name }) { endMark(open) }
        } else if marks.count < Self.mostOpen {
            flow.append("[\(words): ".utf8)
            marks.append(
                Mark(name: tag.name, start: flow.out.count, lead: words.utf8.count + 3))
        }
    }

    /// Ends a mark, and those in it.
    private mutating func endMark(_ place: Int) {
        while marks.count > place + 1 { endMark(marks.count - 1) }
        let mark = marks.removeLast()
        if flow.hasWritten(since: mark.start) {
            flow.append("]".utf8)
        } else {
            flow.takeBack(to: mark.start - mark.lead)
            // A link that begins in the mark and ends behind it begins here now.
            if let open = link, open.start > flow.out.count {
                link = (open.address, flow.out.count)
            }
        }
    }

    /// Elements that have no end.
    private static let empty: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source",
        "track", "wbr",
    ]
    /// Elements that say by their name that their text is marked.
    private static let marking: Set<String> = ["del", "s", "strike", "ins"]

    /// Elements of any name can strike their text out, or hide it, by a style.
    private mutating func markByStyle(_ tag: HTMLTag) {
        if marks.isEmpty, spaces.isEmpty, !tag.hasAttributes { return }
        if Self.empty.contains(tag.name) || Self.marking.contains(tag.name) { return }
        let written = tag.hasAttributes ? tag.attribute("style") ?? "" : ""
        let style = written.lowercased().filter { !$0.isWhitespace }
        beginSpaces(tag.name, style)
        if let open = marks.lastIndex(where: { $0.name == tag.name }) {
            marks[open].inner += 1
            return
        }
        if style.contains("line-through") {
            mark(tag, "struck out")
        } else if ["display:none", "visibility:hidden", "mso-hide:all"].contains(
            where: style.contains) || (tag.hasAttributes && tag.has("hidden"))
        {
            // Nothing is dropped: what a sender hides can be what they meant to say.
            mark(tag, "hidden")
        }
    }

    /// Begins an element whose style says whether its spaces count.
    private mutating func beginSpaces(_ name: String, _ style: String) {
        if let open = spaces.lastIndex(where: { $0.name == name }) { spaces[open].inner += 1 }
        guard spaces.count < Self.mostOpen, let found = style.firstRange(of: "white-space:") else {
            return
        }
        let value = style[found.upperBound...].prefix { $0.isLetter || $0 == "-" }
        spaces.append((name, 0, flow.isPreformatted))
        flow.isPreformatted = value.hasPrefix("pre") || value == "break-spaces"
    }

    /// Ends an element whose style says whether its spaces count.
    private mutating func endSpaces(_ name: String) {
        guard let open = spaces.lastIndex(where: { $0.name == name }) else { return }
        if spaces[open].inner > 0 {
            spaces[open].inner -= 1
        } else {
            flow.isPreformatted = spaces[open].before
            spaces.removeLast(spaces.count - open)
        }
    }

    /// Ends what a style of an element of this name marks.
    private mutating func endMarkByStyle(_ name: String) {
        guard !marks.isEmpty, !Self.marking.contains(name),
            let open = marks.lastIndex(where: { $0.name == name })
        else { return }
        if marks[open].inner > 0 { marks[open].inner -= 1 } else { endMark(open) }
    }

    // MARK: - Links

    /// Remembers where a link leads.
    private mutating func beginLink(_ tag: HTMLTag) {
        endLink()
        guard let href = tag.attribute("href") else { return }
        let address = String(href.unicodeScalars.filter { !$0.properties.isWhitespace })
        let kinds = ["http:", "https:", "mailto:", "ftp:", "tel:", "sms:"]
        guard address.utf8.count <= 2000, kinds.contains(where: address.lowercased().hasPrefix)
        else { return }
        link = (address, flow.out.count)
    }

    /// Writes where a link leads, unless its text says so.
    private mutating func endLink() {
        guard let (address, start) = link else { return }
        link = nil
        func plain(_ text: String) -> String {
            var text = text.lowercased().filter { !$0.isWhitespace && !"<>".contains($0) }
            for start in ["mailto:", "tel:", "https://", "http://", "www."]
            where text.hasPrefix(start) {
                text.removeFirst(start.count)
            }
            if text.hasSuffix("/") { text.removeLast() }
            return text
        }
        let text = String(decoding: flow.out[start...].prefix(4000), as: UTF8.self)
        let isMail = address.lowercased().hasPrefix("mailto:")
        let target = isMail ? String(address.dropFirst(7).prefix { $0 != "?" }) : address
        guard !target.isEmpty, plain(text) != plain(target) else { return }
        let goesOn = flow.hasSpace
        if flow.hasWritten(since: start) { flow.space() }
        flow.append("<\(target)>".utf8)
        if goesOn { flow.space() }
    }

    /// Strips what is white at the end, and lines that end with CR.
    private static func tidied(_ bytes: [UInt8]) -> String {
        var end = bytes.endIndex
        while end > 0, bytes[end - 1] <= 0x20 { end -= 1 }
        return LineFeeds.only(String(decoding: bytes[..<end], as: UTF8.self))
    }
}
