// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// Mails that a program mangled on the way: nothing of the text is lost, or the notes say so.
struct MailMangledTests {
    /// Parses a mail of which the header is given.
    private func mail(_ header: String, _ body: [UInt8]) throws -> MailMessage {
        let head = "From: Kim Test <kim@example.org>\r\nSubject: s\r\n" + header + "\r\n\r\n"
        return try MailMessage(parsing: Array(head.utf8) + body)
    }

    /// Parses a mail of which the header is given.
    private func mail(_ header: String, _ body: String) throws -> MailMessage {
        try mail(header, Array(body.utf8))
    }

    /// A container of these parts.
    private func container(_ parts: String...) -> String {
        parts.map { "--B\r\n\($0)\r\n" }.joined() + "--B--\r\n"
    }

    // MARK: - Where the text begins

    @Test(arguments: [
        ("https://example.org/x\r\n\r\nHe came.", "https://example.org/x\n\nHe came."),
        ("21:05 he came.\r\n\r\nTwice.", "21:05 he came.\n\nTwice."),
        ("Report: he came.\r\nTwice.", "Report: he came.\nTwice."),
        ("Name: Kim\r\nDate: yesterday\r\nPlace: hall", "Name: Kim\nDate: yesterday\nPlace: hall"),
        ("Note: x\r\nMessage-ID: <a@b>\r\n\r\nHe came.", "He came."),
        ("Lines: 3\r\n\r\nHe came.", "He came."), ("List-Id: <a.b>\r\n\r\nHe came.", "He came."),
    ])
    func aLineOfTheTextIsNoField(_ rest: String, _ body: String) throws {
        let head = "From: kim@example.org\r\nDate: Mon, 5 Oct 2026 09:00:00 +0000\r\nSubject: s\r\n"
        #expect(try MailMessage(parsing: Array((head + rest).utf8)).body == body)
    }

    @Test(arguments: [
        "Content-Type: text/plain\r\nNote: x\r\nHe came.", "Note: x\r\nHe came.",
        "Content-Type: text/plain\r\n\r\nNote: x\r\nHe came.",
    ])
    func aLineOfThePartIsNoField(_ part: String) throws {
        let found = try mail("Content-Type: multipart/mixed; boundary=B", container(part))
        #expect(found.body == "Note: x\nHe came.")
    }

    // MARK: - Containers that say they are encoded

    @Test(arguments: ["base64", "quoted-printable"])
    func aContainerIsNotDecodedWhereItsPartsAre(_ encoding: String) throws {
        let part =
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable"
            + "\r\n\r\nSee https://example.org/?a=3D41 =C3=BC"
        let head = "\r\nContent-Transfer-Encoding: \(encoding)"
        let found = try mail("Content-Type: multipart/mixed; boundary=B" + head, container(part))
        #expect(found.body == "See https://example.org/?a=41 ü" && found.notes.isEmpty)
        // The same of a mail in the mail.
        let inner = "From: Lee <lee@example.org>\r\n" + part
        let forwarded = try mail("Content-Type: message/rfc822" + head, inner)
        #expect(forwarded.body.hasSuffix("See https://example.org/?a=41 ü"))
    }

    @Test func aContainerThatIsEncodedIsDecoded() throws {
        let head = "Content-Type: multipart/mixed; boundary=B\r\nContent-Transfer-Encoding: "
        let quoted = container("Content-Type: text/plain; charset=3Dutf-8\r\n\r\nGr=C3=BC=C3=9Fe")
        #expect(try mail(head + "quoted-printable", quoted).body == "Grüße")
        let plain = container("Content-Type: text/plain\r\n\r\nGr=C3=BC=C3=9Fe")
        #expect(try mail(head + "quoted-printable", plain).body == "Grüße")
        let base64 = "LS1CDQoNCkhlIGNhbWUuDQotLUItLQ0K"
        #expect(try mail(head + "base64", base64).body == "He came.")
    }

    // MARK: - Mails in mails

    @Test func aMailWithoutTheLineAboveItsHeaderIsShown() throws {
        let part =
            "Content-Type: message/rfc822\r\nFrom: Lee <lee@example.org>\r\nSubject: t\r\n\r\nHe came."
        let found = try mail("Content-Type: multipart/mixed; boundary=B", container(part))
        #expect(found.body == "Forwarded mail\nFrom: Lee <lee@example.org>\nSubject: t\n\nHe came.")
    }

