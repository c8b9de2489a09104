// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// Mails are read as people wrote them, and hostile ones are refused or noted.
struct MailMessageTests {
    /// Parses a message written with LF as if it had come with CR LF.
    private func parse(
        _ text: String, limits: MailLimits = .standard
    ) throws -> MailMessage {
        let crlf = text.split(separator: "\n", omittingEmptySubsequences: false)
            .joined(separator: "\r\n")
        let mail = try MailMessage(parsing: Array(crlf.utf8), limits: limits)
        // Both line endings mean the same, except inside files kept byte for byte.
        let other = try MailMessage(parsing: Array(text.utf8), limits: limits)
        #expect(mail.body == other.body)
        #expect(mail.subject == other.subject)
        #expect(mail.attachments.map(\.name) == other.attachments.map(\.name))
        return mail
    }

    /// A multipart message with the given parts.
    private func multipart(_ parts: [String], kind: String = "mixed", end: String = "--B--\n")
        -> String
    {
        "From: a@example.org\nContent-Type: multipart/\(kind); boundary=B\n\npreamble\n"
            + parts.map { "--B\n\($0)\n" }.joined() + end
    }

    @Test func readsAPlainMail() throws {
        let mail = try parse(
            """
            From: "Doe, Alex" <alex@example.org>
            To: conduct@example.org
            Subject: A longer
             subject
            Date: Sat, 21 Nov 2026 14:05:33 +0100 (CET)

            Hello,

            text.

            """)
        #expect(mail.from == "\"Doe, Alex\" <alex@example.org>")
        #expect(mail.fromName == "Doe, Alex")
        #expect(mail.fromAddress == "alex@example.org")
        #expect(mail.to == "conduct@example.org")
        #expect(mail.subject == "A longer subject")
        #expect(mail.secondsSince1970 == 1_795_266_333)
        #expect(mail.body == "Hello,\n\ntext.")
        #expect(mail.attachments.isEmpty)
        #expect(mail.notes.isEmpty)
    }

    @Test(arguments: [
        ("=?utf-8?Q?Gr=C3=BC=C3=9Fe_an?= alle", "Grüße an alle"),
        ("=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"), ("=?iso-8859-1?q?caf=E9?=", "café"),
        ("=?windows-1252?Q?=80=93?=", "€“"), ("=?iso-8859-15?Q?=A4?=", "€"),
        ("=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"), ("=?utf-8?Q?a?= c =?utf-8?Q?b?=", "a c b"),
        ("=?utf-8?Q?=C3?= =?utf-8?Q?=BC?=", "ü"), ("=?utf-8*en?Q?x?=", "x"),
        ("=?utf-8?X?x?=", "=?utf-8?X?x?="), ("=?utf-8?Q?open", "=?utf-8?Q?open"),
        ("=?utf-8?Q?a=0D=0AX-Evil:=201?=", "a  X-Evil: 1"), ("=?", "=?"), ("Grüße", "Grüße"),
        ("=?klingon?Q?a=FFb?=", "aÿb"), ("=?utf-16be?B?AOkA6Q==?=", "éé"),
    ])
    func decodesEncodedWords(_ header: String, _ text: String) throws {
        #expect(try parse("Subject: \(header)\n\nx").subject == text)
    }

    @Test func anEncodedNameCannotPoseAsAnAddress() throws {
        let mail = try parse("From: =?utf-8?Q?Robin_<robin=40example.org>?= <a@example.org>\n\nx")
        #expect(mail.fromAddress == "a@example.org")
        #expect(mail.fromName == "Robin <robin@example.org>")
    }

    @Test(arguments: [
        ("utf-8", [0xC3, 0xA9], "é", 0), ("iso-8859-1", [0xE9], "é", 0),
        ("", [0xC3, 0xA9], "é", 0),
        ("windows-1252", [0x93, 0x94], "“”", 0), ("iso-8859-15", [0xA4, 0xE9], "€é", 0),
        ("us-ascii", [0x41, 0xFF], "Aÿ", 1), ("utf-8", [0x41, 0xFF], "Aÿ", 1),
        ("koi8-r", [0x41, 0xC1], "Aа", 0), ("klingon", [0x41, 0xE9], "Aé", 1),
        ("utf-16", [0xFF, 0xFE, 0xE9, 0x00], "é", 0),
        ("utf-16le", [0xE9, 0x00], "é", 0), ("utf-16be", [0x00, 0xE9, 0x41], "é\u{FFFD}", 1),
    ])
    func decodesCharsets(_ name: String, _ bytes: [UInt8], _ text: String, _ notes: Int) throws {
        let header = "Subject: s\nContent-Type: text/plain; charset=\"\(name)\"\n\n"
        let mail = try MailMessage(parsing: Array(header.utf8) + bytes)
        #expect(mail.body == text)
        #expect(mail.notes.count == notes)
    }

    @Test func decodesQuotedPrintable() throws {
        let mail = try parse(
            "Subject: s\nContent-Transfer-Encoding: Quoted-Printable\n\na=C3=A9 =\nb  \n=zz = =4")
        #expect(mail.body == "aé b\n=zz = =4")
    }

