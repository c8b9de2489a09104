// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Lines of decoded text.
enum LineFeeds {
    /// A text whose lines end with LF, also where a CR stood alone.
    ///
    /// - Parameter text: a decoded text.
    /// - Returns: the text without CR and without empty lines at its ends.
    static func only(_ text: String) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count)
        // Some programs double the CR in front of an LF: that is one line all the same.
        var returns = 0
        for byte in text.utf8 {
            if byte == 0x0D {
                returns += 1
            } else if byte == 0x0A {
                out.append(0x0A)
                returns = 0
            } else {
                for _ in 0..<returns { out.append(0x0A) }
                returns = 0
                out.append(byte)
            }
        }
        while out.last == 0x0A { out.removeLast() }
        return String(decoding: out.drop { $0 == 0x0A }, as: UTF8.self)
    }

    /// A text whose lines that ended with CR LF end with LF; a CR alone stays.
    ///
    /// - Parameter text: a text of a file.
    /// - Returns: the text.
    static func joiningReturns(_ text: String) -> String { text.replacing("\r\n", with: "\n") }

    /// A text out of a mailbox: `>From ` at the start of a line was `From `.
    ///
    /// - Parameter text: a text whose lines end with LF.
    /// - Returns: the text as it was sent.
    static func unquotingFrom(_ text: String) -> String {
        guard text.contains(">From ") else { return text }
        let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        let unquoted = lines.map { line -> Substring.UTF8View in
            let rest = line.drop { $0 == UInt8(ascii: ">") }
            let isQuoted = line.first == UInt8(ascii: ">") && rest.starts(with: "From ".utf8)
            return isQuoted ? line.dropFirst() : line
        }
        return unquoted.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
    }
}
