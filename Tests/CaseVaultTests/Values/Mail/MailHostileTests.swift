// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// Mails of somebody who wants them read wrongly, or of programs that might as well.
struct MailHostileTests {
    /// Parses a mail of which the header is given.
    private func mail(_ header: String, _ body: [UInt8]) throws -> MailMessage {
        let head = "From: Kim Test <kim@example.org>\r\nSubject: s\r\n" + header + "\r\n\r\n"
        return try MailMessage(parsing: Array(head.utf8) + body)
    }

    /// Parses a mail of which the header is given.
    private func mail(_ header: String, _ body: String) throws -> MailMessage {
        try mail(header, Array(body.utf8))
    }

    // MARK: - Character sets

    @Test func anotherAlphabetUnderAWesternLabelIsSaid() throws {
        // "Он подошёл к столу." in Windows-1251.
        let bytes: [UInt8] = [
            0xCE, 0xED, 0x20, 0xEF, 0xEE, 0xE4, 0xEE, 0xF8, 0xB8, 0xEB, 0x20, 0xEA, 0x20, 0xF1,
            0xF2, 0xEE, 0xEB, 0xF3, 0x2E,
        ]
        let found = try mail("Content-Type: text/plain; charset=iso-8859-1", bytes)
        #expect(found.notes.contains { $0.contains("another alphabet") })
        // The subject says in which character set the sender writes.
        let head = "Content-Type: text/plain; charset=iso-8859-1\r\nTo: =?windows-1251?Q?=C8?="
        let all = "From: a@example.org\r\n" + head + "\r\n\r\n"
        let hinted = try MailMessage(parsing: Array(all.utf8) + bytes)
        #expect(hinted.body == "Он подошёл к столу.")
        #expect(hinted.notes.contains { $0.contains("another alphabet") })
        // A Western text with many marks is none of that.
        let plain = try mail(
            "Content-Type: text/plain; charset=iso-8859-1",
            [0x47, 0x72, 0xFC, 0xDF, 0x65, 0x20, 0x66, 0xFC, 0x72, 0x20, 0xC4, 0xD6, 0xDC, 0x65])
        #expect(plain.body == "Grüße für ÄÖÜe" && plain.notes.isEmpty)
    }

    @Test func chineseInSevenBitsIsRead() throws {
        let found = try mail("Content-Type: text/plain; charset=hz-gb-2312", "~{K{@4AK~} ~~ ok")
        #expect(found.body == "他来了 ~ ok")
        let open = try mail("Content-Type: text/plain; charset=HZ", "~{K{\nplain ~} text")
        #expect(open.body == "他\nplain  text")
    }

    /// A system without the tables of its converter, or a character set that nobody has.
    @Test func aMissingTableIsSaid() throws {
        let found = try mail("Content-Type: text/plain; charset=cp9999", [0x48, 0xE4])
        #expect(found.body == "Hä" && found.notes.contains { $0.contains("no table") })
        let escaped = try mail("Content-Type: text/plain; charset=cp9999", [0x1B, 0x24, 0x42])
        #expect(escaped.notes.contains { $0.contains("no table") })
        #expect(try mail("Content-Type: text/plain; charset=cp9999", "plain").notes.isEmpty)
    }

    @Test func halvesOfACharacterAreJoined() throws {
        let halves: [UInt8] = [0x61, 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80, 0x62]
        let found = try mail("Content-Type: text/plain; charset=utf-8", halves)
        #expect(found.body == "a😀b" && found.notes.isEmpty)
        // Half of one is no character.
        let alone = try mail("Content-Type: text/plain; charset=utf-8", Array(halves.prefix(4)))
        #expect(!alone.notes.isEmpty)
    }

    @Test func aPageThatSaysUTF16InLettersOfOneByteIsNot() throws {
        let found = try mail("Content-Type: text/html", "<meta charset=utf-16><p>Größe")
        #expect(found.body == "Größe")
    }

    // MARK: - Encodings

