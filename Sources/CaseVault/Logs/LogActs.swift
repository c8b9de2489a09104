// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What the rules about people look at in one log. It stays the same object as long as nothing is
/// added, so that nobody works out anew what follows from it.
final class LogActs: Sendable {
    /// A row or a check that a case names.
    struct Part: Sendable {
        /// Its log.
        let log: LogID
        /// Who names it.
        let author: CardID
        /// The tag of a first record that was made for this.
        let tag: Bytes32
    }

    /// Which log.
    let log: LogID
    /// All of them, in the order of the log; without what has no meaning in a log of this kind.
    let all: [AuthorityRecord]
    /// What of it is taken in where nobody wrote too much, and who did.
    let intake: IntakeLimit.Intake
    /// The first of them, if it is here.
    let root: (author: CardID, root: AuthorityRoot)?
    /// The rows and checks that it names, if it is a case.
    let parts: [Part]

    /// Looks at a log.
    ///
    /// - Parameters:
    ///   - log: Which.
    ///   - all: What its records do, in the order of the log.
    ///   - known: Who was ever let in; `nil` as long as its first record is not here.
    init(log: LogID, _ all: [AuthorityRecord], by known: Set<CardID>?) {
        self.log = log
        self.all = all
        intake = Self.intake(of: all, by: known)
        let roots = all.lazy.compactMap { act -> (author: CardID, root: AuthorityRoot)? in
            if case .starts(let root) = act.act { (act.author, root) } else { nil }
        }
        root = roots.first
        parts = root?.root.kind == .caseFile ? Self.parts(of: all) : []
    }

    /// What a case names.
    private static func parts(of acts: [AuthorityRecord]) -> [Part] {
        acts.flatMap { act -> [Part] in
            switch act.act {
            case .starts(let root):
                (root.checks + [root.row].compactMap(\.self)).map {
                    Part(log: $0.log, author: act.author, tag: $0.tag)
                }
            case .links(let link): [Part(log: link.check, author: act.author, tag: link.tag)]
            default: []
            }
        }
    }

    /// What a log takes in. Of one whose first record is not here only what people say about
    /// themselves: a conflict counts before anybody knows whose check it is.
    private static func intake(
        of acts: [AuthorityRecord], by known: Set<CardID>?
    ) -> IntakeLimit.Intake {
        if let known { return IntakeLimit().intake(of: acts, by: known) }
        var intake = IntakeLimit.Intake()
        intake.kept = acts.filter { if case .declares = $0.act { true } else { false } }
        return intake
    }

    /// All logs, with what an act adds to some of them.
    struct Table: Sendable {
        /// The logs as they are.
        private let books: [LogID: LogBook]
        /// Those that an act changes.
        private let changed: [LogID: LogRecords]

        /// Puts what an act changes before what there is.
        init(_ books: [LogID: LogBook], changed: [LogID: LogRecords] = [:]) {
            self.books = books
            self.changed = changed
        }

        /// What the rules look at in a log.
        subscript(id: LogID) -> LogActs? { (changed[id] ?? books[id]?.records)?.acts }

        /// The logs that are here.
        var ids: Set<LogID> { Set(books.keys).union(changed.keys) }
    }

    /// Whether nothing was added and nothing is gone: a record's name covers all that it says.
    func isSame(as other: LogActs) -> Bool {
        self === other
            || (all.count == other.all.count && zip(all, other.all).allSatisfy { $0.id == $1.id })
    }

    /// Whether a row or check that a case names, names the case too.
    func isFor(_ part: Part) -> Bool {
        root.map { $0.author == part.author && $0.root.tag == part.tag } ?? false
    }

    /// What of the log is taken in; what this computer knew stays.
    func taken(_ memory: StandingMemory) -> IntakeLimit.Intake {
        intake.excessive.isEmpty ? intake : IntakeLimit().intake(of: all, knownBefore: memory.known)
    }

    /// What restricts somebody and was known before its author wrote too much: signed like what
    /// counts, so that a new computer knows it too.
    ///
    /// - Parameters:
    ///   - me: Who signs; what they signed before is left out.
    ///   - excessive: Who wrote too much.
    ///   - memory: What this computer knew.
    /// - Returns: The records.
    func unsignedRestrictions(
        by me: CardID, of excessive: [CardID], _ memory: StandingMemory
    ) -> Set<RecordID> {
        if excessive.isEmpty { return [] }
        let authors = Set(excessive)
        var (restrictions, signed): (Set<RecordID>, Set<RecordID>) = ([], [])
        for act in all {
            if case .counts(let ids) = act.act, act.author == me { signed.formUnion(ids) }
            if act.isRestriction, act.author != me, authors.contains(act.author),
                memory.known.contains(act.id)
            {
                restrictions.insert(act.id)
            }
        }
        return restrictions.subtracting(signed)
    }
}
