// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// The parsers that are fuzzed, and what must hold for whatever they accept.
///
/// A broken promise ends the process, which libFuzzer reports as a crash with its input.
enum Target: String, CaseIterable {
    case sealedFile = "sealed-file"
    case sealedBody = "sealed-body"
    case padding
    case record
    case statement
    case attachment
    case card
    case cardText = "card-text"
    case keyFile = "key-file"
    case marker
    case seenState = "seen-state"
    case seenChanges = "seen-changes"
    case mail
    case html
    case report
    case fields
    case about
    case rules
    case words
    case letter
    case letterBody = "letter-body"

    /// Gives one input to the parser.
    func run(_ bytes: [UInt8]) {
        switch self {
        case .sealedFile: sealedFile(bytes)
        case .sealedBody: sealedBody(bytes)
        case .padding: padding(bytes)
        case .record: record(bytes)
        case .statement: statement(bytes)
        case .attachment: attachment(bytes)
        case .card: roundTrip(MemberCard.self, bytes)
        case .cardText: cardText(bytes)
        case .keyFile: keyFile(bytes)
        case .marker: marker(bytes)
        case .seenState: roundTrip(SeenState.self, bytes)
        case .seenChanges: roundTrip(SeenChanges.self, bytes)
        case .mail: mail(bytes)
        case .html: html(bytes)
        case .report: report(bytes)
        case .fields: fields(bytes)
        case .about: about(bytes)
        case .rules: rules(bytes)
        case .words: words(bytes)
        case .letter: letter(bytes)
        case .letterBody: letterBody(bytes)
        }
    }

    // MARK: - What must hold

    /// Ends the process unless two values are equal.
    private func same<T: Equatable>(_ a: T, _ b: T) { precondition(a == b, "not the same") }

    /// What was accepted is written as it was read.
    private func roundTrip<T: BinaryCoding>(_: T.Type, _ bytes: [UInt8]) {
        if let value = try? T(wholly: bytes) { same(value.encoded, bytes) }
    }

    // MARK: - The vault's files

    /// The header in front, and the whole file.
    private func sealedFile(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        if let header = try? SealedHeader(parsing: &reader) {
            same(header.encoded, Array(bytes[..<reader.offset]))
        }
        let name = FileName(raw: BLAKE2b.hash(bytes.span))
        for checked: Checked in [[], .file] {
            let opening = try? SealedFile.open(
                bytes, name: name, with: Fixture.ada, vault: Fixture.vault, checked: checked)
            if case .opened(let file) = opening { same(file.size, bytes.count) }
        }
    }

    /// The padding of a body.
    private func padding(_ bytes: [UInt8]) {
        guard let inner = try? Padding.content(of: bytes) else { return }
        let again = Padding.pad(inner)
        same(
            again,
            Array(bytes.prefix(again.count))
                + Array(repeating: 0, count: max(0, again.count - bytes.count)))
    }

    /// What is encrypted in a file, as somebody could write it who holds the key.
    private func sealedBody(_ bytes: [UInt8]) {
        guard let body = try? SealedBody(bytes) else { return }
        let content = SealedBody.content(
            readers: body.readers, authors: body.authors, attachments: body.attachments,
            records: body.records, sealer: body.sealer)
        same(content + body.signature.bytes, bytes)
        let name = FileName(raw: BLAKE2b.hash(bytes.span))
        for checked: Checked in [.file, []] {
            let file = try? OpenedFile(
                name: name, size: bytes.count, slots: 8, body: body, vault: Fixture.vault,
                checked: checked)
            if let file { same(file.records.values.joined().count, body.records.count) }
        }
    }

    /// A record by itself.
    private func record(_ bytes: [UInt8]) {
        guard let record = try? Record(wholly: bytes) else { return }
        same(record.encoded, bytes)
        same(record.size, bytes.count)
        _ = record.isSigned(by: Fixture.ada.card, in: Fixture.vault)
    }

    /// The body of a record; the first byte is the kind.
    private func statement(_ bytes: [UInt8]) {
        guard let first = bytes.first, let kind = RecordKind(rawValue: first) else { return }
        let body = Array(bytes.dropFirst())
        guard let statement = try? Statement(kind: kind, body: body) else { return }
        same(statement.body, body)
        same(statement.kind, kind)
        _ = statement.attachments
        if case .granted(let grant) = statement {
            _ = grant.declaredChecks(in: Fixture.vault, areSigned: false)
        }
    }

    /// The header of an attachment, its note and its entry in the index.
    private func attachment(_ bytes: [UInt8]) {
        roundTrip(AttachmentHeader.self, bytes)
        roundTrip(AttachmentNote.self, bytes)
        roundTrip(AttachmentEntry.self, bytes)
    }

    /// The file that makes a folder a vault. Line ends are free, so bytes need not be the same.
    private func marker(_ bytes: [UInt8]) {
        guard let marker = try? VaultMarker(parsing: bytes) else { return }
        same(try? VaultMarker(parsing: marker.encoded), marker)
        let digits = Array(marker.vault.hexText.utf8)
        precondition(bytes.count >= digits.count && bytes.count <= 4096)
    }

