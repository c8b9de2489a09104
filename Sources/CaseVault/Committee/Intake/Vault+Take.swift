// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

extension Vault {
    /// Finds and opens a sealed report in a file, a text or a mail around it.
    ///
    /// Nothing is changed, and nothing of it was shown to anybody yet: show `people`, and whom the
    /// reporter left out, before you take it in.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - fileName: Its name, if it has one.
    /// - Returns: The report.
    /// - Throws: `badInput` when there is no whole sealed report in it, or more than one that is
    ///   yours; `notForYou` when there is none that your key opens.
    public func openSealedReport(
        in bytes: [UInt8], fileName: String? = nil
    ) throws(VaultError) -> SealedReport {
        guard bytes.count <= LetterText.mostBytes else { throw .noSealedReport }
        let letters = Self.letters(in: bytes, fileName)
        guard !letters.isEmpty else { throw .noSealedReport }
        var opened: [SealedReport] = []
        for letter in letters {
            do throws(FormatError) {
                if let report = try SealedReport.open(letter, with: store.key.box) {
                    opened.append(report)
                }
            } catch {
                throw error.reason == .unsupportedVersion ? .newerVersion(nil) : .changedReport
            }
        }
        guard let first = opened.first else { throw .sealedToOthers }
        guard opened.count == 1 else { throw .severalReports }
        return first
    }

    /// The letters in a file; in a mail also those in its parts.
    private static func letters(in bytes: [UInt8], _ fileName: String?) -> [[UInt8]] {
        let plain = LetterText.find(.report, in: bytes)
        guard plain.isEmpty, Report.isMail(bytes, fileName: fileName),
            let mail = try? MailMessage(parsing: bytes)
        else { return plain }
        var found = LetterText.find(.report, in: Array(mail.body.utf8))
        for part in mail.attachments {
            for letter in LetterText.find(.report, in: part.bytes) where !found.contains(letter) {
                found.append(letter)
            }
        }
        return found
    }

    // MARK: - Whom the reporter chose

    /// The members whom the reporter does not want to read it.
    public func membersLeftOut(of sealed: SealedReport) -> [Member] {
        members.filter { sealed.leftOut.contains($0.card.boxKey.raw) }
    }

    /// The members who can open it, you among them.
    public func recipients(of sealed: SealedReport) -> [Member] {
        members.filter { sealed.recipients.contains($0.card.boxKey.raw) }
    }

    // MARK: - Taking in

    /// Takes in a sealed report: a new case, or an entry where it is a further message about a
    /// case that you read.
    ///
    /// You thereby declare that you have no conflict, unless you hand it over.
    ///
    /// - Parameters:
    ///   - sealed: The report.
    ///   - people: Whom it is about; `nil` is whom the reporter named.
    ///   - decisions: For each member whom you were shown, whether they may be asked. Whom the
    ///     reporter left out, and of whom nothing is decided, it is kept from.
    ///   - handingOver: You have a conflict: you do not read it, and the first member without one
    ///     takes over.
    ///   - progress: Is told how many bytes and files were written; can stop.
    /// - Returns: The case, and the entry if it was added to one.
    /// - Throws: `refused` when it was taken in already; `badInput` when nobody is named;
    ///   `firstLookNeeded` when it belongs to a case that you have not looked at; and as
    ///   `startCase`.
    public func take(
        _ sealed: SealedReport, about people: [ReportedPerson]? = nil,
        deciding decisions: [CardID: Visibility], handingOver: Bool = false,
        progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> TakenReport {
        let earlier = try messages(of: sealed.reply)
        if let known = earlier.first(where: { $0.keys.contains(sealed.reply) }) {
            throw .takenAlready(known.item.codeName)
        }
        var attachments = [AttachmentSource(replyKeys: sealed.reply.encoded)]
        for file in sealed.files {
            attachments.append(
                AttachmentSource(
                    name: MailAttachment.safeName(file.name, number: attachments.count),
                    bytes: file.bytes, mediaType: file.mediaType))
        }
        if sealed.isFurther, !handingOver, let first = earlier.first {
            let added = try first.item.add(
                .reporter, sealed.entryText, attaching: attachments, progress: progress)
            return TakenReport(item: first.item, entry: added, change: added.change)
        }
        let left = Set(membersLeftOut(of: sealed).map(\.id)).subtracting([me.id])
        let kept = Dictionary(uniqueKeysWithValues: left.map { ($0, Visibility.withheld) })
        let started = try startCase(
            about: people ?? sealed.reportedPeople, report: sealed.report,
            attachments: attachments, deciding: decisions.merging(kept) { given, _ in given },
            handingOver: handingOver,
            progress: progress)
        let item = started.item
        if handingOver, store.seen.firstLooks.remove(item.log) != nil {
            // Who starts a case has looked at it; this one was not shown.
            try? store.saveSeen()
        }
        return TakenReport(item: item, entry: nil, change: started.change)
    }

    /// The cases that I read and that came from the same receipt.
    private func messages(
        of reply: ReplyKeys
    ) throws(VaultError) -> [(item: Case, keys: [ReplyKeys])] {
        var found: [(item: Case, keys: [ReplyKeys])] = []
        for item in readableCases.map({ Case(vault: self, id: $0.log.id) }) {
            let keys = try item.replyKeys()
            if keys.contains(where: { $0.signing == reply.signing }) { found.append((item, keys)) }
        }
        return found
    }
}

/// What taking in a sealed report came to.
public struct TakenReport {
    /// The case: a new one, or the one that it was added to.
    public let item: Case
    /// The entry, where a further message was added to a case.
    public let entry: AddedEntry?
    /// What the act changed besides.
    public let change: AccessChange
}

extension SealedReport {
    /// People named in it, shown before anything else: reported people, reporter and witnesses.
    public var people: [PersonInCase] {
        reportedPeople.map {
            PersonInCase(name: $0.name, aliases: $0.aliases, role: .reportedPerson)
        } + report.peopleBesides
    }

    /// A further message as the text of an entry: its fields follow what it says.
    var entryText: String {
        let fields = report.fields.filter { !["recorded", "channel"].contains($0.key) }
        let lines = fields.map { "\($0.label): \($0.text)" }
        return "A further message of the reporter, sealed:\n\n" + report.text + "\n\n"
            + lines.joined(separator: "\n") + "\n"
    }
}
