// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// Mails as programs really write them, one test for each kind of fault.
struct MailKindTests {
    /// Parses a mail of which the header is given.
    private func mail(_ header: String, _ body: [UInt8]) throws -> MailMessage {
        let head = "From: Kim Test <kim@example.org>\r\nSubject: s\r\n" + header + "\r\n\r\n"
        return try MailMessage(parsing: Array(head.utf8) + body)
    }

    /// Parses a mail of which the header is given.
    private func mail(_ header: String, _ body: String) throws -> MailMessage {
        try mail(header, Array(body.utf8))
    }

    /// A body of parts between boundaries called B.
    private func parts(_ parts: String...) -> String {
        parts.map { "--B\r\n\($0)\r\n" }.joined() + "--B--\r\n"
    }

    // MARK: - Where the body begins

    @Test(arguments: [
        ("X-A: b\r\n \t\r\nOne.\r\n\r\nTwo: three.", "One.\n\nTwo: three."),
        ("X-A: b\r\n \r\nX-C: d\r\n\r\nOne.", "One."),
        ("X-A: b\r\nOne. And two.\r\n\r\nThree.", "One. And two.\n\nThree."),
        ("X-A: b\r\nstray line\r\nContent-Type: text/plain\r\n\r\nOne.", "One."),
        ("X-A: b\r\n>From somebody\r\nMIME-Version: 1.0\r\n\r\nOne.", "One."),
        ("X-A: b\r\r\n\r\r\nOne.\r\r\nTwo.", "One.\nTwo."),
        ("X-A: b\n\nOne.\n", "One."),
    ])
    func theBodyBeginsWhereNoFieldCanBe(_ rest: String, _ body: String) throws {
        let mail = try MailMessage(parsing: Array(("From: a@example.org\r\n" + rest).utf8))
        #expect(mail.body == body)
    }

    @Test func aBoundaryBelowTheHeaderBeginsTheBody() throws {
        let text =
            "From: a@example.org\nContent-Type: multipart/mixed; boundary=B\n--B\n"
            + "Content-Type: text/plain\nOne.\n--B\nContent-Type: a/b\nContent-Transfer-Encoding: "
            + "base64\nAAEC\n--B--\n"
        let mail = try MailMessage(parsing: Array(text.utf8))
        #expect(mail.body == "One.")
        #expect(mail.attachments.first?.bytes == [0, 1, 2])
    }

    // MARK: - Character sets

    @Test(arguments: [
        ("ISO-8859-5", [0xBD, 0xD5, 0xE2], "Нет"), ("cp-1251", [0xCD, 0xE5, 0xF2], "Нет"),
        ("win-1251", [0xCD, 0xE5, 0xF2], "Нет"), ("x-cp1251", [0xCD, 0xE5, 0xF2], "Нет"),
        ("ibm866", [0x8D, 0xA5, 0xE2], "Нет"), ("KOI8-U", [0xE8, 0xA7], "Хї"),
        ("\"utf-8\";", [0xC3, 0xA9], "é"), ("utf8", [0xC3, 0xA9], "é"),
        ("latin1", [0xE9], "é"), ("iso8859-1", [0xE9], "é"), ("ISO_8859-15", [0xA4], "€"),
        ("gb2312", [0xC4, 0xE3], "你"), ("gbk", [0xC4, 0xE3], "你"), ("big5", [0xA7, 0x41], "你"),
        ("x-sjis", [0x82, 0xA0], "あ"), ("euc-kr", [0xB3, 0xAA], "나"),
        ("iso-8859-8-i", [0xF9], "ש"), ("windows-1257", [0xE0], "ą"), ("tis-620", [0xA1], "ก"),
        ("macintosh", [0x8E], "é"), ("unicode-1-1-utf-7", Array("+AOk-".utf8), "é"),
        ("utf-16", [0x41, 0x00, 0xE9, 0x00], "Aé"), ("cp437", [0x82], "é"),
        ("iso-8859-9", [0xFD, 0x93], "ı“"), ("default", [0xC3, 0xA9], "é"),
    ])
    func labelsInAnySpelling(_ label: String, _ bytes: [UInt8], _ text: String) throws {
        let mail = try mail("Content-Type: text/plain; charset=\(label)", bytes)
        #expect(mail.body == text)
        #expect(mail.notes.isEmpty)
    }

