// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A case that you read: a handle, to look at and to act on.
///
/// Everything that releases text of the case needs the first look: see `people` and
/// `takeFirstLook`. Whoever started the case has looked.
public struct Case: Identifiable {
    /// Names a case.
    public typealias ID = TypedID<Named.ACase>

    /// The vault that the case is in.
    let vault: Vault
    /// The log that the case is.
    let log: LogID

    /// A case of a vault.
    init(vault: Vault, id: LogID) {
        self.vault = vault
        log = id
    }

    /// Which case.
    public var id: ID { ID(log) }

    /// The case as it is now.
    ///
    /// - Throws: `notForYou` when it is not, or no longer, open to you.
    func view() throws(VaultError) -> CaseView { try vault.caseView(log) }

    /// The random two-word title; a placeholder once the case is closed to you.
    public var codeName: CodeName {
        (try? vault.caseViewForGranting(log))?.codeName ?? CodeName.closed
    }

    /// Four digits that tell apart two cases of one code name: the same as in the register.
    public var disambiguation: String {
        CaseView.disambiguation(of: (try? vault.caseViewForGranting(log))?.start.row.log ?? log)
    }

    /// Who reads the case today, by name; empty once it is closed to you.
    public var readers: [MemberCard] {
        ((try? view())?.log.history.readerCards ?? []).sorted {
            ($0.name, $0.id) < ($1.name, $1.id)
        }
    }

    // MARK: - First look

    /// The people named in the case: shown before anything else of it is.
    ///
    /// - Throws: `notForYou`.
    public var people: [PersonInCase] {
        get throws(VaultError) {
            let view = try view()
            var people: [PersonInCase] = []
            for check in vault.checks(of: view) {
                for person in vault.checkView(check)?.people ?? [] {
                    people.append(
                        PersonInCase(
                            name: person.name, aliases: person.aliases, role: .reportedPerson))
                }
            }
            for record in view.entryRecords {
                guard case .reported(let statement) = record.statement else { continue }
                people += statement.report.peopleBesides
            }
            return people
        }
    }

    /// Whether the people were shown and the question answered on this computer.
    public var hasTakenFirstLook: Bool { vault.store.seen.firstLooks.contains(log) }

    /// Whether I started the case.
    var isStartedByMe: Bool { vault.store.logs[log]?.history.root?.author.id == vault.me.id }

    /// Answers, once, whether you have a conflict with anybody named in the case.
    ///
    /// A conflict recuses you before you have read anything; it is recorded in the case only.
    ///
    /// - Throws: `notForYou`, `lastReader`, `fileSystem`, `diskFull`.
    public func takeFirstLook(_ answer: ConflictAnswer) throws(VaultError) -> AccessChange {
        _ = try view()
        guard answer == .noConflict else { return try recuse() }
        if vault.store.seen.firstLooks.insert(log).inserted { try vault.store.saveSeen() }
        return AccessChange()
    }

    /// The case as it is now, for calls that release its text.
    ///
    /// - Throws: `notForYou`, `firstLookNeeded`.
    func viewAfterFirstLook() throws(VaultError) -> CaseView {
        let view = try view()
        guard hasTakenFirstLook else { throw .firstLookNeeded }
        return view
    }
}

extension CodeName {
    /// What a handle shows whose case is closed to its holder.
    static var closed: CodeName {
        guard let name = CodeName("closed case") else { preconditionFailure("two words") }
        return name
    }
}
