// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Vault {
    /// Whether nobody has said yet if a member may see a check's name.
    func isUndecided(_ card: MemberCard, in view: CheckView) -> Bool {
        guard !view.isReader(card.id), rules.newcomers == .allCases, !view.isErased else {
            return false
        }
        let persons = cards(of: card.id)
        return view.withheld.isDisjoint(with: persons)
            && persons.allSatisfy { view.log.history.removals[$0] == nil }
    }

    /// Whether another case that I read has a check of a case too.
    func isShared(_ check: LogID, by view: CaseView) -> Bool {
        readableCases.contains { $0.log.id != view.log.id && $0.checks.contains(check) }
    }

    /// Whether something of an erased case is still there that I may erase.
    func isErasureUnfinished(of view: CaseView) -> Bool {
        guard view.isErased else { return false }
        if !view.leftAfterErasing.isEmpty { return true }
        return view.checks.contains { id in
            guard let check = checkView(id), !check.people.isEmpty, !isShared(id, by: view) else {
                return false
            }
            return check.log.history.mayErase(me.id)
        }
    }
}
