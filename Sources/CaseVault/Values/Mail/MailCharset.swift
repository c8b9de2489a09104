// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The character sets that mail text is decoded from.
enum MailCharset {
    /// Decodes bytes that are labelled with a character set.
    ///
    /// - Parameters:
    ///   - bytes: the text as it came.
    ///   - label: the name of the character set, in any case.
    ///   - notes: gets a sentence when something could not be decoded.
    /// - Returns: the text. What cannot be decoded is U+FFFD, never dropped.
    static func decode(
        _ bytes: some Collection<UInt8>, label: String, notes: inout [String]
    ) -> String {
        switch label.lowercased() {
        case "utf-8", "utf8":
            return unicode(bytes, notes: &notes)
        case "", "us-ascii", "ascii", "ansi_x3.4-1968":
            // Many programs leave the label out and write UTF-8.
            return unicode(bytes, notes: &notes)
        case "iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1", "windows-1252", "cp1252":
            // Text labelled ISO 8859-1 with bytes in 80–9F is always Windows text in practice.
            return singleByte(bytes) { windows1252[Int($0) - 0x80] }
        case "iso-8859-15", "iso8859-15", "latin-9", "latin9", "l9":
            return singleByte(bytes) { _ in
                nil
            } special: {
                latin9[$0]
            }
        case "utf-16", "utf-16be", "utf-16le":
            return utf16(bytes, label: label.lowercased(), notes: &notes)
        default:
            add("A text in an unsupported character set is shown with replacement marks.", &notes)
            return singleByte(bytes) { _ in
                "\u{FFFD}"
            } special: { _ in
                "\u{FFFD}"
            }
        }
    }

    /// Adds a note unless it is there already.
    ///
    /// - Parameters:
    ///   - note: a sentence without any content of the message.
    ///   - notes: the notes so far.
    static func add(_ note: String, _ notes: inout [String]) {
        if !notes.contains(note) { notes.append(note) }
    }

    /// Decodes UTF-8 and notes when bytes had to be replaced.
    ///
    /// - Parameters:
    ///   - bytes: the text.
    ///   - notes: the notes so far.
    /// - Returns: the text.
    private static func unicode(
        _ bytes: some Collection<UInt8>, notes: inout [String]
    ) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        add("Some bytes of a text are not valid UTF-8 and are shown as replacement marks.", &notes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Decodes one byte a character.
    ///
    /// - Parameters:
    ///   - bytes: the text.
    ///   - low: the character of a byte in 80–9F; `nil` for the control of that number.
    ///   - special: the character of a byte from A0 on; `nil` for the one of that number.
    /// - Returns: the text.
    private static func singleByte(
        _ bytes: some Collection<UInt8>, low: (UInt8) -> Unicode.Scalar?,
        special: (UInt8) -> Unicode.Scalar? = { _ in nil }
    ) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes {
            let plain = Unicode.Scalar(byte)
            switch byte {
            case 0..<0x80: text.append(plain)
            case 0x80..<0xA0: text.append(low(byte) ?? plain)
            default: text.append(special(byte) ?? plain)
            }
        }
        return String(text)
    }

    /// Decodes UTF-16 with or without a byte order mark.
    ///
    /// - Parameters:
    ///   - bytes: the text.
    ///   - label: the lower-case label, which gives the order without a mark.
    ///   - notes: the notes so far.
    /// - Returns: the text.
    private static func utf16(
        _ bytes: some Collection<UInt8>, label: String, notes: inout [String]
    ) -> String {
        let all = Array(bytes)
        var littleEndian = label == "utf-16le"
        var start = 0
        if all.starts(with: [0xFE, 0xFF]) {
            (littleEndian, start) = (false, 2)
        } else if all.starts(with: [0xFF, 0xFE]) {
            (littleEndian, start) = (true, 2)
        }
        var units: [UInt16] = []
        units.reserveCapacity(all.count / 2)
        for place in stride(from: start, to: all.count - 1, by: 2) {
            let (one, two) = (UInt16(all[place]), UInt16(all[place + 1]))
            units.append(littleEndian ? two << 8 | one : one << 8 | two)
        }
        let isWhole = (all.count - start) % 2 == 0
        if isWhole, let text = String(validating: units, as: UTF16.self) { return text }
        add("Some bytes of a text are not valid UTF-16 and are shown as replacement marks.", &notes)
        return String(decoding: units, as: UTF16.self) + (isWhole ? "" : "\u{FFFD}")
    }

    /// The characters of the bytes 80–9F in Windows-1252; five are not assigned.
    private static let windows1252: [Unicode.Scalar] = [
        "€", "\u{FFFD}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{FFFD}", "Ž",
        "\u{FFFD}", "\u{FFFD}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ",
        "\u{FFFD}", "ž", "Ÿ",
    ]

    /// The eight places where ISO 8859-15 differs from ISO 8859-1.
    private static let latin9: [UInt8: Unicode.Scalar] = [
        0xA4: "€", 0xA6: "Š", 0xA8: "š", 0xB4: "Ž", 0xB8: "ž", 0xBC: "Œ", 0xBD: "œ", 0xBE: "Ÿ",
    ]
}