    @Test(arguments: [
        ("iso-8859-1", Array("zu spät".utf8), "zu spät"),
        ("koi8-r", Array("Нет".utf8), "Нет"), ("us-ascii", Array("zu spät".utf8), "zu spät"),
        ("shift_jis", Array("遅い、と".utf8), "遅い、と"), ("utf-8", [0x66, 0xFC, 0x72], "für"),
        ("us-ascii", [0x93, 0x61, 0x94, 0x20, 0x96], "“a” –"),
        ("utf-8", Array("Größe\n".utf8) + [0x66, 0xFC, 0x72], "Größe\nfür"),
        ("utf-8", Array("Картинка ".utf8) + [0xD1], "Картинка \u{FFFD}"),
    ])
    func wrongLabelsAreSeenThrough(_ label: String, _ bytes: [UInt8], _ text: String) throws {
        let mail = try mail("Content-Type: text/plain; charset=\(label)", bytes)
        #expect(mail.body == text)
        #expect(mail.notes.count == (label == "us-ascii" && bytes[0] == 0x7A ? 0 : 1))
    }

    @Test func aTextWithoutALabelIsInTheCharacterSetOfTheSubject() throws {
        let head = "From: k@example.org\r\nSubject: =?koi8-r?B?9sHMz8LB?=\r\n\r\n"
        let mail = try MailMessage(parsing: Array(head.utf8) + [0xEE, 0xC5, 0xD4])
        #expect(mail.body == "Нет")
        #expect(mail.notes.count == 1)
    }

    // MARK: - Types, encodings and boundaries

    @Test(arguments: [
        "text", "TEXT/PLAIN", "plain", "\"text/plain\"", "text/plain charset=utf-8",
        "charset=utf-8", "text/plain;charset=utf-8;;", "text/plain, text/html", "text/",
        "text/x-unheard-of", "text/markdown; variant=GFM", "7bit", "multipart/plain",
        "text/plain; name=\"letter.txt\"",
    ])
    func typesThatMeanText(_ type: String) throws {
        let mail = try mail("Content-Type: \(type)", "One.")
        #expect(mail.body == "One.")
        #expect(mail.attachments.isEmpty)
    }

    @Test(arguments: ["html", "text/htm", "TEXT/HTML", "text/html charset=utf-8"])
    func typesThatMeanHTML(_ type: String) throws {
        let mail = try mail("Content-Type: \(type)", "<p>One.</p>")
        #expect(mail.body == "One.")
        #expect(mail.attachments.isEmpty)
        #expect(mail.htmlTexts.map(\.name) == ["message.html"])
        #expect(mail.htmlTexts.first?.bytes == Array("<p>One.</p>".utf8))
    }

    @Test(arguments: [
        ("\"quoted-printable\"", "sp=C3=A4t"), ("Quoted_Printable", "sp=C3=A4t"),
        ("BASE64 (really)", "c3DDpHQ="), ("base-64", "c3DDpHQ="), ("8 bit", "spät"),
        ("x-uuencode", "begin 644 a\n%<W##I'0`\n`\nend\n"), ("base64", "c3DD\r\npHQ=\r\n\r\n"),
    ])
    func encodingsInAnySpelling(_ name: String, _ body: String) throws {
        #expect(try mail("Content-Transfer-Encoding: \(name)", body).body == "spät")
    }

    @Test func base64CanHavePlainLinesBelow() throws {
        let footer = "c3DDpHQK\r\n______________________\r\nThe list\r\nhttps://example.org/list"
        let text = try mail("Content-Transfer-Encoding: base64", footer)
        #expect(text.body == "spät\n______________________\nThe list\nhttps://example.org/list")
        #expect(text.notes.count == 1)
        let words = "This is no code, it only says so."
        #expect(try mail("Content-Transfer-Encoding: base64", words).body == words)
    }

    @Test(arguments: [
        "boundary=\"other\"", "boundary*=us-ascii''B", "boundary*0=\"\";boundary*1=B", "charset=x",
        "",
    ])
    func boundariesThatAreNotSaid(_ parameter: String) throws {
        let body = parts("\r\nOne.", "Content-Type: a/b; name=f.bin\r\n\r\nx")
        let mail = try mail("Content-Type: multipart/mixed; \(parameter)", body)
        #expect(mail.body == "One.")
        #expect(mail.attachments.map(\.name) == ["f.bin"])
    }

