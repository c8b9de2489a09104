// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Vault {
    /// Whether what a case names in its first record is something else: the first record of that
    /// is here and does not fit.
    private func isForeign(_ bound: BoundLog, as kind: LogKind, to view: CaseView) -> Bool {
        guard let root = store.logs[bound.log]?.history.root,
            let author = view.log.history.root?.record.author
        else { return false }
        return !bound.fits(root, as: kind, by: author)
    }

    /// The checks of a case that ask: those that belong to it, and those of which nothing has
    /// arrived yet. Ascending.
    ///
    /// A link that does not fit what is here asks nobody.
    func checks(of view: CaseView) -> [LogID] {
        let foreign = foreignChecks(of: view)
        return foreign.isEmpty ? view.checks : view.checks.filter { !foreign.contains($0) }
    }

    /// What a case names as its checks although it does not belong to it.
    func foreignChecks(of view: CaseView) -> Set<LogID> {
        Set(view.start.checks.filter { isForeign($0, as: .check, to: view) }.map(\.log))
    }

    /// Whether what a case names as its row does not belong to it.
    func namesForeignRow(_ view: CaseView) -> Bool {
        isForeign(view.start.row, as: .row, to: view)
    }

    /// The row of a case, if it belongs to the case, is here and is open to me.
    func row(of view: CaseView) -> Log? {
        guard let log = store.logs[view.start.row.log], isOpenToMe(log), !namesForeignRow(view)
        else { return nil }
        return log
    }

    /// The links of a case by people who are out to checks of which nothing is here.
    func voidLinks(of view: CaseView) -> [VerifiedRecord] {
        let history = view.log.history
        let asking = Set(history.view?.askingLinks ?? [])
        return history.order.filter { record in
            guard asking.contains(record.id), !history.isIn(record.author.id),
                case .checkLinked(let link) = record.statement
            else { return false }
            return store.logs[link.check.log]?.history.root == nil
        }
    }

    /// The rows and checks that belong to two of the cases that I am in, because whoever started
    /// both gave them one bond. They ask in both; no machine opens or erases them.
    ///
    /// Being in is enough: the rules say the same, whether I read both cases or not.
    var boundTwice: Set<LogID> {
        let logs = store.logs(of: .row) + store.logs(of: .check)
        return Set(logs.lazy.filter { $0.history.view?.isDoubled ?? false }.map(\.id))
    }
}