    @Test func whatLooksEncodedAndSaysNothingIsNoted() throws {
        let quoted = try mail("Content-Type: text/plain; charset=utf-8", "Gr=C3=BC=C3=9Fe")
        #expect(quoted.body == "Gr=C3=BC=C3=9Fe")
        #expect(quoted.notes.contains { $0.contains("looks encoded") })
        let base64 = try mail(
            "Content-Type: text/plain", "SGUgY2FtZSB0byBteSB0YWJsZSB0aHJlZSB0aW1lcy4=\r\n")
        #expect(base64.notes.contains { $0.contains("looks encoded") })
        for plain in ["a=b and 1=2C and x=AB", "He came.", "=C3", "https://example.org/?q=C3=BC"] {
            #expect(try mail("Content-Type: text/plain", plain).notes.isEmpty, "\(plain)")
        }
    }

    @Test func base64WithJunkOrInLettersOfTheWebIsRead() throws {
        let head = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64"
        let junk = try mail(head, "SGU*gY2F@tZSB0b!yBteSB0YWJs#ZS4=\r\n")
        #expect(junk.body == "He came to my table." && !junk.notes.isEmpty)
        let web = try mail(head, "w7_Dv8O-wr8gR3LDvMOfZSB-fn4_Pz8-Pj4=")
        #expect(web.body == "ÿÿþ¿ Grüße ~~~???>>>" && !web.notes.isEmpty)
        // Words are words, whatever the header says.
        for words in ["He came back twice, and then again.", "Yes", "Come here!"] {
            #expect(try mail(head, words).body == words)
        }
    }

    @Test func flowedTextKeepsItsParagraphs() throws {
        let found = try mail(
            "Content-Type: text/plain; format=flowed", "He came \r\nback. \r\n\r\nTwice.\r\n")
        #expect(found.body == "He came back. \n\nTwice.")
    }

    // MARK: - HTML

    @Test(arguments: [
        (
            "<p>a</p><div style='DISPLAY : none'>b</div><p hidden>c</p>",
            "a\n\n[hidden: b]\n\n[hidden: c]"
        ),
        ("<p title='a hidden thing'>a</p><a title=hidden>b</a>", "a\n\nb"),
        ("<img style='text-decoration:line-through'>a<br style='display:none'>b", "a\nb"),
        ("a <b style='text-decoration: line-through'>b</b> c", "a [struck out: b] c"),
        ("<ul><li style='text-decoration:line-through'>a</li><li>b</ul>", "- [struck out: a]\n- b"),
        ("<p style='text-decoration:line-through'>a<p>b", "[struck out: a]\n\nb"),
        ("a <s></s> b", "a b"),
        (
            "Write to <kim@example.org> or <https://example.org/a>.",
            "Write to <kim@example.org> or <https://example.org/a>."
        ),
        ("<o:p>a</o:p><x@y>", "a<x@y>"),
        ("<div style='white-space: pre-wrap'>21:05  a\n21:10  b</div>", "21:05  a\n21:10  b"),
        ("<span style='white-space:pre'>a  b</span>  c  d", "a  b c d"),
        (
            "<div style='white-space:pre'>a  b<p style='white-space:normal'>c  d</p>e  f</div>",
            "a  b\n\nc d\n\ne  f"
        ),
        ("<pre style='white-space:pre-wrap'>a  b</pre>c  d", "a  b\n\nc d"),
        ("<ol start=3><li>a<li value=7>b<li>c</ol>", "3. a\n7. b\n8. c"),
        ("Ha <img alt='😂'><img alt='Our logo'><img alt='5'>!", "Ha 😂!"),
        ("<p>a</p><style>p{}<p>b</p>", "a"),
    ])
    func pagesSayWhatAPersonWouldRead(_ html: String, _ text: String) throws {
        #expect(HTMLText.plain(html) == text)
    }

    @Test func anElementThatNeverEndsIsSaid() throws {
        let found = try mail(
            "Content-Type: text/html", "<p>He came.</p><style>p{}<p>And stayed.</p>")
        #expect(found.body == "He came.")
        #expect(found.notes.contains { $0.contains("never") || $0.contains("not shown") })
        #expect(try mail("Content-Type: text/html", "<p>He came.</p><style>").notes.isEmpty)
    }

