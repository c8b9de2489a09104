// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

@testable import CaseVault

/// Decisions about everything that is there at the moment of the act. Programs cannot do this:
/// nobody was shown it.
extension Vault {
    /// Admits somebody and shows them all that is not kept.
    @discardableResult
    func admit(
        _ card: MemberCard, confirming spoken: SpokenDigits,
        withholding withheld: Set<ConflictCheck.ID> = [], replacing old: CardID? = nil
    ) throws(VaultError) -> AccessChange {
        try refresh()
        return try admit(
            card, confirming: spoken, deciding: checks.decisions(withholding: withheld),
            replacing: old)
    }

    /// Starts a case that everybody is asked about from whom it is not kept.
    @discardableResult
    func startCase(
        about people: [ReportedPerson], report: Report, attachments: [AttachmentSource] = [],
        intake: Intake = Intake(), withholdingFrom hidden: Set<CardID> = [],
        handingOver: Bool = false, progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> Case {
        try refresh()
        return try startCase(
            about: people, report: report, attachments: attachments, intake: intake,
            deciding: members.decisions(withholding: hidden), handingOver: handingOver,
            progress: progress
        ).item
    }

    /// Takes a report in that everybody is asked about from whom it is not kept.
    @discardableResult
    func take(
        _ sealed: SealedReport, about people: [ReportedPerson]? = nil,
        withholdingFrom hidden: Set<CardID>? = nil, handingOver: Bool = false
    ) throws(VaultError) -> TakenReport {
        try refresh()
        let left = Set(membersLeftOut(of: sealed).map(\.id))
        let shown = members.filter { hidden != nil || !left.contains($0.id) }
        return try take(
            sealed, about: people, deciding: shown.decisions(withholding: hidden ?? []),
            handingOver: handingOver)
    }
}

extension Case {
    /// Adds a person that everybody is asked about from whom the name is not kept.
    @discardableResult
    func addCheck(
        about person: ReportedPerson, withholdingFrom hidden: Set<CardID> = []
    ) throws(VaultError) -> (change: AccessChange, check: ConflictCheck.ID) {
        try vault.refresh()
        let added = try addCheck(
            about: person, deciding: vault.members.decisions(withholding: hidden))
        return (added.change, added.id)
    }
}
