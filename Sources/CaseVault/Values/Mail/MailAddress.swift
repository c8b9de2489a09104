// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Somebody in a header field: a name, an address, or both.
struct MailAddress: Hashable {
    /// The name, or `nil` without one.
    let name: String?
    /// The address, or `nil` without one.
    let address: String?

    /// The longest list that is read.
    private static let most = 1000

    /// Reads a list of addresses.
    ///
    /// Names and addresses are told apart before anything is decoded, so that a decoded name
    /// cannot pose as an address.
    ///
    /// - Parameters:
    ///   - value: the undecoded value of a field.
    ///   - hint: the character set of other parts, for bytes that are not UTF-8.
    ///   - notes: gets a sentence when something could not be decoded.
    /// - Returns: those in the list, in order.
    static func list(
        _ value: [UInt8], hint: String = "", notes: inout [String]
    ) -> [MailAddress] {
        var found: [MailAddress] = []
        var leftOver: [UInt8] = []
        for item in items(value).prefix(most) {
            var words = leftOver + item.words
            leftOver = []
            var address = item.angle
            if address == nil {
                let all = words.split(separator: 0x20)
                if let at = all.lastIndex(where: { $0.contains(UInt8(ascii: "@")) }) {
                    address = Array(trimmed(all[at]))
                    words = Array((all[..<at] + all[(at + 1)...]).joined(separator: [0x20]))
                } else if item.endsWithComma, !words.isEmpty {
                    // "Doe, Kim <kim@example.org>" without quotes: the comma belongs to the name.
                    leftOver = words + [UInt8(ascii: ",")]
                    continue
                }
            }
            if words.allSatisfy({ $0 <= 0x20 }) { words = item.comment }
            let name = tidied(EncodedWords.decode(words, hint: hint, notes: &notes))
            let text = address.map { EncodedWords.decode(route($0), hint: hint, notes: &notes) }
            if name.isEmpty, text?.isEmpty ?? true { continue }
            found.append(
                MailAddress(
                    name: name.isEmpty || name == text ? nil : name,
                    address: text?.isEmpty == false ? text : nil))
        }
        return found
    }

    /// Name and address in one line.
    var text: String {
        switch (name, address) {
        case (let name?, let address?): "\(name) <\(address)>"
        case (let name?, nil): name
        case (nil, let address?): address
        case (nil, nil): ""
        }
    }

    /// Whether mail to the address reaches nobody.
    var isUnread: Bool {
        let local = (address ?? "").prefix { $0 != "@" }.lowercased().filter(\.isLetter)
        return Self.programs.contains(local)
            || ["noreply", "donotreply", "nepasrepondre", "nichtantworten", "mailerdaemon"]
                .contains(where: local.contains)
    }

    /// Under which names programs on servers send.
    private static let programs: Set<String> = [
        "wordpress", "wwwdata", "apache", "nginx", "httpd", "nobody", "webform", "form", "forms",
        "contactform", "kontaktformular", "formulaire", "formular", "mailer", "notification",
        "notifications", "webserver",
    ]

    /// Whether the name says that a list sent the mail for somebody: "Kim Test via Committee".
    var isOfList: Bool { name?.contains(" via ") ?? false }

    /// A name with single spaces, without the quotes that some programs put around it.
    private static func tidied(_ name: String) -> String {
        let words = name.split(separator: " ").joined(separator: " ")
        let isQuoted = words.count > 2 && words.hasPrefix("'") && words.hasSuffix("'")
        return isQuoted ? String(words.dropFirst().dropLast()) : words
    }

    /// An address without brackets around it: `[kim@example.org]`.
    private static func trimmed(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var word = word
        while let first = word.first, "[{'".utf8.contains(first) { word.removeFirst() }
        while let last = word.last, "]}'".utf8.contains(last) { word.removeLast() }
        return word
    }