    @Test func textAroundThePartsIsSaid() throws {
        let long = String(repeating: "Words that somebody wrote. ", count: 3)
        for body in [long + "\r\n" + parts("\r\nOne."), parts("\r\nOne.") + long] {
            let mail = try mail("Content-Type: multipart/mixed; boundary=B", body)
            #expect(mail.body == "One.")
            #expect(mail.isIncomplete)
            #expect(mail.notes.count == 1)
        }
    }

    // MARK: - Forms of one text

    @Test func aPlainFormThatSaysNothingIsNotTaken() throws {
        let body = parts(
            "Content-Type: text/plain\r\n\r\n \t\r\n", "Content-Type: text/html\r\n\r\n<p>Two</p>")
        let mail = try mail("Content-Type: multipart/alternative; boundary=B", body)
        #expect(mail.body == "Two")
        #expect(mail.attachments.isEmpty)
    }

    @Test func aPlainFormThatSaysLessIsSaid() throws {
        let html = String(repeating: "<p>She came back with others.</p>", count: 20)
        let body = parts(
            "Content-Type: text/plain\r\n\r\nYour program cannot show this.",
            "Content-Type: text/html\r\n\r\n" + html)
        let mail = try mail("Content-Type: multipart/alternative; boundary=B", body)
        #expect(mail.body == "Your program cannot show this.")
        #expect(mail.attachments.map(\.mediaType) == ["text/html"])
        #expect(mail.notes.count == 1)
    }

    @Test func aTextIsNotShownTwice() throws {
        let body = parts(
            "Content-Type: text/plain\r\n\r\nOne  and\r\ntwo.",
            "Content-Type: text/html\r\n\r\n<p>One <b>and</b> two.</p>")
        let mail = try mail("Content-Type: multipart/mixed; boundary=B", body)
        #expect(mail.body == "One  and\ntwo.")
        #expect(mail.attachments.map(\.mediaType) == ["text/html"])
    }

    // MARK: - Other mails, containers and files in a text

