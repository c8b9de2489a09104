// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// Real values of each kind, from which libFuzzer starts. The same in every run.
struct Seeds {
    /// The inputs of each target, by a name that says what they are.
    private var inputs: [Target: [String: [UInt8]]] = [:]
    /// Any day.
    private let day = Day(daysSince1970: 20_000)

    /// Makes them all.
    init() throws {
        PredictableRandom.start(seed: 1)
        let log = LogID(raw: BLAKE2b.hash(Array("log".utf8).span))
        let statements = try self.statements(log)
        for (name, statement) in statements {
            add(.statement, name, [statement.kind.rawValue] + statement.body)
        }
        try addFiles(statements, log)
        try addKeys()
        addState(log)
        addAttachment(of: log)
        addMail()
        addTexts()
        addLetters()
    }

    /// Writes one folder for each target, each input a file.
    func write(to folder: URL) throws {
        for (target, files) in inputs {
            let place = folder.appendingPathComponent(target.rawValue)
            try FileManager.default.createDirectory(
                at: place, withIntermediateDirectories: true)
            for (name, bytes) in files {
                try Data(bytes).write(to: place.appendingPathComponent(name))
            }
        }
    }

    /// Keeps an input.
    private mutating func add(_ target: Target, _ name: String, _ bytes: [UInt8]) {
        inputs[target, default: [:]][name] = bytes
    }

    // MARK: - What comes from outside

    /// Sealed reports and answers, their bodies, and the list of a page.
    private mutating func addLetters() {
        let all: [(UInt8, String)] = (1...IntakeField.last).map {
            ($0, IntakeField.flags.contains($0) ? IntakeField.yes : "Sam Smith; sam@example.org")
        }
        let bodies: [String: [UInt8]] = [
            "least": body(text: "t"),
            "whole": body(
                others: "A friend of Alex", about: "Alex Doe; adoe\nBo Doe", fields: all,
                text: "It happened.\n\u{202E}There.",
                files: [("a/b.txt", "text/plain", [1, 2, 3]), ("..", "", [])]),
            "further": body(kind: 2, about: "", text: "Again."),
        ]
        for (name, bytes) in bodies {
            add(.letterBody, name, bytes)
            guard let letter = Fixture.letter(bytes) else { continue }
            if name == "whole" { add(.letter, name, letter) }
        }
        var words = ByteWriter()
        words.raw(Fixture.ada.card.boxKey.raw)
        day.write(to: &words)
        words.text("We have got it.")
        if let answer = Fixture.answer(words.bytes) {
            add(.letter, "answer", answer)
            let text = LetterText.armored(.answer, answer)
            add(.letter, "answer-text", Array(text.utf8))
            let quoted = "Hello,\n\n> " + text.replacing("\n", with: "\r\n>> ") + "\nRegards"
            add(.letter, "answer-quoted", Array(quoted.utf8))
        }
        add(.letter, "digits", Array("> AAEC\r\n>> Aw==\n".utf8))
        let items = [Fixture.ada, Fixture.ben].map {
            IntakeMembers.Item(
                key: $0.card.boxKey.raw, name: $0.card.name, address: "a@example.org", word: "w")
        }
        let list = IntakeMembers(committee: "Organizers", made: day, until: day, items: items)
        add(.letter, "list", list.encoded)
        let key = Fixture.ada.card.boxKey.raw
        add(.letter, "keys", ReplyKeys(signing: key, box: key, letter: key).encoded)
    }

    /// The body of a report that Ada can open and Ben must not.
    private func body(
        kind: UInt8 = 1, others: String = "", about: String = "Alex Doe",
        fields: [(UInt8, String)] = [], text: String, files: [(String, String, [UInt8])] = []
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw(BLAKE2b.hash(Array("page".utf8).span))
        writer.raw(Fixture.receipt.verifyKey.raw)
        writer.raw(Fixture.cleo.card.boxKey.raw)
        writer.u8(kind)
        day.write(to: &writer)
        for reader in [Fixture.ada, Fixture.ben] {
            writer.list([reader.card.boxKey.raw]) { $0.raw($1) }
        }
        writer.text(others)
        writer.text(about)
        writer.list(fields) {
            $0.u8($1.0)
            $0.text($1.1)
        }
        writer.text(text)
        writer.list(files) {
            $0.text($1.0)
            $0.text($1.1)
            $0.blob($1.2)
        }
        return writer.bytes
    }

