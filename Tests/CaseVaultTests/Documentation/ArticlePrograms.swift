// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault
import Foundation

/// The code of the articles, so that it is compiled and run.
///
/// `ArticleTests` sees that each block of an article stands here, line by line.
final class ArticlePrograms {
    /// What was shown to a person.
    private(set) var shown: [String] = []

    /// Shows something to a person.
    private func show(_ texts: String...) { shown.append(texts.joined(separator: ": ")) }

    /// Shows which case something is about.
    private func show(_ codeName: CodeName?, _ text: String) {
        show(codeName?.description ?? "-", text)
    }

    /// What somebody answered; nobody in these programs has a conflict.
    private func ask(_ people: [ReportedPerson]) -> ConflictAnswer { .noConflict }

    /// Whether a name is the newcomer's own.
    private func mustBeKept(from newcomer: MemberCard, _ people: [ReportedPerson]) -> Bool {
        people.contains { $0.name == newcomer.name }
    }

    // MARK: - CaseVault.md

    /// The landing page.
    func landing(
        folder: URL, robin: MemberKey, sam: MemberKey, fingerprintSpokenBySam: SpokenDigits,
        mail: String
    ) throws {
        let vault = try Vault.create(at: folder, committee: "Local organizers", founder: robin)
        _ = try vault.admit(sam.card, confirming: fingerprintSpokenBySam, deciding: [:])
        let shelf = try vault.startCase(
            about: [ReportedPerson(name: "Alex Doe")], report: Report(text: mail),
            deciding: [sam.card.id: .shown]
        ).item

        // On Sam's computer.
        let samsVault = try Vault(at: folder, key: sam)
        for check in samsVault.unansweredChecks {
            _ = try samsVault.declare(.noConflict, on: check)
        }

        // Back on Robin's: whoever declared "no conflict" is let in.
        _ = try vault.catchUp()
        show(shelf.codeName, "\(shelf.readers.count)")
    }

    // MARK: - Founding.md

    /// Makes the founder's key.
    func makeKey(keyFile: URL, passphrase: Passphrase) throws -> MemberKey {
        let robin = try MemberKey.generate(name: "Robin")
        try robin.save(to: keyFile, passphrase: passphrase)
        show(PrintedBackup(of: robin).text)
        return robin
    }

    /// Founds the vault.
    func found(folder: URL, robin: MemberKey) throws -> Vault {
        let vault = try Vault.create(at: folder, committee: "Local organizers", founder: robin)
        return vault
    }

    /// Admits a member.
    func admit(samsCardFile: URL, spokenBySam: String, to vault: Vault) throws {
        let card = try MemberCard(contentsOf: samsCardFile)
        _ = try vault.admit(
            card, confirming: try SpokenDigits(typed: spokenBySam), deciding: [:])
    }

    /// Compares the committee code.
    func compare(folder: URL, sam: MemberKey, spokenByRobin: String) throws {
        let vault = try Vault(at: folder, key: sam)
        if vault.isNewOnThisComputer, let code = vault.code { show(code.description) }
        let robin = try vault.member(named: "Robin")
        _ = try vault.confirm(robin.id, code: try SpokenDigits(typed: spokenByRobin))
    }

    // MARK: - Onboarding.md

    /// Admits a newcomer from whom some names are kept.
    func onboard(
        _ newcomer: MemberCard, spoken: SpokenDigits, to vault: Vault
    ) throws -> AccessChange {
        let checks = vault.checks
        let kept = checks.filter { mustBeKept(from: newcomer, $0.people) }.map(\.id)
        let change = try vault.admit(
            newcomer, confirming: spoken, deciding: checks.decisions(withholding: Set(kept)))
        return change
    }

    /// Answers everything on the newcomer's computer.
    func answer(folder: URL, newcomersKey: MemberKey) throws {
        let vault = try Vault(at: folder, key: newcomersKey)
        let answers = vault.unansweredChecks.map { check in
            (check: check.id, answer: ask(check.people))
        }
        _ = try vault.declare(answers)
    }

    /// Catches up on a reader's computer.
    func letIn(_ vault: Vault) throws {
        let change = try vault.catchUp()
        for item in change.granted { show(item.codeName, item.member.name) }
        for item in change.waiting { show(item.codeName, item.need.rawValue) }
    }

    // MARK: - GrantingAndRevoking.md

    /// Lets somebody in by hand.
    func grant(_ sam: CardID, typed: String, in vault: Vault) throws -> AccessChange {
        let shelf = try vault.case(named: typed)  // "home shelf" or "home-shelf"
        let change = try shelf.grantAccess(to: sam)
        return change
    }