    @Test func twoFormsThatSaySomethingElseAreNoted() throws {
        func both(_ plain: String, _ html: String) throws -> MailMessage {
            try mail(
                "Content-Type: multipart/alternative; boundary=B",
                "--B\r\n\r\n\(plain)\r\n--B\r\nContent-Type: text/html\r\n\r\n\(html)\r\n--B--\r\n")
        }
        let other = try both(
            "All is well, thank you for asking.", "<p>He came thrice, hit me, and I fear him now.")
        #expect(other.notes.contains { $0.contains("something else") })
        let same = try both(
            "He came thrice, hit me, and I fear him now.",
            "<p>He came <b>thrice</b>, hit me,<br>and I fear him now.")
        #expect(same.notes.isEmpty)
    }

    // MARK: - Senders, names, containers

    @Test(arguments: [
        ("From : Kim Test <kim@example.org>", "Kim Test"),
        (
            "From: 'Kim Test' via Committee <c@lists.example.org>\r\nReply-To: Kim Test <k@e.org>",
            "Kim Test"
        ),
        ("From: WordPress <wordpress@example.org>\r\nReply-To: Kim Test <k@e.org>", "Kim Test"),
        ("From: Contact form <no-reply@example.org>\r\nReply-To: k@e.org", nil),
        ("From: Kim Work <kim@work.example>\r\nReply-To: Kim Home <k@e.org>", "Kim Work"),
    ])
    func theReporterIsWhoWrote(_ header: String, _ name: String?) throws {
        let found = try MailMessage(
            parsing: Array((header + "\r\nMessage-ID: <a@b>\r\n\r\nText").utf8))
        #expect(found.fromName == name)
    }

    @Test func theOtherNameOfAReporterIsKept() throws {
        let text = "From: Kim Work <kim@work.example>\r\nReply-To: Kim Home <k@e.org>\r\n\r\nText"
        let report = try Report(mail: MailMessage(parsing: Array(text.utf8)))
        #expect(report.reporterName == "Kim Work" && report.reporterAliases == ["Kim Home"])
    }

    @Test func whoReportedThroughAProgramIsSaidToBeUnknown() throws {
        let text = "From: forms-noreply@example.com\r\nSubject: x\r\n\r\nText"
        let found = try MailMessage(parsing: Array(text.utf8))
        #expect(found.notes.contains { $0.contains("is a program") })
        let twice = "From: a@example.org\r\nFrom: b@example.org\r\nSubject: x\r\n\r\nText"
        #expect(
            try MailMessage(parsing: Array(twice.utf8)).notes.contains {
                $0.contains("several senders")
            })
    }

    @Test func anEmptyFileNameIsNone() throws {
        let found = try mail(
            "Content-Type: image/png; name=\"y.png\"\r\nContent-Disposition: attachment; filename=\"\"",
            "PNG")
        #expect(found.attachments.map(\.name) == ["y.png"])
    }

    @Test(arguments: ["message/global", "message/news", "message/rfc822"])
    func mailsInMailsAreShown(_ type: String) throws {
        let found = try mail(
            "Content-Type: \(type)", "From: Lee <lee@example.org>\r\nSubject: Inner\r\n\r\nHe came."
        )
        #expect(
            found.body.contains("From: Lee <lee@example.org>") && found.body.hasSuffix("He came."))
        #expect(found.attachments.count == 1)
    }

    @Test func theListBelowAMailOfAppleIsNoText() throws {
        let message = "From: kim@example.org\nSubject: s\n\nHe came.\n"
        let list = "<?xml version=\"1.0\"?>\n<plist version=\"1.0\"/>\n"
        for size in [message.utf8.count, message.utf8.count + 5000] {
            let found = try MailMessage(parsing: Array("\(size)\n\(message)\(list)".utf8))
            #expect(found.body == "He came.")
        }
        // Without such a list it is all of the mail.
        let found = try MailMessage(parsing: Array("99999\n\(message)".utf8))
        #expect(found.body == "He came.")
    }

    // MARK: - Signed mails

    @Test func whatIsSignedInTheOpenIsRead() throws {
        let found = try mail(
            "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=B",
            "--B\r\nContent-Type: text/plain\r\n\r\nHe came.\r\n--B\r\nContent-Type: "
                + "application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64"
                + "\r\n\r\nAAEC\r\n--B--\r\n")
        #expect(found.body == "He came." && found.notes.isEmpty)
        #expect(found.attachments.map(\.name) == ["smime.p7s"])
    }
}
