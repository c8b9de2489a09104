// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Vault {
    /// The cases that you read, by code name; and those that nobody reads any more, of which you
    /// left last and which you can only hand over, by `Case.grantAccess(to:progress:)`.
    public var cases: [Case] {
        (readableCases + orphanedCases).map { Case(vault: self, id: $0.log.id) }
            .sorted { ($0.codeName, $0.id) < ($1.codeName, $1.id) }
    }

    /// The case of an identifier.
    ///
    /// - Throws: `notForYou` when you do not read it.
    public func `case`(id: Case.ID) throws(VaultError) -> Case {
        let log = LogID(id)
        _ = try caseViewForGranting(log)
        return Case(vault: self, id: log)
    }

    /// Finds a case by code name; two cases of one name need the four digits behind it.
    ///
    /// - Parameter name: `"home shelf"`, `"home-shelf"` or `"home shelf 1234"`, in any case.
    /// - Returns: The case.
    /// - Throws: `notForYou` when there is none that you read; `ambiguousName`.
    public func `case`(named name: String) throws(VaultError) -> Case {
        var text = name.trimmedOfWhitespace
        var digits: String?
        if let last = text.split(whereSeparator: { $0 == " " || $0 == "-" }).last,
            last.utf8.count == 4, last.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        {
            digits = String(last)
            text = String(text.dropLast(5))
        }
        guard let codeName = CodeName(text) else { throw .notForYou }
        let found = cases.filter {
            $0.codeName == codeName && (digits == nil || $0.disambiguation == digits)
        }
        guard let first = found.first else { throw .notForYou }
        guard found.count == 1 else { throw .ambiguousCase }
        return first
    }

    /// Starts a case: one conflict check for each reported person, the case file, readable by
    /// you alone, and its line in the register.
    ///
    /// You thereby declare that you have no conflict yourself, unless you hand the case over.
    ///
    /// - Parameters:
    ///   - people: Who the report is about; at least one.
    ///   - report: The report.
    ///   - attachments: What came with it.
    ///   - intake: How the text was made of a file, as `Paper` says it.
    ///   - decisions: For each member whom you were shown, whether they may be asked, or names, row
    ///     and existence are kept from them, because they are a reported person or stand close to
    ///     one. Who has become a member since sees nothing until somebody decides.
    ///   - handingOver: You have a conflict yourself and only took the report: the first member
    ///     without one takes over, and you are recused in the same act.
    ///   - progress: Is told how many bytes and files were written; can stop.
    /// - Returns: The new case, readable by you alone, and what waits.
    /// - Throws: `badInput`, `unknownName`, `refused`, `fileSystem`, `diskFull`,
    ///   `cancelled`.
    public func startCase(
        about people: [ReportedPerson], report: Report, attachments: [AttachmentSource] = [],
        intake: Intake = Intake(), deciding decisions: [CardID: Visibility],
        handingOver: Bool = false, progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> StartedCase {
        let given = people
        let people = given.compactMap(\.tidied)
        guard !people.isEmpty, people.count == given.count else { throw .nobodyReported }
        if let field = report.blankName { throw .blankName(field) }
        guard people.count <= CaseStart.checkLimit else {
            throw .badInput(
                "tooManyPeople", "Too many people.", hint: "Start several cases.",
                with: ["limit": "\(CaseStart.checkLimit)"])
        }
        let (id, change) = try self.transact(progress: progress) {
            (transaction) throws(VaultError) in
            let roster = try activeRoster()
            let (readers, hidden) = try decided(decisions, in: roster, &transaction)
            var checks: [BoundLog] = []
            for person in people {
                let bond = Bond.random()
                let check = try transaction.start(
                    .checkStarted(
                        CheckStart(
                            readers: readers, withheld: hidden, tag: bond.tag(by: me.id))))
                try transaction.add(.named(person), to: check)
                let answer: ConflictAnswer = handingOver ? .conflict : .noConflict
                try transaction.add(
                    .declared(DeclarationStatement(answer: answer, replaces: [])), to: check)
                checks.append(BoundLog(log: check, bond: bond))
            }
            let name = try freshCodeName()
            let bond = Bond.random()
            let row = try transaction.start(
                .rowStarted(
                    RowStart(codeName: name, readers: readers, tag: bond.tag(by: me.id))))
            let file = try transaction.start(
                .caseStarted(
                    CaseStart(
                        codeName: name, starter: me, row: BoundLog(log: row, bond: bond),
                        checks: checks)))
            let notes = try transaction.attach(attachments, to: file, progress: progress)
            try transaction.add(
                .reported(
                    ReportStatement(
                        report: report, attachments: notes, intake: intake.fitting(notes))),
                to: file)
            // Who only hands the case over is out of it; the report stays.
            if handingOver, let log = transaction.log(file) { try transaction.leave(log) }
            return file
        }
        store.seen.firstLooks.insert(id)
        // The case is there: forgetting that its starter has looked is no reason to fail.
        try? store.saveSeen()
        return StartedCase(item: Case(vault: self, id: id), change: change)
    }

    /// Who may see a new name and from whom it is kept, as somebody decided. Whoever is neither
    /// waits for a decision.
    func decided(
        _ decisions: [CardID: Visibility], in roster: Roster, _ transaction: inout Transaction
    ) throws(VaultError) -> (readers: [MemberCard], withheld: Set<CardID>) {
        guard decisions.keys.allSatisfy({ roster.ever[$0] != nil }), decisions[me.id] != .withheld
        else { throw .unknownMember }
        var readers: [MemberCard] = []
        for card in roster.active.values.sorted(by: { $0.id < $1.id }) {
            switch decisions[card.id] {
            case _ where card.id == me.id: readers.append(card)
            case .shown: readers.append(card)
            case .withheld: break
            case nil: transaction.change.wait(.openDecision, for: card)
            }
        }
        return (readers, Set(decisions.filter { $0.value == .withheld }.keys))
    }

    /// A code name that no row or case that I can see has.
    private func freshCodeName() throws(VaultError) -> CodeName {
        var used: Set<CodeName> = []
        for log in store.logs.values {
            if let view = CaseView(log) { used.insert(view.codeName) }
            if let view = RowView(log) { used.insert(view.row.codeName) }
        }
        var source = SecureRandomSource()
        guard let name = CodeName.random(excluding: used, using: &source) else {
            throw .noCodeNameLeft
        }
        return name
    }

    /// The status register, by code name: every row that you may see.
    public var register: [RegisterRow] {
        readableRows.map(\.row).sorted {
            ($0.codeName, $0.disambiguation) < ($1.codeName, $1.disambiguation)
        }
    }
}

/// What became of starting a case.
public struct StartedCase {
    /// The new case.
    public let item: Case
    /// What else became of the act, and what waits.
    public let change: AccessChange
}
