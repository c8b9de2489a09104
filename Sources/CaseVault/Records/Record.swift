// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// One immutable statement in a log, signed by its author.
///
/// A value of this type was parsed strictly; its signature is checked by `verified(by:in:)`,
/// the only maker of a `VerifiedRecord`.
struct Record: Sendable {
    /// The log it belongs to.
    let log: LogID
    /// What kind of statement it is.
    let kind: RecordKind
    /// The card of who signed it.
    let author: CardID
    /// The newest records that the author held of this log, ascending.
    let parents: [RecordID]
    /// The day on which the author says that it was written. Decides nothing.
    let day: Day
    /// The statement, in the binary form that `kind` prescribes.
    let body: [UInt8]
    /// The author's signature over vault and content.
    let signature: Signature64
    /// The hash of content and signature.
    let id: RecordID

    /// The largest body in bytes.
    static let bodyLimit = 4 << 20
    /// The most parents.
    static let parentLimit = 4096
    /// The fewest bytes of a record.
    static let smallestSize = 32 + 1 + 32 + 4 + 4 + 4 + 64

    /// Signs a new record.
    init(
        log: LogID, kind: RecordKind, parents: [RecordID], day: Day, body: [UInt8],
        vault: VaultID, author: MemberKey
    ) {
        self.log = log
        self.kind = kind
        self.author = author.card.id
        self.parents = parents.sorted()
        self.day = day
        self.body = body
        let content = Self.content(
            log: log, kind: kind, author: author.card.id, parents: self.parents, day: day,
            body: body)
        signature = author.signing.sign(Self.message(vault: vault, content: content))
        id = Self.id(content: content, signature: signature)
    }

    /// Everything that is signed but the vault.
    private static func content(
        log: LogID, kind: RecordKind, author: CardID, parents: [RecordID], day: Day, body: [UInt8]
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw(log.raw)
        writer.u8(kind.rawValue)
        writer.raw(author.raw)
        writer.list(parents) { $0.raw($1.raw) }
        writer.u32(UInt32(bitPattern: day.daysSince1970))
        writer.blob(body)
        return writer.bytes
    }

    /// What is signed: label, vault and content.
    private static func message(vault: VaultID, content: [UInt8]) -> [UInt8] {
        var writer = Label.recordSignature.writer
        writer.raw(vault.raw)
        writer.raw(content)
        return writer.bytes
    }

    /// The hash that names a record.
    private static func id(content: [UInt8], signature: Signature64) -> RecordID {
        var writer = Label.recordID.writer
        writer.raw(content)
        writer.raw(signature.bytes)
        return RecordID(raw: BLAKE2b.hash(writer.bytes))
    }

    /// The size of the binary form in bytes.
    var size: Int { Self.smallestSize + parents.count * Bytes32.count + body.count }

    /// Whether `card` is the author's and the signature is right for this vault.
    func isSigned(by card: MemberCard, in vault: VaultID) -> Bool {
        guard card.id == author else { return false }
        let content = Self.content(
            log: log, kind: kind, author: author, parents: parents, day: day, body: body)
        return card.verifyKey.verify(signature, Self.message(vault: vault, content: content))
    }
}

// MARK: - BinaryCoding

extension Record: BinaryCoding {
    func write(to writer: inout ByteWriter) {
        writer.raw(
            Self.content(
                log: log, kind: kind, author: author, parents: parents, day: day, body: body))
        writer.raw(signature.bytes)
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        log = try LogID.parse(&reader)
        let atKind = reader
        guard let kind = RecordKind(rawValue: try reader.u8()) else {
            throw atKind.failure(.unsupportedVersion)
        }
        self.kind = kind
        author = try CardID.parse(&reader)
        parents = try reader.ascendingList(atMost: Self.parentLimit, ofAtLeast: 32) {
            (reader) throws(FormatError) in try RecordID.parse(&reader)
        }
        day = try Day(parsing: &reader)
        body = try reader.blob(atMost: Self.bodyLimit)
        let atSignature = reader
        guard let signature = Signature64(try reader.raw(64)) else {
            throw atSignature.failure(.truncated)
        }
        self.signature = signature
        id = Self.id(
            content: Self.content(
                log: log, kind: kind, author: author, parents: parents, day: day, body: body),
            signature: signature)
    }
}

extension Day: BinaryCoding {
    /// 0001-01-01 to 9999-12-31.
    private static let range: ClosedRange<Int32> = -719_162...2_932_896

    func write(to writer: inout ByteWriter) { writer.u32(UInt32(bitPattern: daysSince1970)) }

    /// Reads a day between the years 1 and 9999.
    init(parsing reader: inout ByteReader) throws(FormatError) {
        let start = reader
        let days = Int32(bitPattern: try reader.u32())
        guard Self.range.contains(days) else { throw start.failure(.malformed) }
        self.init(daysSince1970: days)
    }
}
