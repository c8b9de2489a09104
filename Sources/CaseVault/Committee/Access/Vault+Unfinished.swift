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
            && persons.allSatisfy { view.log.history.bars(against: $0).isEmpty }
    }

    /// Whether something of an erased case is still there that I may erase.
    func isErasureUnfinished(of view: CaseView) -> Bool {
        guard view.isErased else { return false }
        if !view.leftAfterErasing.isEmpty { return true }
        let twice = boundTwice
        return checks(of: view).contains { id in
            guard let check = checkView(id), !check.people.isEmpty, !twice.contains(id) else {
                return false
            }
            return check.log.history.erasing.isEmpty && check.log.history.hasPower(me.id)
        }
    }
}
