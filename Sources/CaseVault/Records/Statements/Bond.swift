// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Random bytes that tie a row or a check to one case.
///
/// The case names row or check together with the bond, and the first record of row or check holds
/// a hash of it, its *tag*. So whoever reads both sees that they belong together, and the tag tells
/// nothing to anybody else. What a case names and what does not fit it is nothing to the case.
struct Bond: Hashable, Sendable {
    /// The bytes.
    let raw: Bytes32

    /// Takes the bytes.
    init(raw: Bytes32) { self.raw = raw }

    /// A new bond.
    static func random() -> Bond { Bond(raw: Random.bytes32()) }

    /// The tag of what a case names in its first record: nobody else than the author of the tag
    /// can name it in a case.
    func tag(by author: CardID) -> Bytes32 {
        BLAKE2b.hash(Label.bond.message(raw, author.raw))
    }

    /// The tag of a check that is linked to a case later: no other case can link it.
    func tag(linkedTo file: LogID) -> Bytes32 {
        BLAKE2b.hash(Label.linkBond.message(raw, file.raw))
    }
}

/// A row or a check as the first record of a case names it.
struct BoundLog: Hashable, Comparable, BinaryCoding, Sendable {
    /// The row or check.
    let log: LogID
    /// What ties it to the case.
    let bond: Bond

    /// A row or check with its bond.
    init(log: LogID, bond: Bond) {
        self.log = log
        self.bond = bond
    }

    /// Whether the first record of the log that is named was made for a case by `author`, as a
    /// row or as a check.
    func fits(_ root: VerifiedRecord, as kind: LogKind, by author: CardID) -> Bool {
        guard root.record.author == author, root.kind.starts == kind else { return false }
        let tag = bond.tag(by: author)
        return switch root.statement {
        case .checkStarted(let start): start.tag == tag
        case .rowStarted(let start): start.tag == tag
        default: false
        }
    }

    func write(to writer: inout ByteWriter) {
        writer.raw(log.raw)
        writer.raw(bond.raw)
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        log = try LogID.parse(&reader)
        bond = Bond(raw: try reader.bytes32())
    }

    /// Orders by the log alone: nothing is named twice.
    static func < (a: BoundLog, b: BoundLog) -> Bool { a.log < b.log }
}
