// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A case as a list shows it: by its code name, with what needs doing.
///
/// It tells code names, the register's words, days and kinds; nothing else of what is in a case.
public struct CaseSummary {
    /// The case's line in the register; `nil` where it is not open to me.
    public let row: RegisterRow?
    /// The case; `nil` if I do not read it.
    public let item: Case?
    /// The day of its last entry, or of the report; `nil` if I do not read it.
    public let lastEntry: Day?
    /// What is due in it, earliest first.
    public let due: [Due]

    /// Whether the register does not say that there is a decision.
    public var isOpen: Bool { row?.isResolved != true }

    /// What decides about the order: what is due first comes first, then what is open, then the rest;
    /// in each, cases that I read before others.
    fileprivate var rank: (Int, Day, Int) {
        let never = Day(daysSince1970: .max)
        let acts = due.filter { $0.what != .appealWindow }
        let group = !acts.isEmpty ? 0 : isOpen ? 1 : 2
        return (group, acts.first?.by ?? never, item == nil ? 1 : 0)
    }
}

extension Vault {
    /// Every row of the register that you may see, and every case that you read: those that need
    /// doing first, then open ones, then resolved ones.
    public var overview: [CaseSummary] {
        let due = Dictionary(grouping: due, by: \.caseID)
        var read: [LogID: (item: Case, lastEntry: Day, due: [Due])] = [:]
        var withoutRow: [CaseSummary] = []
        let rows = readableRows
        let known = Set(rows.map(\.log.id))
        for (view, facts) in caseFacts {
            let id = view.log.id
            let last = facts.steps.map(\.day).max() ?? facts.received
            let item = Case(vault: self, id: id)
            let found = (item, max(last, facts.received), due[Case.ID(id)] ?? [])
            if known.contains(view.start.row.log) {
                read[view.start.row.log] = found
            } else {
                withoutRow.append(
                    CaseSummary(row: nil, item: item, lastEntry: found.1, due: found.2))
            }
        }
        let all = rows.map { row in
            let mine = read[row.log.id]
            return CaseSummary(
                row: row.row, item: mine?.item, lastEntry: mine?.lastEntry, due: mine?.due ?? [])
        }
        return (all + withoutRow).sorted { (a, b) in
            if a.rank != b.rank { return a.rank < b.rank }
            return (a.name, a.digits) < (b.name, b.digits)
        }
    }
}

extension CaseSummary {
    /// The code name.
    public var codeName: CodeName { row?.codeName ?? item?.codeName ?? .closed }

    /// For sorting.
    fileprivate var name: CodeName { codeName }
    /// Four digits that tell apart two cases of one code name.
    fileprivate var digits: String { row?.disambiguation ?? item?.disambiguation ?? "" }
}
