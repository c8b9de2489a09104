// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What a record says, as a value: one case for each kind of record.
///
/// The large ones are indirect, and rare: all others would take as much room.
enum Statement: Sendable {
    // Roster.
    indirect case founded(Founding)
    case admitted(Admission)
    case confirmed(CardID)
    case removed(CardID)
    indirect case rulesChanged(Rules)
    // Conflict check.
    case checkStarted(CheckStart)
    case named(ReportedPerson)
    case declared(DeclarationStatement)
    // Register row.
    case rowStarted(RowStart)
    case rowChanged(RowChange)
    // Check and row.
    case opened(Opening)
    case withheld(CardID)
    // Case file.
    case caseStarted(CaseStart)
    indirect case reported(ReportStatement)
    case entered(EntryStatement)
    indirect case checkLinked(CheckLink)
    case granted(Grant)
    case revoked(CardID)
    case recused
    case invited(MemberCard)
    case voted(VoteStatement)
    // Check, row and case file.
    case expelled(CardID)
    // Any log: records that are gone for good count as held.
    case gapAccepted([RecordID])
    // Check, row and case file: texts that are gone for good.
    case erased(Erasure)
    // Case file: whether nothing of it may be erased.
    case held(Bool)

    /// The number that the format has for this statement.
    var kind: RecordKind {
        switch self {
        case .founded: .founded
        case .admitted: .admitted
        case .confirmed: .confirmed
        case .removed: .removed
        case .rulesChanged: .rulesChanged
        case .checkStarted: .checkStarted
        case .named: .named
        case .declared: .declared
        case .rowStarted: .rowStarted
        case .rowChanged: .rowChanged
        case .opened: .opened
        case .withheld: .withheld
        case .caseStarted: .caseStarted
        case .reported: .reported
        case .entered: .entered
        case .checkLinked: .checkLinked
        case .granted: .granted
        case .revoked: .revoked
        case .recused: .recused
        case .invited: .invited
        case .voted: .voted
        case .expelled: .expelled
        case .gapAccepted: .gapAccepted
        case .erased: .erased
        case .held: .held
        }
    }

    /// How the text of an entry was made of a file.
    var intake: Intake {
        switch self {
        case .reported(let report): report.intake
        case .entered(let entry): entry.intake
        default: Intake()
        }
    }

    /// What is attached to this statement.
    var attachments: [AttachmentNote] {
        switch self {
        case .reported(let report): report.attachments
        case .entered(let entry): entry.attachments
        default: []
        }
    }

    /// The body of a record that says this.
    var body: [UInt8] {
        var writer = ByteWriter()
        switch self {
        case .founded(let value): value.write(to: &writer)
        case .admitted(let value): value.write(to: &writer)
        case .rulesChanged(let value): value.write(to: &writer)
        case .checkStarted(let value): value.write(to: &writer)
        case .named(let value): value.write(to: &writer)
        case .declared(let value): value.write(to: &writer)
        case .rowStarted(let value): value.write(to: &writer)
        case .rowChanged(let value): value.write(to: &writer)
        case .opened(let value): value.write(to: &writer)
        case .caseStarted(let value): value.write(to: &writer)
        case .reported(let value): value.write(to: &writer)
        case .entered(let value): value.write(to: &writer)
        case .checkLinked(let value): value.write(to: &writer)
        case .granted(let value): value.write(to: &writer)
        case .invited(let value): value.write(to: &writer)
        case .voted(let value): value.write(to: &writer)
        case .erased(let value): value.write(to: &writer)
        case .held(let isOn): writer.bool(isOn)
        case .gapAccepted(let records): writer.list(records.sorted()) { $0.raw($1.raw) }
        case .confirmed(let card), .removed(let card), .withheld(let card), .revoked(let card),
            .expelled(let card):
            writer.raw(card.raw)
        case .recused: break
        }
        return writer.bytes
    }

    /// Reads a body of the given kind, to its last byte.
    init(kind: RecordKind, body: [UInt8]) throws(FormatError) {
        var reader = ByteReader(body)
        switch kind {
        case .founded: self = .founded(try Founding(parsing: &reader))
        case .admitted: self = .admitted(try Admission(parsing: &reader))
        case .confirmed: self = .confirmed(try CardID.parse(&reader))
        case .removed: self = .removed(try CardID.parse(&reader))
        case .rulesChanged: self = .rulesChanged(try Rules(parsing: &reader))
        case .checkStarted: self = .checkStarted(try CheckStart(parsing: &reader))
        case .named: self = .named(try ReportedPerson(parsing: &reader))
        case .declared: self = .declared(try DeclarationStatement(parsing: &reader))
        case .rowStarted: self = .rowStarted(try RowStart(parsing: &reader))
        case .rowChanged: self = .rowChanged(try RowChange(parsing: &reader))
        case .opened: self = .opened(try Opening(parsing: &reader))
        case .withheld: self = .withheld(try CardID.parse(&reader))
        case .caseStarted: self = .caseStarted(try CaseStart(parsing: &reader))
        case .reported: self = .reported(try ReportStatement(parsing: &reader))
        case .entered: self = .entered(try EntryStatement(parsing: &reader))
        case .checkLinked: self = .checkLinked(try CheckLink(parsing: &reader))
        case .granted: self = .granted(try Grant(parsing: &reader))
        case .revoked: self = .revoked(try CardID.parse(&reader))
        case .recused: self = .recused
        case .invited: self = .invited(try MemberCard(parsing: &reader))
        case .voted: self = .voted(try VoteStatement(parsing: &reader))
        case .expelled: self = .expelled(try CardID.parse(&reader))
        case .gapAccepted: self = .gapAccepted(try reader.recordIDs())
        case .erased: self = .erased(try Erasure(parsing: &reader))
        case .held: self = .held(try reader.bool())
        }
        try reader.expectEnd()
    }
}
