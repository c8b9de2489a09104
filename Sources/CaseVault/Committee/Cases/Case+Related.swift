// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Case {
    /// Other cases that you read and that are about the same person, by code name.
    ///
    /// People are the same if a name or another name of theirs is, in any case and spacing. What
    /// you do not read is not looked at.
    ///
    /// - Throws: `notForYou`, `firstLookNeeded`.
    public var related: [Case] {
        get throws(VaultError) {
            let names = vault.foldedNames(in: try viewAfterFirstLook())
            return vault.readableCases.filter { view in
                view.log.id != log && !names.isDisjoint(with: vault.foldedNames(in: view))
            }.map { Case(vault: vault, id: $0.log.id) }
                .sorted { ($0.codeName, $0.id) < ($1.codeName, $1.id) }
        }
    }
}

extension Case {
    /// The outcomes that stand side by side: none corrects another, and none was written by
    /// somebody who knew of another. Empty unless there are at least two.
    ///
    /// A later outcome, or a correction of one by the other, decides.
    ///
    /// - Throws: `notForYou`, `firstLookNeeded`.
    public var outcomesSideBySide: [Entry] {
        get throws(VaultError) {
            let view = try viewAfterFirstLook()
            let outcomes = try entries().filter { $0.kind == .outcome && !$0.isCorrected }
            guard outcomes.count > 1 else { return [] }
            let graph = RecordGraph(view.log.history.order)
            let places = outcomes.compactMap { graph.index[RecordID($0.id)] }
            let newest = graph.newest(of: places)
            return newest.count > 1 ? newest.map { outcomes[$0] } : []
        }
    }
}

extension Vault {
    /// The names of the people that a case is about, as they are compared.
    fileprivate func foldedNames(in view: CaseView) -> Set<String> {
        let people = checks(of: view).compactMap(checkView).flatMap(\.people)
        return Set(people.flatMap(\.allNames).map(TextFolding.fold))
            .subtracting([""])
    }
}