    @Test func aMailWithoutAHeaderIsShownAndSaid() throws {
        let part = "Content-Type: message/rfc822\r\n\r\nHe came. Twice."
        let found = try mail("Content-Type: multipart/mixed; boundary=B", container(part))
        #expect(found.body.hasSuffix("He came. Twice.") && found.attachments.count == 1)
        #expect(found.notes.contains { $0.contains("no header") })
        let empty = "Content-Type: message/rfc822\r\n\r\n\r\n"
        let none = try mail("Content-Type: multipart/mixed; boundary=B", container(empty))
        #expect(none.body.isEmpty && none.notes.isEmpty)
    }

    @Test func theLineOfAMailboxAboveAForwardedMailIsPassedOver() throws {
        let inner =
            ">From lee@example.org Sun Oct  4 08:00:00 2026\r\nFrom: Lee <lee@example.org>\r\n\r\nHe came."
        let found = try mail("Content-Type: message/rfc822", inner)
        #expect(found.body == "Forwarded mail\nFrom: Lee <lee@example.org>\n\nHe came.")
    }

    @Test func severalMailsAreToldFromSentences() throws {
        let one =
            "From kim@example.org Mon Oct  5 09:00:00 2026\nFrom: kim@example.org\n\nHe came.\n"
        #expect(throws: MailError.severalMessages(2)) {
            try MailMessage(parsing: Array((one + one).utf8))
        }
        let old = "\nFrom kim Mon Oct  5 09:00\nFrom: kim@example.org\n\nHe came.\n"
        #expect(throws: MailError.severalMessages(2)) {
            try MailMessage(parsing: Array((one + old).utf8))
        }
        let sentence = "\nFrom 21:05 to 22:10 he sat there.\nNote: he left.\n"
        let found = try MailMessage(parsing: Array((one + sentence).utf8))
        #expect(found.body.contains("From 21:05 to 22:10"))
    }

    @Test(arguments: [
        ("winmail.dat", "winmail.dat"), ("WinMail.dat", "winmail.dat"), ("smime.p7m", "S/MIME"),
        ("encrypted.pgp", "encrypted"),
    ])
    func containersAreKnownByTheirNames(_ name: String, _ word: String) throws {
        let part = "Content-Type: application/octet-stream; name=\"\(name)\"\r\n\r\nx"
        let found = try mail("Content-Type: multipart/mixed; boundary=B", container(part))
        #expect(found.notes.contains { $0.contains(word) })
    }

    @Test func whatIsEncryptedInAPageIsSaid() throws {
        let found = try mail("Content-Type: text/html", "<p>-----BEGIN PGP MESSAGE-----<br>x</p>")
        #expect(found.notes.contains { $0.contains("encrypted") })
    }

    // MARK: - Forms of a text

    @Test(arguments: [
        "\u{A0}\r\n\u{200B}", "\u{FFFC}", "\u{FEFF}", "--", "______", "<!-- -->", "=A0",
    ])
    func aPlainFormThatShowsNothingIsNotTaken(_ plain: String) throws {
        let plain = plain.replacing("=A0", with: "\u{A0}")
        let found = try mail(
            "Content-Type: multipart/alternative; boundary=B",
            container(
                "Content-Type: text/plain; charset=utf-8\r\n\r\n" + plain,
                "Content-Type: text/html\r\n\r\n<p>He came."))
        #expect(found.body == "He came.")
    }

    @Test func aSignAloneIsAText() throws {
        let found = try mail(
            "Content-Type: multipart/alternative; boundary=B",
            container(
                "Content-Type: text/plain; charset=utf-8\r\n\r\n👍",
                "Content-Type: text/html\r\n\r\n<p></p>"))
        #expect(found.body == "👍")
    }

    @Test func shortFormsThatSaySomethingElseAreNoted() throws {
        func notes(_ plain: String, _ type: String, _ other: String) throws -> [String] {
            try mail(
                "Content-Type: multipart/alternative; boundary=B",
                container(
                    "Content-Type: text/plain; charset=utf-8\r\n\r\n" + plain,
                    "Content-Type: \(type); charset=utf-8\r\n\r\n" + other)
            ).notes
        }
        let view = "Your program cannot show this."
        #expect(try notes(view, "text/html", "<p>He hit me").contains { $0.contains("else") })
        #expect(
            try notes("All is well", "text/plain", "He hit me").contains { $0.contains("else") })
        #expect(try notes("He hit me", "text/html", "<p>He <b>hit</b> me").isEmpty)
        // Lines that are broken elsewhere are the same text, also without spaces between words.
        let lines = "他来了两次并推了我\r\n我很害怕请帮帮我\r\n谢谢你们大家帮助\r\n他昨天又来了一次\r\n我不知道该怎么办\r\n请尽快回复我的信"
        #expect(try notes(lines, "text/html", "<p>" + lines.replacing("\r\n", with: "")).isEmpty)
    }

    // MARK: - Labels

    @Test(arguments: ["x-x-big5", "big5"])
    func labelsWithMarksOfOldPrograms(_ label: String) throws {
        let found = try mail(
            "Content-Type: text/plain; charset=\(label)", [0xA5, 0x4C, 0xA8, 0xD3])
        #expect(found.body == "他來")
    }

    @Test(arguments: ["utf-16", "utf-16le", "ucs-2"])
    func lettersOfOneByteAreNotOfTwo(_ label: String) throws {
        let found = try mail("Content-Type: text/plain; charset=\(label)", "Grüße")
        #expect(found.body == "Grüße" && !found.notes.isEmpty)
    }

    @Test func aPageOfAnotherAlphabetIsSeenThrough() throws {
        // "Он подошёл к столу." in Windows-1251, in a page full of plain letters.
        let words: [UInt8] = [
            0xCE, 0xED, 0x20, 0xEF, 0xEE, 0xE4, 0xEE, 0xF8, 0xB8, 0xEB, 0x20, 0xEA, 0x20, 0xF1,
            0xF2, 0xEE, 0xEB, 0xF3, 0x2E,
        ]
        let page = Array("<html><head><meta charset=windows-1251></head><body><p>".utf8)
        let found = try mail("Content-Type: text/html; charset=iso-8859-1", page + words)
        #expect(found.body == "Он подошёл к столу.")
        let xml = Array("<?xml version='1.0' encoding=\"windows-1251\"?><html><p>".utf8)
        #expect(try mail("Content-Type: text/html", xml + words).body == "Он подошёл к столу.")
    }

    @Test(arguments: [
        ("plain/text", "He came.", "He came."), ("application/text", "He came.", "He came."),
        ("application/x-text", "He came.", "He came."), ("application/x", "He came.", "He came."),
        ("text/x-html", "<p>He came.", "He came."), ("html/text", "<p>He came.", "He came."),
        ("multipart/html", "<p>He came.", "He came."),
        ("application/x-html", "<p>He came.", "He came."),
    ])
    func typesThatMeanText(_ type: String, _ body: String, _ text: String) throws {
        #expect(try mail("Content-Type: \(type)", body).body == text)
    }

    // MARK: - Headers

    @Test(arguments: [
        ("=?utf-8?Q?Really??=", "Really?"), ("=?utf-8?Q?Wie?_Gut?=", "Wie? Gut"),
        ("=?utf-8?Q?Gr=C3=BC =?utf-8?Q?=C3=9Fe?=", "=?utf-8?Q?Gr=C3=BC ße"),
    ])
    func wordsWithQuestionMarks(_ subject: String, _ text: String) throws {
        let mail = try MailMessage(parsing: Array("From: a@b\r\nSubject: \(subject)\r\n\r\n".utf8))
        #expect(mail.subject == text)
    }

    @Test(arguments: [
        ("'Kim Test' <kim@example.org>", "Kim Test", "kim@example.org"),
        ("Kim (they) Test <kim@example.org>", "Kim Test", "kim@example.org"),
        ("Kim Test <mailto:kim@example.org>", "Kim Test", "kim@example.org"),
        ("Kim Test [mailto:kim@example.org]", "Kim Test", "kim@example.org"),
        ("Kim Test <<kim@example.org>>", "Kim Test", "kim@example.org"),
        ("\"kim test\"@example.org", nil, "\"kim test\"@example.org"),
        ("mailto:kim@example.org", nil, "kim@example.org"),
    ])
    func sendersInOddSpellings(_ value: String, _ name: String?, _ address: String) throws {
        let mail = try MailMessage(parsing: Array("From: \(value)\r\nSubject: s\r\n\r\nx".utf8))
        #expect(mail.fromName == name && mail.fromAddress == address)
    }

    @Test func anAddressThatStandsInTheNameIsSaid() throws {
        let text = "From: =?utf-8?Q?Kim_=3Ckim=40example.org=3E?=\r\nSubject: s\r\n\r\nx"
        let mail = try MailMessage(parsing: Array(text.utf8))
        #expect(mail.fromName == "Kim <kim@example.org>" && mail.fromAddress == nil)
        #expect(mail.notes.contains { $0.contains("only in the name") })
    }

    @Test func whoGotItOnceMoreIsKept() throws {
        let text =
            "From: a@example.org\r\nTo: c@example.org\r\nResent-To: boss@example.org\r\n\r\nx"
        let mail = try MailMessage(parsing: Array(text.utf8))
        #expect(mail.to == "c@example.org" && mail.cc == "boss@example.org")
    }

    @Test func anAddressInOtherLettersIsTheSame() throws {
        let text = "From: Kim <kim@example.org>\r\nReply-To: KIM@Example.org\r\n\r\nx"
        let mail = try MailMessage(parsing: Array(text.utf8))
        #expect(mail.replyTo == nil && mail.notes.isEmpty)
    }

    @Test func aNameOfAnyLengthIsNoReasonToRefuse() throws {
        let name = String(repeating: "K", count: 50_000)
        let text = "From: \(name) <kim@example.org>\r\nSubject: s\r\n\r\nHe came."
        let mail = try MailMessage(parsing: Array(text.utf8))
        #expect(try Report(mail: mail).text.hasSuffix("He came."))
        #expect(mail.notes.contains { $0.contains("is cut") })
    }

    @Test func aFileNameInQuotesOfAnotherKind() throws {
        let found = try mail(
            "Content-Type: multipart/mixed; boundary=B",
            container(
                "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename='a b.pdf'\r\n\r\nx"
            ))
        #expect(found.attachments.map(\.name) == ["a b.pdf"])
    }

    @Test func aPageWithParagraphsInItsLists() throws {
        #expect(
            HTMLText.plain("<ul><li><p>a</p></li><li><p>b</p><p>c</p></ul>d")
                == "- a\n\n- b\n\nc\n\nd")
        #expect(HTMLText.plain("<ul><li></li><li>b</ul><p>c") == "- \n- b\n\nc")
    }

    // MARK: - Memory

    @Test(arguments: [false, true]) func aMailInLettersOfTwoBytesIsRead(_ isLittle: Bool) throws {
        let text = "From: Kim <kim@example.org>\r\nSubject: s\r\n\r\nGrüße 😀 来"
        var bytes: [UInt8] = []
        for unit in Array("\u{FEFF}\(text)".utf16) + [0xD800] {
            let (low, high) = (UInt8(unit & 0xFF), UInt8(unit >> 8))
            bytes += isLittle ? [low, high] : [high, low]
        }
        #expect(try MailMessage(parsing: bytes + [0x41]).body == "Grüße 😀 来\u{FFFD}\u{FFFD}")
    }

    /// Containers that are encoded inside of each other would be in memory once for each.
    @Test func whatIsEncodedAgainAndAgainIsOneFile() throws {
        var limits = MailLimits.standard
        limits.messageBytes = 8 << 10
        func nested(_ depth: Int, _ text: String) -> String {
            let part = "--B\r\n" + (depth == 1 ? "\r\n" + text : nested(depth - 1, text))
            return "Content-Type: multipart/mixed; boundary=B\r\nContent-Transfer-Encoding: base64"
                + "\r\n\r\n" + Data((part + "\r\n--B--\r\n").utf8).base64EncodedString()
        }
        let text = "He came." + String(repeating: "x", count: 3000)
        let once = "From: a@example.org\r\n" + nested(1, text)
        #expect(try MailMessage(parsing: Array(once.utf8), limits: limits).body == text)
        let twice = "From: a@example.org\r\n" + nested(2, text)
        let found = try MailMessage(parsing: Array(twice.utf8), limits: limits)
        #expect(found.notes.contains { $0.contains("again and again") })
        #expect(found.attachments.count == 1)
    }
}