    @Test func aForwardedMailIsShownWithItsHeader() throws {
        let inner =
            "Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n"
            + "From: Lee <lee@example.org>\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n"
            + "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nT25lLg=="
        let mail = try mail("Content-Type: multipart/mixed; boundary=B", parts(inner))
        #expect(
            mail.body
                == "Forwarded mail\nFrom: Lee <lee@example.org>\nSubject: Grüße\n\nOne.")
        #expect(mail.attachments.map(\.name) == ["Grüße.eml"])
    }

    @Test(arguments: [
        ("application/ms-tnef; name=winmail.dat", "winmail.dat"),
        ("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "S/MIME"),
        ("application/pkcs7-mime; smime-type=signed-data", "S/MIME"),
        ("application/pgp-encrypted", "encrypted"),
        ("message/partial; id=x", "another mail"),
    ])
    func containersAreSaid(_ type: String, _ word: String) throws {
        let mail = try mail("Content-Type: \(type)", "AAEC")
        #expect(mail.body.isEmpty)
        #expect(mail.attachments.count == 1)
        #expect(mail.notes.contains { $0.contains(word) })
    }

    @Test func anEncryptedTextInPlainViewIsSaid() throws {
        let text = "-----BEGIN PGP MESSAGE-----\r\n\r\nx\r\n-----END PGP MESSAGE-----"
        #expect(try mail("X-A: b", text).notes.contains { $0.contains("encrypted") })
    }

    @Test func filesInATextBecomeAttachments() throws {
        let text = "One.\r\n\r\nbegin 644 my notes.txt\r\n%:&5L;&\\`\r\n`\r\nend\r\n\r\nTwo.\r\n"
        let mail = try mail("X-A: b", text)
        #expect(mail.body == "One.\n\n\nTwo.")
        #expect(mail.attachments.map(\.name) == ["my notes.txt"])
        #expect(mail.attachments.first?.bytes == Array("hello".utf8))
        // What only begins like a file stays text.
        let half = "begin 644 a\r\nno such line, as you see\r\nend"
        #expect(try self.mail("X-A: b", half).body == half.replacing("\r\n", with: "\n"))
    }

    @Test func linesThatAProgramBrokeAreJoined() throws {
        let text = "he came \r\nback.\r\n> quoted \r\n> text\r\n  indented\r\n-- \r\nKim"
        let flowed = try mail("Content-Type: text/plain; format=flowed", text)
        #expect(flowed.body == "he came back.\n> quoted text\n indented\n-- \nKim")
    }

    // MARK: - Files around a mail

    @Test func aMailOutOfAMailbox() throws {
        let one =
            "From kim@example.org Mon Oct  5 09:00:00 2026\nFrom: a@example.org\nTo: b\n\n"
            + ">From the start.\n\nFrom here on: it went well.\n"
        let mail = try MailMessage(parsing: Array(one.utf8))
        #expect(mail.body == "From the start.\n\nFrom here on: it went well.")
        #expect(mail.secondsSince1970 == 1_791_190_800)
        let two =
            one + "\nFrom lee@example.org Tue Oct  6 09:00:00 2026\nFrom: l@example.org\n\nx\n"
        #expect(throws: MailError.severalMessages(2)) {
            try MailMessage(parsing: Array(two.utf8))
        }
    }

    @Test func aMailOfAppleMail() throws {
        let message = "From: a@example.org\nSubject: s\n\nOne.\n"
        let text = "\(message.utf8.count)\n\(message)<?xml version=\"1.0\"?><plist/>"
        #expect(try MailMessage(parsing: Array(text.utf8)).body == "One.")
    }

    @Test(arguments: ["\u{FEFF}", "\r\n\r\n", " \n", "\u{FEFF}\n\n"])
    func whatStandsInFrontIsPassedOver(_ front: String) throws {
        let text = front + "From: a@example.org\n\nOne."
        #expect(try MailMessage(parsing: Array(text.utf8)).body == "One.")
        #expect(
            Report.isMail(Array((front + "From: a\nMessage-ID: <x>\n\n").utf8), fileName: "a.txt"))
    }

    @Test func aMailWithReturnsAlone() throws {
        let text = "From: a@example.org\rSubject: s\r\rOne.\r\rTwo.\r"
        #expect(try MailMessage(parsing: Array(text.utf8)).body == "One.\n\nTwo.")
    }

    @Test func aTextThatLooksLikeAMailIsAText() {
        let notes = Array("From: Kim\nDate: yesterday\nPlace: the bar\n\nShe told me.".utf8)
        #expect(!Report.isMail(notes, fileName: "notes.txt"))
        #expect(!Report.isMail(notes, fileName: "notes.md"))
        #expect(Report.isMail(notes, fileName: "notes.EML"))
    }

    // MARK: - Senders and dates

    @Test(
        arguments: [
            ("\"Doe, Kim\" <kim@example.org>", "Doe, Kim", "kim@example.org"),
            ("Doe, Kim <kim@example.org>", "Doe, Kim", "kim@example.org"),
            ("kim@example.org", nil, "kim@example.org"),
            ("<kim@example.org>", nil, "kim@example.org"),
            ("kim@example.org (Kim (she) Test)", "Kim (she) Test", "kim@example.org"),
            ("Kim Test kim@example.org", "Kim Test", "kim@example.org"),
            ("Kim <kim@example.org", "Kim", "kim@example.org"), ("Kim Test", "Kim Test", nil),
            ("=?utf-8?Q?Doe,_Kim?= <kim@example.org>", "Doe, Kim", "kim@example.org"),
            ("\"kim@example.org\" <kim@example.org>", nil, "kim@example.org"),
            ("A group: Kim <kim@example.org>, Lee <lee@example.org>;", "Kim", "kim@example.org"),
            ("mailto:kim@example.org", nil, "kim@example.org"),
            ("Kim \\ <@a,@b:kim@example.org>", "Kim \\", "kim@example.org"),
        ] as [(String, String?, String?)])
    func senders(_ value: String, _ name: String?, _ address: String?) throws {
        let mail = try MailMessage(parsing: Array("From: \(value)\n\nx".utf8))
        #expect(mail.fromName == name)
        #expect(mail.fromAddress == address)
    }

    @Test func answersThatGoElsewhereAreKept() throws {
        func report(_ head: String) throws -> Report {
            try Report(mail: MailMessage(parsing: Array((head + "\n\nx").utf8)))
        }
        let form = try report("From: Form <no-reply@example.org>\nReply-To: Kim <kim@example.org>")
        #expect(form.reporterName == "Kim")
        #expect(
            form.reporterContact == "kim@example.org (for answers), no-reply@example.org (sender)")
        let list = try report("From: Kim <kim@example.org>\nReply-To: The list <list@example.org>")
        #expect(list.reporterName == "Kim")
        let same = try report("From: Kim <kim@example.org>\nReply-To: kim@example.org")
        #expect(same.reporterContact == "kim@example.org")
    }

    @Test(arguments: [
        "Fri Jun 12 23:42:00 2026", "Fri, 12 Jun 2026 23:42:00 CET", "12 June 2026 23:42 UTC",
        "Fri, 12 Jun 2026 23:42:00 GMT+0200", "Fri, 12-Jun-2026 23:42:00 +0100",
        "2026-06-12 23:42:00 +0000", "2026-06-12T23:42:00Z", "Fr., 12 Jun 2026 23:42:00 +02:00",
        "Fri, 12 Jun 26 23:42:00 Z", "Fri, 12 Jun 2026 23:42:00.123 +0000", "June 12, 2026 23:42",
    ])
    func days(_ date: String) throws {
        let mail = try MailMessage(parsing: Array("From: a\nDate: \(date)\n\nx".utf8))
        #expect(mail.secondsSince1970.map(Day.of)?.description == "2026-06-12")
    }

    @Test func theDayOfAServerIsTakenWithoutAnother() throws {
        let head =
            "Received: from a by b; Fri, 12 Jun 2026 23:42:00 +0000\nFrom: a\nDate: soon\n\nx"
        let mail = try MailMessage(parsing: Array(head.utf8))
        #expect(mail.secondsSince1970.map(Day.of)?.description == "2026-06-12")
        #expect(mail.notes.count == 1)
    }

    // MARK: - Names and limits

    @Test(arguments: [
        ("filename*0=\"A very \"; filename*1=long.pdf", "A very long.pdf"),
        ("filename*0*=utf-8''gr%C3%BC; filename*1*=n.pdf", "grün.pdf"),
        ("filename=\"=?koi8-r?B?9sHMz8LBLnBkZg==?=\"", "Жалоба.pdf"),
        ("filename=grün.pdf", "grün.pdf"), ("filename=\"C:\\Users\\kim\\a b.pdf\"", "a b.pdf"),
        ("filename=\"/tmp/x/n.pdf\"", "n.pdf"), ("filename=\"\"", "attachment-1.pdf"),
        ("filename*=utf-8''%E2%82%AC.pdf; filename=x.pdf", "€.pdf"), ("", "attachment-1.pdf"),
        (
            "filename=\"" + String(repeating: "é", count: 99) + ".pdf\"",
            String(repeating: "é", count: 58) + ".pdf"
        ),
    ])
    func namesOfAttachments(_ parameters: String, _ name: String) throws {
        let part =
            "Content-Type: application/pdf\r\nContent-Disposition: attachment; "
            + parameters + "\r\n\r\nx"
        let mail = try mail("Content-Type: multipart/mixed; boundary=B", parts("\r\nOne.", part))
        #expect(mail.attachments.map(\.name) == [name])
    }

    @Test func aTextThatIsTooLongIsAFile() throws {
        let long = String(repeating: "Words and words.\r\n", count: 100_000)
        for type in ["text/plain", "text/html"] {
            let body = parts("\r\nOne.", "Content-Type: \(type)\r\n\r\n" + long)
            let mail = try mail("Content-Type: multipart/mixed; boundary=B", body)
            #expect(mail.body == "One.")
            #expect(mail.attachments.map(\.mediaType) == [type])
            #expect(mail.notes.count == 1)
        }
    }

    @Test func aPhotoAloneIsAReport() throws {
        let mail = try MailMessage(
            parsing: Array("From: k@example.org\nContent-Type: image/png; name=a.png\n\nx".utf8))
        #expect(mail.attachments.map(\.name) == ["a.png"])
        #expect(try Report(mail: mail).text == "(The mail has no text: see what is attached.)")
    }
}
