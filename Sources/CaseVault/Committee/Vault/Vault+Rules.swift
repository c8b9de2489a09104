// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Vault {
    /// What others set as rules beside today's, without knowing of them, nor of each other; empty
    /// as soon as somebody who has seen them decides by ``changeRules(_:)``.
    public var rulesSideBySide: [Rules] {
        guard let roster else { return [] }
        let log = roster.log.history
        let changes = log.counting(of: .rulesChanged)
        if changes.count < 2 { return [] }
        let ids = Set(changes.map(\.id))
        let graph = RecordGraph(log.order)
        let places = graph.order.indices.filter { ids.contains(graph.order[$0].id) }
        var others: [Rules] = []
        for n in graph.newest(of: places) {
            guard case .rulesChanged(let rules) = graph.order[places[n]].statement else { continue }
            let isNew = ([roster.rules] + others).allSatisfy { $0.json != rules.json }
            if isNew { others.append(rules) }
        }
        return others
    }

    /// Gives the committee other rules: a signed record in the roster.
    ///
    /// They hold from then on, for what is due, votes and newcomers; nothing that was done is
    /// undone. Of two changes made at the same time the one that comes last in the order of the
    /// log holds, the same on every computer; the other stays to be seen in ``rulesSideBySide``
    /// until somebody decides.
    ///
    /// - Parameter rules: The new rules; the same text as today's changes nothing, unless there is
    ///   something to decide.
    /// - Returns: What became of it.
    /// - Throws: `refused` for who is no active member; `incomplete`,
    ///   `fileSystem`, `diskFull`.
    public func changeRules(_ rules: Rules) throws(VaultError) -> AccessChange {
        try change { (transaction) throws(VaultError) in
            let roster = try activeRoster()
            let isSame = rules.json == roster.rules.json
            guard !isSame || !rulesSideBySide.isEmpty else { return }
            try transaction.add(.rulesChanged(rules), to: .roster(of: store.vault))
        }
    }
}