    @Test func decodesBase64() throws {
        let mail = try parse("Subject: s\nContent-Transfer-Encoding: base64\n\nSGVs\nbG8*h\nIQ==\n")
        #expect(mail.body == "Hello!!")
    }

    @Test func base64AgreesWithAnEncoder() throws {
        let alphabet = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var generator = SeededRandom(31)
        for size in 0..<100 {
            let bytes = (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }
            var text: [UInt8] = []
            for start in stride(from: 0, to: size, by: 3) {
                let group = bytes[start..<min(start + 3, size)]
                var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                bits <<= UInt32(8 * (3 - group.count))
                for place in 0..<4 {
                    let index = Int(bits >> UInt32(18 - 6 * place)) & 63
                    text.append(place <= group.count ? alphabet[index] : UInt8(ascii: "="))
                }
            }
            var notes: [String] = []
            #expect(TransferEncoding.base64(text[...], notes: &notes) == bytes, "seed 31")
            #expect(notes.isEmpty)
        }
    }

    @Test func prefersPlainTextInAnAlternative() throws {
        let mail = try parse(
            multipart(
                ["Content-Type: text/html\n\n<p>plain</p>", "Content-Type: text/plain\n\nplain"],
                kind: "alternative"))
        #expect(mail.body == "plain")
        // The other form is kept, because it could say something else.
        #expect(mail.attachments.map(\.mediaType) == ["text/html"])
        #expect(mail.notes.isEmpty)
    }

    @Test func reducesHTML() throws {
        let mail = try parse(
            """
            Subject: s
            Content-Type: text/html; charset=utf-8

            <html><head><title>t</title><style>p{}</style></head><body><!-- <p>no</p> -->
            <p>One&nbsp;&amp; two</p><script>alert("<p>x</p>")</script ><ul><li>a<li>b</ul>
            1 < 2 &#228;&#x1F642;&#0;&bogus;<br>end</body></html>
            """)
        #expect(mail.body == "One & two\n\n- a\n- b\n1 < 2 ä🙂\u{FFFD}&bogus;\nend")
    }

    @Test func keepsAttachments() throws {
        let mail = try parse(
            multipart([
                "Content-Type: text/plain\n\nbody",
                "Content-Type: image/png; name=\"a.png\"\nContent-Transfer-Encoding: base64\n\nAAEC",
                "Content-Type: text/plain\nContent-Disposition: attachment; filename=../../x.txt\n\nfile",
                "Content-Type: message/rfc822\n\nFrom: b@example.org\n\ninner",
                "Content-Type: a/b\nContent-Disposition: attachment;\n filename*0*=utf-8''gr%C3%BC;\n filename*1=n.txt\n\n",
            ]))
        #expect(mail.body == "body\n\nForwarded mail\nFrom: b@example.org\n\ninner")
        #expect(mail.attachments.map(\.name) == ["a.png", "x.txt", "attachment-3.eml", "grün.txt"])
        #expect(mail.attachments[0].bytes == [0, 1, 2])
        #expect(mail.attachments[1].bytes == Array("file".utf8))
        #expect(mail.attachments[2].mediaType == "message/rfc822")
        #expect(mail.notes.isEmpty)
    }

    @Test func nestedMultipartsAreRead() throws {
        let inner =
            "Content-Type: multipart/alternative; boundary=\"B2\"\n\n--B2\n\nplain\n--B2--\nepilogue"
        let mail = try parse(multipart([inner, "Content-Type: x/y\n\ndata"]))
        #expect(mail.body == "plain")
        #expect(mail.attachments.count == 1)
    }

    @Test(arguments: [
        (nil, "attachment-7"), ("", "attachment-7"), ("...", "attachment-7"), ("/", "attachment-7"),
        (".ssh/config", "config"), ("C:\\a\\.b.txt", "b.txt"), ("..\\a.txt", "a.txt"),
        ("a\u{202E}txt.exe", "atxt.exe"),
        ("a\0b", "ab"), ("con:x", "conx"), (" a b ", "a b"), ("e\u{301}", "\u{E9}"),
        (String(repeating: "é", count: 100), String(repeating: "é", count: 60)),
    ])
    func fileNamesAreSafe(_ given: String?, _ safe: String) {
        #expect(MailAttachment.safeName(given, number: 7) == safe)
    }

    @Test func aMissingLastBoundaryIsNoted() throws {
        let mail = try parse(multipart(["\nbody", "Content-Type: x/y\n\ncut"], end: ""))
        #expect(mail.body == "body")
        #expect(mail.attachments.count == 1)
        #expect(mail.notes.count == 1)
        let none = try parse(multipart([], end: ""))
        #expect(none.body.contains("preamble"))
        #expect(none.notes.count == 1)
    }

    @Test func aBoundaryPrefixIsNoBoundary() throws {
        let mail = try parse(multipart(["\none\n--BB\n--B x\ntwo"]))
        #expect(mail.body == "one\n--BB\n--B x\ntwo")
    }

