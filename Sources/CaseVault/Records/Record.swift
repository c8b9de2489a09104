// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// One immutable statement in a log, signed by its author.
///
/// A value of this type was parsed strictly; its signature is checked by `isSigned(by:in:)`, and
/// `VerifiedRecord` is what was checked. The body can be taken out, see `stripped`: what is
/// signed and hashed is its hash.
struct Record: Sendable {
    /// The log it belongs to; of a first record the one that it starts, whose name is its hash.
    let log: LogID
    /// What kind of statement it is.
    let kind: RecordKind
    /// The card of who signed it.
    let author: CardID
    /// The newest records that the author held of this log, ascending.
    let parents: [RecordID]
    /// The day on which the author says that it was written. Decides nothing.
    let day: Day
    /// The hash of the body, which stays when the body is taken out.
    let bodyHash: Bytes32
    /// The author's signature over vault and header.
    let signature: Signature64
    /// What it says; `nil` if that was taken out.
    private(set) var body: RecordBody?
    /// The hash of the header; of several signatures of one header any does.
    let id: RecordID

    /// The largest body in bytes.
    static let bodyLimit = 4 << 20
    /// The most parents.
    static let parentLimit = 4096
    /// The fewest bytes of a record.
    static let smallestSize = 32 + 1 + 32 + 4 + 4 + 32 + 64 + 1

    /// Signs a new record of a log.
    init(
        log: LogID, kind: RecordKind, parents: [RecordID], day: Day, body: [UInt8],
        vault: VaultID, author: MemberKey, salt: Bytes32 = Random.bytes32()
    ) {
        precondition(kind.starts == nil, "a first record starts a log of its own")
        self.init(
            in: log, kind: kind, parents: parents, day: day,
            body: RecordBody(salt: salt, bytes: body), vault: vault, author: author)
    }

    /// Signs the first record of a new log; which one follows from all of it.
    init(
        starting kind: RecordKind, day: Day, body: [UInt8], vault: VaultID, author: MemberKey,
        salt: Bytes32 = Random.bytes32()
    ) {
        precondition(kind.starts != nil, "only some records start a log")
        self.init(
            in: nil, kind: kind, parents: [], day: day,
            body: RecordBody(salt: salt, bytes: body), vault: vault, author: author)
    }

    /// Signs the first record of a new vault; which one follows from all of it.
    static func founding(
        _ founding: Founding, day: Day, by author: MemberKey, salt: Bytes32 = Random.bytes32()
    ) -> (record: Record, vault: VaultID) {
        let record = Record(
            in: nil, kind: .founded, parents: [], day: day,
            body: RecordBody(salt: salt, bytes: founding.encoded), vault: nil, author: author)
        return (record, vault(foundedBy: record.header))
    }

    /// Signs a record; where there is no vault yet, for the one that it founds.
    private init(
        in log: LogID?, kind: RecordKind, parents: [RecordID], day: Day, body: RecordBody,
        vault: VaultID?, author: MemberKey
    ) {
        self.kind = kind
        self.author = author.card.id
        self.parents = parents.sorted()
        self.day = day
        self.body = body
        bodyHash = body.hash
        let header = Self.header(
            log: log, kind: kind, author: author.card.id, parents: self.parents, day: day,
            bodyHash: bodyHash)
        id = Self.id(of: header)
        self.log = log ?? Self.log(startedBy: kind, header: header)
        signature = author.signing.sign(
            Self.message(vault: vault ?? Self.vault(foundedBy: header), header: header))
    }

    /// The same record without its body: who, when and after what, but not what.
    var redacted: Record {
        var record = self
        record.body = nil
        return record
    }

    /// Everything that is signed but the vault; a first record has zeros in place of the log.
    private static func header(
        log: LogID?, kind: RecordKind, author: CardID, parents: [RecordID], day: Day,
        bodyHash: Bytes32
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw((log ?? .unnamed).raw)
        writer.u8(kind.rawValue)
        writer.raw(author.raw)
        writer.list(parents) { $0.raw($1.raw) }
        writer.u32(UInt32(bitPattern: day.daysSince1970))
        writer.raw(bodyHash)
        return writer.bytes
    }

    /// This record's header.
    private var header: [UInt8] {
        Self.header(
            log: kind.starts == nil ? log : nil, kind: kind, author: author, parents: parents,
            day: day, bodyHash: bodyHash)
    }

    /// The vault that a first record of a roster founds.
    private static func vault(foundedBy header: [UInt8]) -> VaultID {
        VaultID(raw: BLAKE2b.hash(Label.vaultID.writer.bytes + header))
    }

    /// The log that a first record starts.
    private static func log(startedBy kind: RecordKind, header: [UInt8]) -> LogID {
        kind.starts == .roster
            ? .roster(of: vault(foundedBy: header)) : LogID(raw: Self.id(of: header).raw)
    }

    /// What is signed: label, vault and header.
    private static func message(vault: VaultID, header: [UInt8]) -> [UInt8] {
        var writer = Label.recordSignature.writer
        writer.raw(vault.raw)
        writer.raw(header)
        return writer.bytes
    }

    /// The hash of a header, which names a record.
    private static func id(of header: some Sequence<UInt8>) -> RecordID {
        RecordID(raw: BLAKE2b.hash(Label.recordID.writer.bytes + header))
    }

    /// The size of the binary form in bytes.
    var size: Int {
        Self.smallestSize + parents.count * Bytes32.count + (body?.size ?? 0)
    }

    /// Whether `card` is the author's, the signature is right for this vault, and the body, where
    /// there is one, is the signed one.
    func isSigned(by card: MemberCard, in vault: VaultID) -> Bool {
        guard card.id == author else { return false }
        if let body, body.hash != bodyHash { return false }
        return card.verifyKey.verify(signature, Self.message(vault: vault, header: header))
    }
}

// MARK: - BinaryCoding

extension Record: BinaryCoding {
    func write(to writer: inout ByteWriter) {
        writer.raw(header)
        writer.raw(signature.bytes)
        writer.optional(body) { $1.write(to: &$0) }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        let start = reader
        let named = try LogID.parse(&reader)
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
        bodyHash = try reader.bytes32()
        // There is only one form, so what was read is what would be written.
        let header = reader.bytes(since: start)
        id = Self.id(of: header)
        // A first record cannot name its log, nor can it follow anything.
        guard (kind.starts == nil) == (named != .unnamed), kind.starts == nil || parents.isEmpty
        else { throw start.failure(.malformed) }
        log = kind.starts == nil ? named : Self.log(startedBy: kind, header: Array(header))
        let atSignature = reader
        guard let signature = Signature64(try reader.raw(64)) else {
            throw atSignature.failure(.truncated)
        }
        self.signature = signature
        let atBody = reader
        body = try reader.optional { (reader) throws(FormatError) in
            try RecordBody(parsing: &reader)
        }
        guard body != nil || kind.isErasable else { throw atBody.failure(.malformed) }
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