    // MARK: - Keys

    /// A card as it is sent.
    private func cardText(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self),
            let card = try? MemberCard(text: text)
        else { return }
        same(card.text, text.trimmedOfWhitespace)
        same(Array(card.text.utf8), Array(text.trimmedOfWhitespace.utf8))
    }

    /// A key file, with a passphrase where that costs little.
    private func keyFile(_ bytes: [UInt8]) {
        if let key = try? KeyFile.decode(bytes, passphrase: nil, path: "key") {
            same(try? KeyFile(cost: Fixture.cost).encode(key, passphrase: nil), bytes)
        }
        var reader = ByteReader(bytes)
        _ = try? reader.raw(6)
        let isCheap = (try? reader.u32()).map { $0 < 3 } ?? true
        guard isCheap, (try? reader.u32()).map({ $0 <= 64 }) ?? true else { return }
        if let key = try? KeyFile.decode(bytes, passphrase: Fixture.passphrase, path: "key") {
            same(try? KeyFile(cost: Fixture.cost).encode(key, passphrase: nil).count, key.plainSize)
        }
    }

    // MARK: - What people write

    /// A mail, and the report made of it.
    private func mail(_ bytes: [UInt8]) {
        guard let mail = try? MailMessage(parsing: bytes) else { return }
        same(try? MailMessage(parsing: bytes), mail)
        precondition(!mail.body.utf8.contains(13), "a CR is left")
        precondition(mail.attachments.count <= MailLimits.standard.parts)
        for attachment in mail.attachments {
            let name = attachment.name
            precondition(!name.isEmpty && name != "." && name != ".." && !name.contains("/"))
            precondition(name.unicodeScalars.allSatisfy(CharacterClass.isShowable))
            let source = AttachmentSource(
                name: name, bytes: attachment.bytes, mediaType: attachment.mediaType)
            let note = AttachmentNote(
                id: Fixture.attachment, name: source.name, mediaType: source.mediaType, size: 1,
                hash: BLAKE2b.hash(attachment.bytes.span))
            same((try? AttachmentNote(wholly: note.encoded))?.encoded, note.encoded)
        }
        if let report = try? Report(mail: mail) { kept(report) }
    }

    /// A document in HTML.
    private func html(_ bytes: [UInt8]) {
        let html = String(decoding: bytes, as: UTF8.self)
        for isMarkdown in [false, true] {
            guard let text = HTMLText.plain(html, limit: 1 << 20, isMarkdown: isMarkdown) else {
                continue
            }
            same(HTMLText.plain(html, limit: 1 << 20, isMarkdown: isMarkdown), text)
            precondition(!text.utf8.contains(13), "a CR is left")
        }
        precondition(HTMLCharset.label(in: bytes[...]).utf8.count <= 4096)
    }

    /// A report from a file of unknown kind.
    private func report(_ bytes: [UInt8]) {
        for name in [nil, "report.md"] {
            if let report = try? Report(reading: bytes, fileName: name) { kept(report) }
        }
    }

    /// The fields of a report.
    private func fields(_ bytes: [UInt8]) {
        var report = Report(text: "text")
        let before = report
        if (try? report.apply(fieldsJSON: bytes)) == nil {
            same(report, before)
        } else {
            kept(report)
        }
    }

    /// A report that was accepted can be kept and read again.
    private func kept(_ report: Report) { same(try? Report(wholly: report.encoded), report) }

    /// The file of reported people.
    private func about(_ bytes: [UInt8]) {
        guard let people = try? ReportedPerson.list(reading: bytes) else { return }
        same(try? ReportedPerson.list(reading: bytes), people)
        precondition((1...ReportedPerson.mostPeople).contains(people.count))
        for person in people {
            precondition(!person.name.isEmpty && person.aliases.allSatisfy { !$0.isEmpty })
            same(try? ReportedPerson(wholly: person.encoded), person)
            _ = NameWords.of(person.name)
        }
    }

    /// The committee's rules.
    private func rules(_ bytes: [UInt8]) {
        // In a record any text is taken, and kept.
        let recorded = Rules(recorded: bytes)
        same(recorded.json, bytes)
        precondition((1...30).contains(recorded.minimumReaders))
        precondition(!recorded.responses.isEmpty && !recorded.columns.isEmpty)
        same(try? Rules(wholly: recorded.encoded), recorded)
        // What is taken from people means the same in a record.
        if let rules = try? Rules(json: bytes) { same(rules, recorded) }
    }

    /// Short things that people type or read aloud.
    private func words(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        if let name = CodeName(text) {
            same(CodeName(name.description), name)
            same((try? CodeName(wholly: name.encoded)), name)
        }
        if let day = Day(text) {
            same(day.description, text)
            same(try? Day(wholly: day.encoded), day)
        }
        if let id = CardID(text) { same(id.description, text) }
        if let id = LogID(text) { same(id.description, text) }
        if let spoken = try? SpokenDigits(typed: text) { _ = spoken.match(Fixture.ada.card) }
        if let key = try? PrintedBackup.restore(text) {
            let backup = PrintedBackup(of: key)
            same(try? PrintedBackup.restore(backup.text).card, key.card)
        }
        _ = MailDate.seconds(text)
        let folded = TextFolding.fold(text)
        same(TextFolding.fold(folded), folded)
        same(Array(TextFolding.nfc(TextFolding.nfc(text)).utf8), Array(TextFolding.nfc(text).utf8))
        if DisplayName.isValid(text) { precondition(!text.isEmpty && text.utf8.count <= 200) }
        for keeps in [true, false] {
            let shown = SafeText.escaped(text, keepingLineBreaks: keeps)
            precondition(
                shown.unicodeScalars.allSatisfy {
                    CharacterClass.isShowable($0) || (keeps && ($0 == "\n" || $0 == "\t"))
                })
        }
        let half = text.unicodeScalars.prefix(text.unicodeScalars.count / 2)
        _ = TextFolding.containsWord(String(String.UnicodeScalarView(half)), in: text)
    }
}

