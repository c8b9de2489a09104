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
    case removed([CardID])
    indirect case rulesChanged(Rules)
    case was(CardID)
    // Conflict check.
    case checkStarted(CheckStart)
    case named(ReportedPerson)
    case declared(DeclarationStatement)
    // Register row.
    case rowStarted(RowStart)
    case rowChanged(RowChange)
    // Check and row.
    case opened(Opening)
    // Case file.
    case caseStarted(CaseStart)
    indirect case reported(ReportStatement)
    case entered(EntryStatement)
    case checkLinked(CheckLink)
    case granted(Grant)
    // Also check and row.
    case revoked([CardID])
    case invited(MemberCard)
    case voted(VoteStatement)
    // Any log: records that are gone for good count as held.
    case gapAccepted([RecordID])
    // Check, row and case file: texts that are gone for good.
    case erased(Erasure)
    // Case file: nothing of it may be erased.
    case held
    // Any log: acts of others that count for me, and my leaving with the acts of mine that stay.
    case counted([RecordID])
    case left([RecordID])
    // Case file: links and holds that are over.
    case ended(Ending)

    /// The most records that are named as counted, staying or erased.
    static let longListLimit = 65_536
    /// The most records that other kinds can name.
    static let listLimit = 4096

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
        case .caseStarted: .caseStarted
        case .reported: .reported
        case .entered: .entered
        case .checkLinked: .checkLinked
        case .granted: .granted
        case .revoked: .revoked
        case .invited: .invited
        case .voted: .voted
        case .gapAccepted: .gapAccepted
        case .erased: .erased
        case .held: .held
        case .was: .was
        case .counted: .counted
        case .left: .left
        case .ended: .ended
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
        case .ended(let value): value.write(to: &writer)
        case .gapAccepted(let records), .counted(let records), .left(let records):
            writer.list(records.sorted()) { $0.raw($1.raw) }
        case .removed(let cards), .revoked(let cards):
            writer.list(cards.sorted()) { $0.raw($1.raw) }
        case .confirmed(let card), .was(let card): writer.raw(card.raw)
        case .held: break
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
        case .removed: self = .removed(try reader.removedPeople())
        case .rulesChanged: self = .rulesChanged(try Rules(parsing: &reader))
        case .checkStarted: self = .checkStarted(try CheckStart(parsing: &reader))
        case .named: self = .named(try ReportedPerson(parsing: &reader))
        case .declared: self = .declared(try DeclarationStatement(parsing: &reader))
        case .rowStarted: self = .rowStarted(try RowStart(parsing: &reader))
        case .rowChanged: self = .rowChanged(try RowChange(parsing: &reader))
        case .opened: self = .opened(try Opening(parsing: &reader))
        case .caseStarted: self = .caseStarted(try CaseStart(parsing: &reader))
        case .reported: self = .reported(try ReportStatement(parsing: &reader))
        case .entered: self = .entered(try EntryStatement(parsing: &reader))
        case .checkLinked: self = .checkLinked(try CheckLink(parsing: &reader))
        case .granted: self = .granted(try Grant(parsing: &reader))
        case .revoked: self = .revoked(try reader.removedPeople())
        case .invited: self = .invited(try MemberCard(parsing: &reader))
        case .voted: self = .voted(try VoteStatement(parsing: &reader))
        case .gapAccepted: self = .gapAccepted(try reader.recordIDs())
        case .erased: self = .erased(try Erasure(parsing: &reader))
        case .held: self = .held
        case .was: self = .was(try CardID.parse(&reader))
        case .counted:
            self = .counted(try reader.recordIDs(atMost: Statement.longListLimit))
        case .left: self = .left(try reader.recordIDs(atMost: Statement.longListLimit))
        case .ended: self = .ended(try Ending(parsing: &reader))
        }
        try reader.expectEnd()
    }
}
