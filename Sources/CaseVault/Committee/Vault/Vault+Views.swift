// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

extension Vault {
    /// Whether a log is open to me, and was started by somebody who is or was a member.
    func isOpenToMe(_ log: Log) -> Bool {
        log.isOpen(to: me.id)
    }

    /// The checks that I read, ascending by log; those that changed are computed on all cores.
    var readableChecks: [CheckView] {
        let logs = openLogs(of: .check)
        let roster = roster
        if keptChecks.roster !== roster { keptChecks = (roster, [:]) }
        let changed = logs.filter { keptChecks.views[$0.id]?.log !== $0 }
        let views = parallelMap(count: changed.count, width: 2, stride: 32) { i in
            CheckView(changed[i], roster: roster)
        }
        for (log, view) in zip(changed, views) { keptChecks.views[log.id] = view }
        return logs.compactMap { keptChecks.views[$0.id] }
    }

    /// The cases that I read, ascending by log.
    var readableCases: [CaseView] { openLogs(of: .caseFile).compactMap(CaseView.init) }

    /// The cases that I read and guests are in, and their checks.
    var logsWithGuests: [Log] {
        let cases = readableCases.filter { view in
            view.invitations.contains { view.log.history.isIn($0.card.id) }
        }
        let checks = Set(cases.flatMap(\.checks)).sorted().compactMap { checkView($0)?.log }
        return cases.map(\.log) + checks
    }

    /// The rows that I read, ascending by log.
    var readableRows: [RowView] { openLogs(of: .row).compactMap(RowView.init) }

    /// All logs that I read, ascending.
    var openLogs: [Log] { store.logs.values.filter(isOpenToMe).sorted { $0.id < $1.id } }

    /// The logs of one kind that I read, ascending.
    private func openLogs(of kind: LogKind) -> [Log] {
        store.logs(of: kind).filter(isOpenToMe).sorted { $0.id < $1.id }
    }

    /// The check with this identifier, if I read it.
    func checkView(_ id: LogID) -> CheckView? {
        guard let log = store.logs[id] else { return nil }
        let roster = roster
        if keptChecks.roster !== roster { keptChecks = (roster, [:]) }
        if let kept = keptChecks.views[id], kept.log === log { return kept }
        guard isOpenToMe(log), let view = CheckView(log, roster: roster) else { return nil }
        keptChecks.views[id] = view
        return view
    }

    /// Whether nobody reads a case any more and I am one of those who left last: then I may let
    /// somebody in, and nothing else.
    func isMineToHandOver(_ log: Log) -> Bool {
        log.history.readers.isEmpty && log.kind == .caseFile
            && log.history.everReaders[me.id] != nil && roster?.active[me.id] != nil
            && log.history.bars(against: me.id).allSatisfy { $0.kind == .left }
    }

    /// The cases that nobody reads any more and of which I left last, ascending by log.
    var orphanedCases: [CaseView] {
        store.logs.values.filter(isMineToHandOver).sorted { $0.id < $1.id }
            .compactMap(CaseView.init)
    }

    /// The case with this identifier, if I read it or may hand it over.
    func caseViewForGranting(_ id: LogID) throws(VaultError) -> CaseView {
        guard let log = store.logs[id], isMineToHandOver(log), let view = CaseView(log) else {
            return try caseView(id)
        }
        return view
    }

    /// The case with this identifier, if I read it.
    func caseView(_ id: LogID) throws(VaultError) -> CaseView {
        guard let log = store.logs[id], isOpenToMe(log), let view = CaseView(log) else {
            throw .notForYou
        }
        return view
    }

    /// What the entries of a case are called.
    func entryNames(_ log: Log) -> EntryNames {
        if let keptNames, keptNames.log === log { return keptNames.names }
        let names = EntryNames(log)
        keptNames = (log, names)
        return names
    }

    /// A card and the lost ones of the same person.
    func cards(of person: CardID) -> [CardID] { roster?.cards(of: person) ?? [person] }
}
