// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// One line of a list of names, as people write it.
enum NameLine {
    /// The people in a line: mostly one, with aliases after semicolons.
    ///
    /// - Parameter line: The line without space at its ends.
    /// - Returns: The people; none if no letter is in the line. A name is empty where aliases stand
    ///   without one.
    static func people(_ line: String) -> [ReportedPerson] {
        // By scalars: a mark behind a semicolon would hide it in one character with itself.
        let pieces = withoutListSign(line).unicodeScalars
            .split(separator: ";", omittingEmptySubsequences: false).map { String($0) }
        var aliases: [String] = []
        for piece in pieces.dropFirst() {
            let read = parts(piece)
            aliases += ([read.name] + read.aliases).filter { !$0.isEmpty }
        }
        var people: [ReportedPerson] = []
        for name in names(pieces.first ?? "") {
            let read = parts(name)
            let (ordered, written) = inOrder(read.name)
            if ordered.isEmpty, read.aliases.isEmpty { continue }
            // An address alone is a name: there is no other.
            let known = ordered.isEmpty ? read.aliases.first ?? "" : ordered
            let others = (written + read.aliases).filter { $0 != known }
            people.append(ReportedPerson(name: known, aliases: others))
        }
        if people.isEmpty {
            return aliases.isEmpty ? [] : [ReportedPerson(name: "", aliases: aliases)]
        }
        people[0].aliases += aliases.filter { $0 != people[0].name }
        return people
    }

    /// A line without the sign or number of a list in front.
    private static func withoutListSign(_ line: String) -> String {
        var rest = Substring(line)
        while true {
            let before = rest
            rest = rest.drop(while: \.isWhitespace)
            if let first = rest.first {
                let next = rest.dropFirst().first
                if "•‣◦▪●○■□☐☑✓✔→➤·–—>".contains(first) { rest = rest.dropFirst() }
                if "-*+".contains(first), next == nil || next?.isWhitespace == true {
                    rest = rest.dropFirst()
                }
            }
            for box in ["[ ]", "[x]", "[X]"] where rest.hasPrefix(box) { rest = rest.dropFirst(3) }
            rest = withoutNumber(rest)
            if rest == before { return String(rest) }
        }
    }

    /// A line without a number of a list: "1.", "1)", "(1)", "a)", "(a)". A letter needs the
    /// bracket, because "A. Doe" is a name.
    private static func withoutNumber(_ line: Substring) -> Substring {
        let isOpen = line.first == "("
        let inner = isOpen ? line.dropFirst() : line
        let digits = inner.prefix { $0.isASCII && $0.isNumber }
        let isLetter = digits.isEmpty && inner.first.map { $0.isASCII && $0.isLetter } ?? false
        guard isLetter || (1...3).contains(digits.count) else { return line }
        let behind = inner.dropFirst(isLetter ? 1 : digits.count)
        guard let sign = behind.first, sign == ")" || (!isOpen && !isLetter && ".:".contains(sign))
        else { return line }
        return behind.dropFirst()
    }

    /// The names in a line where several full names stand between commas.
    private static func names(_ text: String) -> [String] {
        let parts = text.split(separator: ",").map(String.init)
            .filter { $0.contains { $0.isLetter || $0.isNumber } }
        guard parts.count > 1 else { return [text] }
        let words = parts.map { $0.split(whereSeparator: \.isWhitespace).count }
        return words.allSatisfy { $0 >= 2 } || parts.count > 2 ? parts : [text]
    }

    /// Takes a name apart: quotes, marks, pronouns and addresses are not part of it.
    private static func parts(_ text: String) -> (name: String, aliases: [String]) {
        var aliases: [String] = []
        var name = ""
        var inside = ""
        var close: Character?
        for character in text {
            if let end = close {
                if character == end {
                    let found = trimmed(inside)
                    let isPronoun = end != ">" && Self.isPronoun(found)
                    if !found.isEmpty, !isPronoun { aliases.append(found) }
                    (close, inside) = (nil, "")
                } else {
                    inside.append(character)
                }
            } else if character == "<" {
                close = ">"
            } else if character == "(" {
                close = ")"
            } else if character == "[" {
                close = "]"
            } else {
                name.append(character)
            }
        }
        // A bracket that nothing closes is part of the name.
        if close != nil { name += inside }
        var words = name.split(whereSeparator: \.isWhitespace).map(String.init)
        // "they/them" without brackets, and addresses.
        words.removeAll { $0.contains("/") && isPronoun($0) }
        let addresses = words.filter { $0.dropFirst().contains("@") && words.count > 1 }
        aliases += addresses.map(trimmed)
        words.removeAll { addresses.contains($0) }
        return (trimmed(words.joined(separator: " ")), aliases.map(TextFolding.nfc))
    }

    /// "Doe, Sam" as "Sam Doe", and how it was written.
    private static func inOrder(_ name: String) -> (name: String, written: [String]) {
        let halves = name.split(separator: ",").map { trimmed(String($0)) }.filter { !$0.isEmpty }
        guard halves.count == 2 else { return (name, []) }
        let titles = ["jr", "sr", "phd", "md", "dr", "prof", "ii", "iii"]
        guard !titles.contains(halves[1].lowercased().filter(\.isLetter)) else { return (name, []) }
        return (halves[1] + " " + halves[0], [name])
    }

    /// Whether something in brackets says how to speak of somebody, not how they are called.
    private static func isPronoun(_ text: String) -> Bool {
        let words = text.lowercased().split { !$0.isLetter }
        let pronouns: Set<Substring> = [
            "she", "her", "hers", "he", "him", "his", "they", "them", "theirs", "it", "its", "xe",
            "xem", "ze", "zir", "hir", "fae", "faer", "ey", "em", "any", "all", "pronouns", "sie",
            "ihr", "er", "ihm", "ihn", "elle", "iel", "il", "lui", "ella", "él", "elle", "hen",
        ]
        return !words.isEmpty && words.allSatisfy(pronouns.contains)
    }

    /// A text without quotes, marks of Markdown, commas and space at its ends.
    private static func trimmed(_ text: String) -> String {
        var inner = TextFolding.nfc(text)[...]
        while let first = inner.first,
            first.isWhitespace || "\"'“”„‟‘’‚«»‹›`,:".contains(first)
        {
            inner.removeFirst()
        }
        while let last = inner.last, last.isWhitespace || "\"“”„‘«»‹›`,:".contains(last) {
            inner.removeLast()
        }
        for mark in ["***", "**", "__", "*", "_"]
        where inner.count > 2 * mark.count && inner.hasPrefix(mark) && inner.hasSuffix(mark) {
            return trimmed(String(inner.dropFirst(mark.count).dropLast(mark.count)))
        }
        // An apostrophe belongs to a name unless it closes a quote.
        if text.contains("'"), inner.hasSuffix("'"), text.drop(while: \.isWhitespace).first == "'" {
            inner.removeLast()
        }
        // A full stop ends a sentence, or an initial that is a part of the name.
        if inner.hasSuffix("."), let word = inner.split(separator: " ").last, word.count > 3 {
            inner.removeLast()
        }
        return String(inner)
    }
}
