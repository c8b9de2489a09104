// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A record whose signature was checked and whose body was parsed to its last byte.
///
/// What comes from the folder is made by `init(verifying:by:in:)`, once on a machine. A class,
/// because the same record is held by every file and log that it stands in.
final class VerifiedRecord: Sendable {
    /// The record.
    let record: Record
    /// What it says; `nil` if its body was taken out.
    let statement: Statement?
    /// The card of who said it.
    let author: MemberCard

    /// Whether its body was taken out.
    let isRedacted: Bool
    /// Whether the signature was checked on this machine; not so for what it has just signed.
    let isChecked: Bool
    /// The checks that a grant rests on; `nil` for anything else, and where a declaration in it
    /// is worth nothing.
    let declaredChecks: Set<LogID>?

    /// Checks author and signature and parses the body.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - author: Who is said to have signed it.
    ///   - vault: The vault.
    ///   - isSound: Whether the declarations in a grant are known to be good.
    /// - Throws: `badSignature`, and what the body is refused for.
    convenience init(
        verifying record: Record, by author: MemberCard, in vault: VaultID, isSound: Bool = false
    ) throws(FormatError) {
        guard record.isSigned(by: author, in: vault) else {
            throw FormatError(reason: .badSignature, offset: 0)
        }
        try self.init(trusted: record, by: author, in: vault, isSound: isSound)
    }

    /// Takes a record of which this machine remembers that it was checked, or that it just signed.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - author: Who signed it.
    ///   - vault: The vault.
    ///   - isSound: Whether the declarations in a grant were found good too.
    ///   - isChecked: Whether the signature was checked, now or before.
    /// - Throws: What the body is refused for.
    init(
        trusted record: Record, by author: MemberCard, in vault: VaultID, isSound: Bool = false,
        isChecked: Bool = true
    ) throws(FormatError) {
        self.record = record
        self.isChecked = isChecked
        self.author = author
        isRedacted = record.body == nil
        if let body = record.body {
            statement = try Statement(kind: record.kind, body: body.bytes)
        } else {
            statement = nil
        }
        if case .granted(let grant) = statement {
            declaredChecks = grant.declaredChecks(in: vault, trusting: isSound)
        } else {
            declaredChecks = nil
        }
    }

    /// Takes the body out of a record.
    private init(redacting record: VerifiedRecord) {
        self.record = record.record.redacted
        statement = nil
        isRedacted = true
        author = record.author
        isChecked = record.isChecked
        declaredChecks = nil
    }

    /// The same record without what it says.
    var redacted: VerifiedRecord {
        isRedacted ? self : VerifiedRecord(redacting: self)
    }

    /// What is attached to what it says.
    var attachments: [AttachmentNote] { isEntry ? statement?.attachments ?? [] : [] }

    /// The record's name.
    var id: RecordID { record.id }

    /// What kind of statement it is.
    var kind: RecordKind { record.kind }

    /// Whether this is the first record of its log.
    var isRoot: Bool { record.kind.starts != nil }
}
