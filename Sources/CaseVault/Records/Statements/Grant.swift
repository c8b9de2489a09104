// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// One more person may read a case, with the declarations that this rests on.
struct Grant: BinaryCoding, Sendable {
    /// Who may read the case from now on.
    let card: MemberCard
    /// The person's own signed "no conflict" for every check of the case, verbatim, ordered by
    /// check.
    let declarations: [Record]
    /// The removals of this person that the grant lifts, ascending.
    let lifts: [RecordID]

    /// A grant.
    init(card: MemberCard, declarations: [Record], lifts: [RecordID]) {
        self.card = card
        self.declarations = declarations.sorted { $0.log < $1.log }
        self.lifts = lifts.sorted()
    }

    func write(to writer: inout ByteWriter) {
        card.write(to: &writer)
        writer.list(declarations)
        writer.list(lifts) { $0.raw($1.raw) }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        card = try MemberCard(parsing: &reader)
        let start = reader
        declarations = try reader.list(atMost: 4096, ofAtLeast: Record.smallestSize) {
            (reader) throws(FormatError) in try Record(parsing: &reader)
        }
        guard zip(declarations, declarations.dropFirst()).allSatisfy({ $0.log < $1.log }) else {
            throw start.failure(.notCanonical)
        }
        lifts = try reader.recordIDs()
    }

    /// The checks on which the person declared "no conflict", signed in this vault; `nil` if the
    /// grant embeds anything else.
    ///
    /// - Parameters:
    ///   - vault: The vault.
    ///   - areSigned: Whether this machine looked before and they were all good.
    /// - Returns: The checks.
    func declaredChecks(in vault: VaultID, areSigned: Bool) -> Set<LogID>? {
        var declared: Set<LogID> = []
        for record in declarations {
            guard record.kind == .declared,
                areSigned || record.isSigned(by: card, in: vault), let body = record.body,
                let statement = try? Statement(kind: record.kind, body: body.bytes),
                case .declared(let declaration) = statement, declaration.answer == .noConflict
            else { return nil }
            declared.insert(record.log)
        }
        return declared
    }
}