// MARK: - What comes from outside

extension Target {
    /// A text in which a sealed report or answer may stand, or one of them as it is.
    private func letter(_ bytes: [UInt8]) {
        for kind in LetterKind.allCases {
            let found = LetterText.find(kind, in: bytes)
            precondition(found.count <= LetterText.mostLetters)
            for letter in found {
                precondition(letter.count <= kind.mostBytes)
                same(
                    LetterText.find(kind, in: Array(LetterText.armored(kind, letter).utf8)),
                    [letter])
            }
            for letter in found + [bytes] {
                guard let opened = try? SealedLetter.open(kind, letter, with: Fixture.ada.box)
                else {
                    continue
                }
                same(opened.front, Array(letter.prefix(opened.front.count)))
                precondition(kind.exponents.contains(opened.exponent))
            }
        }
        if let digits = LetterText.decoded(bytes[...], atMost: bytes.count) {
            // There is one way to write it, but for white space and marks of quotation.
            let ignored = Array("\r\n\t >\u{A0}".utf8)
            same(LetterText.base64(digits), bytes.filter { !ignored.contains($0) })
        }
        if let report = (try? SealedReport.open(bytes, with: Fixture.ada.box)) ?? nil {
            shown(report)
        }
        roundTrip(IntakeMembers.self, bytes)
        roundTrip(ReplyKeys.self, bytes)
    }

    /// What stands in a sealed report, as somebody seals and signs it who may say anything.
    private func letterBody(_ bytes: [UInt8]) {
        guard let letter = Fixture.letter(bytes),
            let report = (try? SealedReport.open(letter, with: Fixture.ada.box)) ?? nil
        else { return }
        same(report.recipients, [Fixture.ada.card.boxKey.raw])
        same(report.reply.signing, Fixture.receipt.verifyKey.raw)
        shown(report)
        // Nobody else opens it, whatever it says of itself.
        precondition(((try? SealedReport.open(letter, with: Fixture.ben.box)) ?? nil) == nil)
    }

    /// A report that was opened can be shown, kept and taken in.
    private func shown(_ report: SealedReport) {
        kept(report.report)
        same("\(report)", "SealedReport(redacted)")
        precondition(report.files.count <= SealedReport.mostFiles)
        precondition(report.files.reduce(0) { $0 + $1.bytes.count } <= SealedReport.mostFileBytes)
        precondition(report.others.utf8.count <= SealedReport.longestOthers)
        precondition(Set(report.recipients).isDisjoint(with: report.leftOut))
        same(try? ReplyKeys(wholly: report.reply.encoded), report.reply)
        for person in report.reportedPeople {
            same(try? ReportedPerson(wholly: person.encoded), person)
        }
        for (number, file) in report.files.enumerated() {
            let source = AttachmentSource(
                name: MailAttachment.safeName(file.name, number: number + 1), bytes: file.bytes,
                mediaType: file.mediaType)
            precondition(source.mediaType != AttachmentNote.replyType, "poses as reply keys")
            precondition(!source.name.isEmpty && source.name != ".." && !source.name.contains("/"))
            let note = AttachmentNote(
                id: Fixture.attachment, name: source.name, mediaType: source.mediaType,
                size: UInt64(file.bytes.count), hash: BLAKE2b.hash(file.bytes.span))
            same((try? AttachmentNote(wholly: note.encoded))?.encoded, note.encoded)
        }
        precondition(report.entryText.utf8.count <= EntryStatement.textLimit)
    }
}

extension MemberKey {
    /// The size of this key's file without a passphrase.
    fileprivate var plainSize: Int { 6 + 4 + card.name.utf8.count + 32 }
}