    /// The address behind a route, which nobody uses any more: `<@a,@b:kim@example.org>`; or
    /// behind the word `mailto:`.
    private static func route(_ address: [UInt8]) -> [UInt8] {
        let word = address.drop { $0 <= 0x20 }
        if String(decoding: word.prefix(7), as: UTF8.self).lowercased() == "mailto:" {
            return Array(word.dropFirst(7))
        }
        guard address.first == UInt8(ascii: "@"),
            let colon = address.lastIndex(of: UInt8(ascii: ":"))
        else { return address }
        return Array(address[(colon + 1)...])
    }

    /// One item of a list, undecoded.
    private struct Item {
        /// What stands outside of angle brackets and comments, quotes taken away.
        var words: [UInt8] = []
        /// What stands in angle brackets.
        var angle: [UInt8]?
        /// What stands in comments.
        var comment: [UInt8] = []
        /// Whether a comma ends it.
        var endsWithComma = false
    }

    /// Cuts a value into items. One walk.
    private static func items(_ value: [UInt8]) -> [Item] {
        var items = [Item()]
        var place = 0
        var depth = 0
        var (isQuoted, isAngle) = (false, false)
        var quoted = 0
        func end(comma: Bool) {
            items[items.count - 1].endsWithComma = comma
            items.append(Item())
        }
        while place < value.count {
            let byte = value[place]
            let last = items.count - 1
            if !isQuoted, let wordEnd = EncodedWords.end(value, at: place) {
                let word = value[place..<wordEnd]
                if depth > 0 {
                    items[last].comment += word
                } else if isAngle {
                    items[last].angle?.append(contentsOf: word)
                } else {
                    items[last].words += word
                }
                place = wordEnd
                continue
            }
            place += 1
            if byte == UInt8(ascii: "\\"), isQuoted || depth > 0, place < value.count {
                if depth > 0 {
                    items[last].comment.append(value[place])
                } else {
                    items[last].words.append(value[place])
                }
                place += 1
            } else if depth > 0 {
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") { depth -= 1 }
                if depth > 0 { items[last].comment.append(byte) }
            } else if byte == UInt8(ascii: "\""), !isAngle {
                isQuoted.toggle()
                if isQuoted {
                    quoted = items[last].words.count
                } else if place < value.count, value[place] == UInt8(ascii: "@"),
                    items[last].angle == nil
                {
                    // "kim test"@example.org: the quotes are part of the address.
                    let domain = value[place...].prefix {
                        $0 > 0x20 && !"<>,;(\"".utf8.contains($0)
                    }
                    items[last].angle = [byte] + items[last].words[quoted...] + [byte] + domain
                    items[last].words.removeSubrange(quoted...)
                    place = domain.endIndex
                }
            } else if isQuoted {
                items[last].words.append(byte)
            } else if isAngle {
                if byte == UInt8(ascii: ">") {
                    isAngle = false
                } else if byte != UInt8(ascii: "<") || items[last].angle?.isEmpty == false {
                    items[last].angle?.append(byte)
                }
            } else {
                switch byte {
                case UInt8(ascii: "("): depth = 1
                case UInt8(ascii: "<"):
                    isAngle = true
                    items[last].angle = []
                case UInt8(ascii: ","): end(comma: true)
                case UInt8(ascii: ";"): end(comma: false)
                // The name of a group, or "mailto:", also in brackets behind a name.
                case UInt8(ascii: ":"):
                    let word = items[last].words.reversed().prefix { $0 > 0x20 }.reversed()
                    let text = String(decoding: word.prefix(20), as: UTF8.self).lowercased()
                    if ["mailto", "[mailto"].contains(text) {
                        items[last].words.removeLast(word.count)
                    } else {
                        items[last] = Item()
                    }
                case UInt8(ascii: ">"): break
                case 0x0D, 0x0A: break
                default: items[last].words.append(byte)
                }
            }
        }
        return items
    }
}