    // MARK: - The vault's files

    /// One statement of each kind.
    private func statements(_ log: LogID) throws -> [String: Statement] {
        let (ada, ben, cleo) = (Fixture.ada.card, Fixture.ben.card, Fixture.cleo.card)
        let record = RecordID(raw: BLAKE2b.hash(Array("record".utf8).span))
        let person = ReportedPerson(name: "Alex Doe", aliases: ["adoe", "Alex D."])
        guard let name = CodeName("home shelf") else {
            throw FormatError(reason: .malformed, offset: 0)
        }
        var report = Report(text: "What happened.\nAnd then.")
        report.recorded = .asTold
        report.receivedOn = day
        report.channel = .phone
        report.ongoing = true
        report.reporterName = "Robin Roe"
        report.reporterAliases = ["rr"]
        report.witnesses = [.init(name: "Sam Smith", contact: "sam@example.org")]
        let declared = Record(
            log: log, kind: .declared, parents: [record], day: day,
            body: Statement.declared(.init(answer: .noConflict, replaces: [])).body,
            vault: Fixture.vault, author: Fixture.ben)
        let bound = BoundLog(log: log, bond: Bond(raw: record.raw))
        let rules = Rules(recorded: Array(#"{"minimumReaders":3,"other":[1]}"#.utf8))
        return [
            "founded": .founded(
                .init(founders: [ada, ben], committee: "Organizers", rules: rules)),
            "admitted": .admitted(
                .init(card: ben, replaces: cleo.id, lifts: [record], isSecond: true)),
            "confirmed": .confirmed(ben.id),
            "removed": .removed([cleo.id]),
            "was": .was(cleo.id),
            "rules": .rulesChanged(rules),
            "check": .checkStarted(
                .init(readers: [ada, ben], withheld: [cleo.id], tag: bound.bond.tag(by: ada.id))),
            "named": .named(person),
            "declared": .declared(.init(answer: .conflict, replaces: [record])),
            "row": .rowStarted(
                .init(codeName: name, readers: [ada, ben], tag: bound.bond.tag(by: ada.id))),
            "row-changed": .rowChanged(.init(values: [.status: "ongoing", .resolution: "a talk"])),
            "opened": .opened(.init(card: cleo, lifts: [record])),
            "case": .caseStarted(.init(codeName: name, starter: ada, row: bound, checks: [bound])),
            "reported": .reported(.init(report: report, attachments: [note])),
            "entered": .entered(
                .init(
                    kind: .outcome, happened: day, text: "A talk.", response: "warning",
                    until: day, corrects: record, attachments: [note])),
            "linked": .checkLinked(.init(check: bound, readers: [ada.id, ben.id].sorted())),
            "granted": .granted(.init(card: ben, declarations: [declared], lifts: [record])),
            "revoked": .revoked([cleo.id]),
            "left": .left([record]),
            "counted": .counted([record]),
            "invited": .invited(cleo),
            "voted": .voted(.init(entry: record, vote: .abstain)),
            "ended": .ended(.init(records: [record], people: [cleo.id])),
            "accepted": .gapAccepted([record]),
            "erased": .erased(
                .init(
                    records: [record], over: [record], overPeople: [cleo.id], isWholeCase: true,
                    skeleton: .init(
                        receivedOn: day, channel: .phone, acknowledgedOn: day,
                        response: "warning", resolvedOn: day))),
            "held": .held,
        ]
    }

    /// What an entry says of an attachment.
    private var note: AttachmentNote {
        AttachmentNote(
            id: Fixture.attachment, name: "picture.png", mediaType: "image/png", size: 70_000,
            hash: BLAKE2b.hash(Array("picture".utf8).span))
    }

    /// Where an attachment is.
    private var entry: AttachmentEntry? {
        FileKey(copying: [UInt8](repeating: 7, count: 32).span).map {
            AttachmentEntry(
                id: Fixture.attachment, file: FileName(raw: note.hash), key: $0,
                everGiven: [Fixture.ada.card.id, Fixture.ben.card.id])
        }
    }

    /// Records, and files that hold them.
    private mutating func addFiles(_ statements: [String: Statement], _ log: LogID) throws {
        var parents: [RecordID] = []
        var verified: [VerifiedRecord] = []
        for (name, statement) in statements.sorted(by: { $0.key < $1.key }) {
            let author = name < "e" ? Fixture.ada : Fixture.ben
            let record =
                statement.kind.starts != nil
                ? Record(
                    starting: statement.kind, day: day, body: statement.body,
                    vault: Fixture.vault, author: author)
                : Record(
                    log: log, kind: statement.kind, parents: parents, day: day,
                    body: statement.body, vault: Fixture.vault, author: author)
            if name < "e" || name == "left" { add(.record, name, record.encoded) }
            if name == "entered" { add(.record, "stripped", record.redacted.encoded) }
            parents = [record.id]
            verified.append(
                try VerifiedRecord(
                    signed: record, by: author.card, in: Fixture.vault))
        }
        for (name, readers, count) in [
            ("one", [Fixture.ada], 1), ("two", [Fixture.ada, Fixture.cleo], 5),
            ("three", [Fixture.ada, Fixture.ben, Fixture.cleo], verified.count),
        ] {
            guard let list = ReaderList(readers.map(\.card)) else { continue }
            let bytes = try SealedFile.seal(
                .init(
                    readers: list,
                    records: verified.prefix(count).sorted { $0.record.log < $1.record.log },
                    attachments: count > 1 ? [entry].compactMap(\.self) : []),
                slots: 8, sealer: Fixture.ada, vault: Fixture.vault
            ).bytes
            add(.sealedFile, name, bytes)
            add(.sealedBody, name, try body(of: bytes))
        }
        add(.padding, "short", Padding.pad([1, 2, 3]))
        add(.padding, "long", Padding.pad(Array(repeating: 9, count: 1500)))
    }

    /// Decrypts a file of ours down to the body.
    private func body(of bytes: [UInt8]) throws -> [UInt8] {
        var reader = ByteReader(bytes)
        let header = try SealedHeader(parsing: &reader)
        let key = SealedBoxOpener(ephemeral: header.ephemeral, reader: Fixture.ada.box)?
            .open(anyOf: header.slots)
        guard let key else { throw FormatError(reason: .malformed, offset: 0) }
        let padded = try XChaCha20Poly1305.open(
            bytes.span.extracting(reader.offset..<bytes.count),
            associatedData: bytes.span.extracting(0..<reader.offset), nonce: header.nonce.span,
            key: key)
        return try Padding.content(of: padded)
    }

    /// Cards, key files and the seen state.
    private mutating func addKeys() throws {
        for key in [Fixture.ada, Fixture.ben] {
            let name = key.card.name.lowercased()
            add(.card, name, key.card.encoded)
            add(.cardText, name, Array(key.card.text.utf8))
            let file = KeyFile(cost: Fixture.cost)
            add(.keyFile, name, try file.encode(key, passphrase: nil))
            add(.keyFile, name + "-protected", try file.encode(key, passphrase: Fixture.passphrase))
            add(.words, "backup-" + name, Array(PrintedBackup(of: key).text.utf8))
        }
        add(.marker, "vault", VaultMarker(vault: Fixture.vault).encoded)
        add(
            .marker, "vault-crlf",
            Array("casevault/1\r\nvault \(Fixture.vault.hexText)\r\n".utf8))
        add(.marker, "newer", Array("casevault/2\nvault x\n".utf8))
    }

    /// What a machine remembers.
    private mutating func addState(_ log: LogID) {
        var state = SeenState()
        let empty = state
        add(.seenState, "empty", state.encoded)
        for number in 1...3 as ClosedRange<UInt8> {
            let hash = BLAKE2b.hash([number].span)
            state.noted[FileName(raw: hash)] = 1_790_000_000 + Int64(number)
            state.mine[FileName(raw: hash)] = .init(kind: LogKind(rawValue: number))
            state.notMine.insert(FileName(raw: hash))
            state.standing.known.insert(RecordID(raw: hash))
            state.standing.readers[LogID(raw: hash)] = []
            state.standing.exemptions[LogID(raw: hash)] = [
                .init(links: [RecordID(raw: hash)], readers: [])
            ]
            state.standing.out[CardID(raw: hash)] = [RecordID(raw: hash)]
            state.erasures[RecordID(raw: hash)] = 1_790_000_000
            state.heads[LogID(raw: hash)] = [RecordID(raw: hash)]
        }
        state.firstLooks.insert(log)
        state.vanished = [log: .lost]
        state.neighbours = SeenState.Neighbours(day: day, arrived: 1_790_000_000)
        var listing = FolderListing()
        listing.noteInside("a", .file, tag: "", at: "sealed/ab", in: "/vault")
        let stamp = FileStamp(size: 4096, modified: 1, changed: 2, number: 3)
        state.crowded = [
            "": CrowdedFolder(stamp: stamp, found: listing, folders: [], wrong: nil),
            "sealed": CrowdedFolder(
                stamp: stamp, found: listing.remembered(examples: 1), folders: ["ab"], wrong: nil),
            "sealed/ab": CrowdedFolder(
                stamp: nil, found: FolderListing(), folders: [],
                wrong: WrongFiles(
                    [((FileName(raw: BLAKE2b.hash([5].span)), 3), stamp)],
                    [FileName(raw: BLAKE2b.hash([5].span)): .empty], at: .max, room: 1)),
        ]
        state.publishing = [FileName(raw: BLAKE2b.hash([4].span))]
        add(.seenState, "full", state.encoded)
        add(.seenChanges, "come", SeenChanges(from: empty, to: state).encoded)
        add(.seenChanges, "gone", SeenChanges(from: state, to: empty).encoded)
    }

    /// The parts of an attachment.
    private mutating func addAttachment(of log: LogID) {
        guard let entry else { return }
        let header = AttachmentHeader(
            key: entry.key, vault: Fixture.vault, log: log, id: entry.id)
        add(.attachment, "header", header.encoded)
        add(.attachment, "note", note.encoded)
        add(.attachment, "entry", entry.encoded)
    }

    // MARK: - What people write

    /// Mails of the shapes that mail programs write.
    private mutating func addMail() {
        let head = """
            From: =?UTF-8?Q?Robin_R=C3=B6e?= <robin@example.org>
            To: committee@example.org
            Subject: =?ISO-8859-1?B?QmVyaWNodA==?= of today
            Date: Tue, 3 Mar 2026 14:05:00 +0100 (CET)
            Message-ID: <1@example.org>
            MIME-Version: 1.0

            """
        let mails: [String: String] = [
            "plain": head + "Content-Type: text/plain; charset=utf-8\n\nIt happened.\n",
            "quoted": head
                + "Content-Type: text/plain; charset=\"windows-1252\"\n"
                + "Content-Transfer-Encoding: quoted-printable\n\nIt =96 happened=\n here=21\n",
            "html": head
                + "Content-Type: text/html\n\n<p>It &amp; <b>that</b><br>&#x41;&nbsp;<style>x"
                + "</style><!-- y --><ul><li>a</ul>\n",
            "parts": head
                + "Content-Type: multipart/mixed; boundary=\"b1\"\n\n--b1\n"
                + "Content-Type: multipart/alternative; boundary=b2\n\n--b2\n"
                + "Content-Type: text/plain\n\none\n--b2\nContent-Type: text/html\n\n<i>one</i>\n"
                + "--b2--\n--b1\nContent-Type: image/png; name*0*=UTF-8''%e2%82%ac;\n"
                + " name*1=.png\nContent-Disposition: attachment; filename=\"a/b \\\"c.png\"\n"
                + "Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b1--\n",
            "forwarded": head
                + "Content-Type: multipart/digest; boundary=x\n\n--x\n\nSubject: inner\n\nbody\n"
                + "--x\nContent-Type: message/rfc822\n\nSubject: other\n\nbody\n--x--\n",
            "mailbox": "From r@example.org Tue Mar  3 14:05:00 2026\n" + head + "\n>From here.\n",
            "apple": "12\n" + head + "\nx",
            "no-line": head + "Content-Type: multipart/mixed\n--b\nContent-Type: plain\nOne.\n",
            "labels": head
                + "Content-Type: text/plain charset=ks_c_5601-1987; format=flowed; delsp=yes\n"
                + "Content-Transfer-Encoding: 'base64'\n\nvLwgufg=\n-- \nThe list\n",
            "uuencode": head + "\nOne.\nbegin 644 n.txt\n%:&5L;&\\`\n`\nend\nTwo.\n",
            "enriched": head
                + "Content-Type: text/enriched\n\n<bold>a</bold><<\n\n<param>b</param>",
        ]
        let pages = [
            "quotes": "<div>a</div><blockquote>b<blockquote>c<pre>\n d  e\n</pre></blockquote>",
            "marks": "<s>a</s><ins>b</ins><p style='text-decoration:line-through'>c<p>d</p></p>",
            "links": "<a href=\"https://example.org/?a=1&amp;copy=2\">a</a><a href='mailto:b@c'>d",
            "signs": "&nbspa &NotEqualTilde; &#150; &#x1F642; &bogus; <!-- --!> <!--> <![if]>",
            "lists": "<ol start=3><li>a<ul><li>b</ul></ol><table><tr><td>c<td>d</table><h2>e</h2>",
        ]
        for (name, text) in pages { add(.html, name, Array(text.utf8)) }
        for (name, text) in mails {
            add(.mail, name, Array(text.utf8))
            add(.mail, name + "-crlf", Array(text.replacing("\n", with: "\r\n").utf8))
            add(.report, name, Array(text.utf8))
        }
    }

    /// Reports, fields, names, rules and words.
    private mutating func addTexts() {
        let fields = """
            {"text": "t", "recorded": "asTold", "receivedOn": "2026-03-04", "channel": "chat",
             "ongoing": true, "consentToBeNamed": null, "reporterAliases": ["a", "b"],
             "reporterName": "R\u{00F6}e \\ud83d\\ude00",
             "witnesses": [{"name": "Sam", "contact": "c"}, {"name": "Kim"}]}
            """
        let rules = """
            {"name": "R\u{00F6}e \\ud83d\\ude00\\n", "minimumReaders": 3, "quorum": null,
             "newcomers": "newCasesOnly", "majority": "simple", "recusalLimit": 0,
             "responses": [{"name": "warning"}, {"name": "ban", "timed": true}],
             "deadlines": {"acknowledgeHours": 48, "appealDays": 30, "followUpDays": null},
             "columns": [{"name": "status", "label": "S"}], "contacts": [{"role": "organizers"}],
             "retention": {"months": 36, "responses": {"Ban": null, "warning": 12}},
             "appeals": {"to": "the board", "outcomeStands": false}}
            """
        let texts: [(Target, String, String)] = [
            (.report, "markdown", "# Report\r\n\r\n* It *happened*.\n"),
            (.report, "marked", "\u{FEFF}It happened.\n"),
            (.fields, "all", fields),
            (.fields, "number", #"{"text": 1}"#),
            (.fields, "unknown", #"{"colour": "red"}"#),
            (.about, "two", "# people\nAlex Doe; adoe; A. Doe\n\n  Robin Ro\u{0308}e  \n"),
            (.rules, "full", rules), (.rules, "unknown", #"{"minimumReaders": 3, "x": {}}"#),
            (.rules, "wrong", #"{"minimumReaders": "3"}"#),
            (.words, "code-name", "Home-Shelf"),
            (.words, "day", "2024-02-29"),
            (.words, "fingerprint", "12345 67890 12345 67890 12345-67890 12345 67890"),
            (.words, "hex", Fixture.ada.card.id.description),
            (.words, "date", "Tue, 3 Mar 2026 14:05:00 +0100"),
            (.words, "accents", "e\u{0301} \u{FB01} \u{0130} \u{1E9E} \u{202E}\u{00AD}x"),
        ]
        for (target, name, text) in texts { add(target, name, Array(text.utf8)) }
    }
}
