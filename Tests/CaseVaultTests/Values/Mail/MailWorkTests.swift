// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// The work for a mail is a few times its size, whatever is in it: bytes are counted, not seconds.
struct MailWorkTests {
    /// What somebody could write to make the reader work, and how often it stands there.
    static let pages = [
        "<b>", "<b></b>", "<a =\">\"", "<a ='\">\"'", "<!--", "<!-- -->", "<script>",
        "<p style='x'>",
        "<del>", "<div hidden>", "<a href=https://example.org>", "&amp;", "&#x26;", "<", ">",
        "<a b=\"",
        "<pre>\n", "<blockquote>", "<style></style", "<li>", "<x@y", "</p", "<a\n=\n'",
    ]

    /// A mail with such a body.
    private func mail(_ type: String, _ body: String) throws -> MailMessage {
        try MailMessage(
            parsing: Array("From: a@example.org\r\nContent-Type: \(type)\r\n\r\n\(body)".utf8))
    }

    @Test(arguments: pages)
    func pagesAreWalkedAFewTimes(_ piece: String) throws {
        for size in [16 << 10, 64 << 10] {
            let body = String(repeating: piece, count: size / piece.utf8.count)
            let found = try mail("text/html", body)
            #expect(found.walked <= 8 * body.utf8.count + 1000, "\(found.walked) for \(size)")
            // Four forms of one text, each looked at by several questions.
            let part = "--B\r\nContent-Type: text/html\r\n\r\n\(body)\r\n"
            let forms = try mail(
                "multipart/alternative; boundary=B", String(repeating: part, count: 4) + "--B--\r\n"
            )
            #expect(forms.walked <= 40 * body.utf8.count + 1000, "\(forms.walked) for \(size)")
        }
    }

    /// Containers in each other are walked once for each level, and there are eight.
    @Test func containersAreWalkedOnceForEachLevel() throws {
        for size in [16 << 10, 64 << 10] {
            let piece = "--B\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n"
            let body = String(repeating: piece, count: size / piece.utf8.count)
            let found = try mail("multipart/mixed; boundary=B", body)
            #expect(found.walked <= 20 * body.utf8.count, "\(found.walked) for \(size)")
        }
        var nested = "He came."
        for level in 0..<40 {
            nested = "--B\(level)\r\n\r\n\(nested)\r\n--B\(level)--\r\n"
            nested = "Content-Type: multipart/mixed; boundary=B\(level)\r\n\r\n" + nested
            nested = level < 39 ? nested : "From: a@example.org\r\n" + nested
        }
        let deep = try MailMessage(parsing: Array(nested.utf8))
        #expect(deep.walked <= 20 * nested.utf8.count)
    }
}