    @Test func bareReturnsAndZerosHideNothing() throws {
        let bytes = Array("Subject: a\rX: b\r\n\r\none\rtwo\0three\r\n".utf8)
        let mail = try MailMessage(parsing: bytes)
        #expect(mail.subject == "a X: b")
        #expect(mail.body == "one\ntwo\0three")
    }

    @Test(arguments: ["", "\n", "no header here\n\nbody", "\u{0}\u{1}\u{2}", "\r\r\r"])
    func refusesWhatIsNoMail(_ text: String) {
        #expect(throws: MailError.notAMessage) { try MailMessage(parsing: Array(text.utf8)) }
    }

    @Test func whatIsNestedTooDeeplyIsOneFile() throws {
        func nested(_ depth: Int) -> [UInt8] {
            var text = "Subject: s\n"
            for level in 0..<depth {
                text += "Content-Type: multipart/mixed; boundary=b\(level)x\n\n--b\(level)x\n"
            }
            return Array((text + "\nleaf\n").utf8)
        }
        #expect(try MailMessage(parsing: nested(8)).body == "leaf")
        for depth in [9, 20_000] {
            let mail = try MailMessage(parsing: nested(depth))
            #expect(mail.body.isEmpty)
            #expect(mail.attachments.count == 1)
            #expect(mail.notes.contains { $0.contains("deeper than 8 levels") })
        }
    }

    @Test func partsOverTheLimitAreInTheMessageItself() throws {
        let most = multipart([String](repeating: "\nx", count: 99))
        #expect(try MailMessage(parsing: Array(most.utf8)).isIncomplete == false)
        for count in [100, 100_000] {
            let many = multipart((0..<count).map { "\nx\($0)" })
            let mail = try MailMessage(parsing: Array(many.utf8))
            #expect(mail.body.hasSuffix("x97\n\nx98"))
            #expect(mail.isIncomplete)
            #expect(mail.notes.contains { $0.contains("only in the message itself") })
        }
    }

    @Test func refusesGiantHeadersAndMessages() {
        let giant = Array("Subject: ".utf8) + [UInt8](repeating: 0x61, count: 300_000)
        #expect(throws: MailError.headerTooLarge(256 << 10)) { try MailMessage(parsing: giant) }
        let many = Array(String(repeating: "X-Y: y\n", count: 60_000).utf8)
        #expect(throws: MailError.headerTooLarge(256 << 10)) { try MailMessage(parsing: many) }
        var limits = MailLimits.standard
        limits.messageBytes = 10
        #expect(throws: MailError.messageTooLarge(10)) {
            try MailMessage(parsing: Array("Subject: s\n".utf8), limits: limits)
        }
    }

    @Test func errorsAndDescriptionsHoldNoContent() throws {
        let mail = try parse("Subject: secretword\n\nsecretword")
        var dumped = ""
        dump(mail, to: &dumped)
        #expect(!(dumped + String(reflecting: mail) + "\(mail)").contains("secretword"))
    }

    @Test func anyBytesAreReadTheSameWayTwice() throws {
        let pieces = [
            "--B\r\n", "--B--", "\r\n", "\n", "\r", "Content-Type: ", "multipart/mixed; boundary=B",
            "text/html", ";", "=?utf-8?Q?=C3?=", "Subject: ", "\0", "\u{FF}", "<p", ">", "&#", "=",
            "Content-Transfer-Encoding: base64\r\n", "charset*0*=utf-16''%", "\"", "(", "\\",
        ]
        var generator = SeededRandom(32)
        for round in 0..<3_000 {
            var bytes = Array("From: a@example.org\r\n".utf8)
            for _ in 0..<Int.random(in: 0..<40, using: &generator) {
                bytes += Array(pieces[Int.random(in: 0..<pieces.count, using: &generator)].utf8)
                if Bool.random(using: &generator) {
                    bytes.append(.random(in: 0...255, using: &generator))
                }
            }
            let first = try? MailMessage(parsing: bytes)
            #expect(first == (try? MailMessage(parsing: bytes)), "round \(round), seed 32")
            // Decoded output never outgrows the input: a replacement mark is three bytes.
            #expect((first?.body.utf8.count ?? 0) <= 4 * bytes.count, "round \(round), seed 32")
        }
    }

    @Test(arguments: [
        "<", "<!--", "<a ", "<script>", "&#", "&amp", "=?", "=?a?q?", "--B\n", "(", "\r",
    ])
    func hostileTextTakesLinearTime(_ piece: String) throws {
        // Timing is too noisy for a tight bound. A quadratic walk over this would take minutes.
        let body = Array(String(repeating: piece, count: 400_000 / piece.utf8.count).utf8)
        for type in ["text/html", "multipart/mixed; boundary=Q", "text/plain"] {
            let header = Array("Subject: s\nContent-Type: \(type)\n\n".utf8)
            let clock = ContinuousClock()
            let time = clock.measure { _ = try? MailMessage(parsing: header + body) }
            #expect(time < .seconds(30))
        }
        let line = Array("Subject: ".utf8) + body.prefix(200_000).filter { $0 != 0x0A } + [0x0A]
        #expect(throws: Never.self) { try MailMessage(parsing: line) }
    }
}
