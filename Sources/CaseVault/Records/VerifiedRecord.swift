// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A record whose signature was checked and whose body was parsed to its last byte.
///
/// What comes from the folder is checked once on a machine. A class, because the same record is
/// held by every file and log that it is in.
final class VerifiedRecord: Sendable {
    /// The record.
    let record: Record
    /// What it says; `nil` if its body was taken out.
    let statement: Statement?
    /// The card of who said it.
    let author: MemberCard

    /// Whether its body was taken out.
    let isRedacted: Bool
    /// What was checked; the signature not of what this machine has just signed.
    let checked: Checked
    /// The checks that a grant rests on; `nil` for anything else, and where a declaration in it
    /// is worth nothing.
    let declaredChecks: Set<LogID>?

    /// Checks author and signature, parses the body, and looks at the declarations in a grant.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - author: Who is said to have signed it.
    ///   - vault: The vault.
    ///   - checked: What this machine knows already.
    /// - Throws: `badSignature`, and what the body is refused for.
    convenience init(
        _ record: Record, by author: MemberCard, in vault: VaultID, checked: Checked = []
    ) throws(FormatError) {
        if !checked.contains(.signatures) {
            guard record.isSigned(by: author, in: vault) else {
                throw FormatError(reason: .badSignature, offset: 0)
            }
        }
        try self.init(
            parsing: record, by: author, in: vault, checked: checked.union(.signatures))
    }

    /// Takes a record that this machine has just signed, on declarations that it looked at.
    ///
    /// - Throws: What the body is refused for.
    convenience init(
        signed record: Record, by author: MemberCard, in vault: VaultID
    ) throws(FormatError) {
        try self.init(parsing: record, by: author, in: vault, checked: .declarations)
    }

    /// Parses the body.
    private init(
        parsing record: Record, by author: MemberCard, in vault: VaultID, checked: Checked
    ) throws(FormatError) {
        self.record = record
        self.author = author
        isRedacted = record.body == nil
        if let body = record.body {
            statement = try Statement(kind: record.kind, body: body.bytes)
        } else {
            statement = nil
        }
        // A founding names its author, or the roster would be the work of nobody in it.
        if case .founded(let founding) = statement,
            !founding.founders.contains(where: { $0.id == record.author })
        {
            throw FormatError(reason: .malformed, offset: 0)
        }
        // Nobody takes themselves out by a removal: who goes says what stays.
        switch statement {
        case .removed(let people), .revoked(let people):
            guard !people.contains(record.author) else {
                throw FormatError(reason: .malformed, offset: 0)
            }
        default: break
        }
        if case .granted(let grant) = statement {
            declaredChecks = grant.declaredChecks(
                in: vault, areSigned: checked.contains(.declarations))
            self.checked =
                declaredChecks == nil
                ? checked.subtracting(.declarations) : checked.union(.declarations)
        } else {
            declaredChecks = nil
            self.checked = checked.union(.declarations)
        }
    }

    /// Takes the body out of a record.
    private init(redacting record: VerifiedRecord) {
        self.record = record.record.redacted
        statement = nil
        isRedacted = true
        author = record.author
        checked = record.checked
        declaredChecks = nil
    }

    /// The same record without what it says.
    var redacted: VerifiedRecord {
        isRedacted ? self : VerifiedRecord(redacting: self)
    }

    /// What is attached to what it says.
    var attachments: [AttachmentNote] { isEntry ? statement?.attachments ?? [] : [] }

    /// How its text was made of a file.
    var intake: Intake { isEntry ? statement?.intake ?? Intake() : Intake() }

    /// The record's name.
    var id: RecordID { record.id }

    /// What kind of statement it is.
    var kind: RecordKind { record.kind }

    /// Whether this is the first record of its log.
    var isRoot: Bool { record.kind.starts != nil }
}
