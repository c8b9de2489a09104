// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Text whose lines were broken by a program (RFC 3676): a space at the end of a line says that
/// the next one goes on.
enum FlowedText {
    /// Joins the lines that a program broke.
    ///
    /// - Parameters:
    ///   - text: the text, lines ending with LF.
    ///   - dropsSpace: whether the space at the end was added as well (`delsp=yes`).
    /// - Returns: the text as it was written.
    static func joined(_ text: String, dropsSpace: Bool) -> String {
        var out: [UInt8] = []
        var depth: Int?
        for line in Array(text.utf8).split(separator: 0x0A, omittingEmptySubsequences: false) {
            let quotes = line.prefix { $0 == UInt8(ascii: ">") }.count
            var content = line.dropFirst(quotes)
            // A space in front protects a line that begins with a space or with ">".
            if content.first == 0x20 { content = content.dropFirst() }
            let isSignature = content.elementsEqual("-- ".utf8)
            if let open = depth {
                if open == quotes, !isSignature, !content.isEmpty {
                    out += content
                } else {
                    // A program that breaks the rules: no line is lost.
                    out.append(0x0A)
                    out += mark(quotes) + content
                }
            } else {
                out += mark(quotes) + content
            }
            let goesOn = content.last == 0x20 && !isSignature
            if goesOn, dropsSpace { out.removeLast() }
            if !goesOn { out.append(0x0A) }
            depth = goesOn ? quotes : nil
        }
        if out.last == 0x0A { out.removeLast() }
        return String(decoding: out, as: UTF8.self)
    }

    /// What stands in front of a quoted line.
    private static func mark(_ quotes: Int) -> [UInt8] {
        quotes == 0 ? [] : [UInt8](repeating: UInt8(ascii: ">"), count: quotes) + [0x20]
    }
}