    /// Takes somebody out.
    func revoke(_ sam: CardID, in shelf: Case) throws {
        let change = try shelf.revokeAccess(of: sam)
        for sentence in change.cannotUndo { show(sentence.text) }
    }

    // MARK: - Attaching.md

    /// Attaches a file.
    func attach(_ recording: URL, to shelf: Case) throws -> Entry {
        let added = try shelf.add(
            .discussion, "The recording of the call.",
            attaching: [AttachmentSource(file: recording, mediaType: "audio/ogg")])
        return try shelf.entry(id: added.id)
    }

    /// Gets it out again.
    func save(_ entry: Entry, of shelf: Case, to copy: URL) throws {
        for attachment in entry.attachments { try shelf.saveAttachment(attachment.id, to: copy) }
    }

    /// Sends it on in pieces.
    func send(_ attachment: Entry.Attachment.ID, of shelf: Case) throws -> Int {
        var response = Response()
        try shelf.readAttachment(attachment) { piece in
            response.append(piece)
        }
        return response.count
    }

    /// Something that takes bytes.
    private struct Response {
        /// How many it took.
        private(set) var count = 0
        /// Takes some.
        mutating func append(_ piece: Span<UInt8>) { count += piece.count }
    }

    // MARK: - WorkingACase.md

    /// What a person is warned of.
    private func warn(_ person: PersonInCase) { show("names the \(person.role.rawValue)") }

    /// What somebody answered who was shown these people.
    private func ask(_ people: [PersonInCase]) -> ConflictAnswer { .noConflict }

    /// Reads a case, after the first look.
    func read(_ shelf: Case) throws {
        if !shelf.hasTakenFirstLook {
            _ = try shelf.takeFirstLook(ask(shelf.people))
        }
        for entry in try shelf.entries() { show("\(entry.label) \(entry.kind.label)", entry.text) }
    }

    /// Writes to the moderators.
    func write(_ letter: String, to shelf: Case) throws {
        for person in try shelf.namesAtRisk(in: letter, for: .moderators) { warn(person) }
        _ = try shelf.add(.moderators, letter)
    }

    /// Votes, and records the outcome.
    func decide(_ shelf: Case, nextSummer: Day) throws {
        let proposal = try shelf.add(.consequences, "Temporary removal.").id
        _ = try shelf.vote(.yes, on: proposal)
        let tally = try shelf.tally(of: proposal)
        if tally.isCarried {
            _ = try shelf.addOutcome(
                "As voted.", stating: StatedResponse("temporary removal", until: nextSummer))
            _ = try shelf.updateRow([.status: "resolved", .resolution: "Temporary removal"])
        }
    }

    /// Shows what is due, and counts.
    func count(_ vault: Vault) {
        for item in vault.due { show("\(item.codeName)", item.what.rawValue) }
        let numbers = vault.numbers(year: 2026)
        for count in numbers.counts { show(count.name, count.count.map(String.init) ?? "-") }
    }

    /// Erases a case.
    func erase(_ shelf: Case, typedByAPerson: String) throws {
        let seen = try shelf.version  // before you show the case and ask
        if let typed = CodeName(typedByAPerson) {
            let change = try shelf.erase(all: seen, confirming: typed)
            for sentence in change.cannotUndo { show(sentence.text) }
        }
    }

    // MARK: - ShowingProgressAndStopping.md

    /// Shows how far catching up is.
    func catchUpSlowly(
        _ vault: Vault, show: @escaping (String) -> Void, wantsToStop: @escaping () -> Bool
    ) throws -> AccessChange {
        let change = try vault.catchUp { progress in
            show("\(progress.work.rawValue): \(progress.done) of \(progress.total)")
            return wantsToStop() ? .stop : .proceed
        }
        return change
    }

    // MARK: - ShowingErrors.md

    /// Shows an error.
    func showErrors(of open: () throws(VaultError) -> Void) {
        func offerToVerify() { show("verify") }
        func askForPassphraseAgain() { show("passphrase") }
        do {
            try open()
        } catch {
            show("\(error.message) \(error.hint)")
            switch error.code {
            case .damaged, .incomplete: offerToVerify()
            case .wrongPassphrase: askForPassphraseAgain()
            default: break
            }
        }
    }
}

// MARK: - UsingItFromAnActor.md

actor VaultKeeper {
    private let vault: Vault

    init(folder: URL, key: MemberKey, state: URL) throws(VaultError) {
        vault = try Vault(at: folder, key: key, stateDirectory: state)
    }

    func whatWaits() throws(VaultError) -> [String] {
        try vault.refresh()
        return vault.waiting.map { $0.need.rawValue }
    }
}
