// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The case has one more check.
///
/// The check's first record stands in it, so that the case file alone shows whether the check is
/// one and was made for this case by whoever links it. A link to anything else asks nobody, or one
/// reader could keep everybody out with it.
struct CheckLink: BinaryCoding, Sendable {
    /// The check's first record.
    let root: Record
    /// What ties the check to the case.
    let bond: Bond

    /// A link to a check.
    init(root: Record, bond: Bond) {
        self.root = root
        self.bond = bond
    }

    func write(to writer: inout ByteWriter) {
        root.write(to: &writer)
        writer.raw(bond.raw)
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        root = try Record(parsing: &reader)
        bond = Bond(raw: try reader.bytes32())
    }

    /// Which check it is.
    ///
    /// - Parameters:
    ///   - file: The case.
    ///   - author: Who links it.
    ///   - vault: The vault.
    /// - Returns: The check, if it was made for that case by that author; otherwise `nil`.
    func check(of file: LogID, by author: MemberCard, in vault: VaultID) -> LogID? {
        guard root.kind == .checkStarted, root.isSigned(by: author, in: vault),
            let body = root.body,
            case .checkStarted(let start)? = try? Statement(kind: root.kind, body: body.bytes),
            start.tag == bond.tag(linkedTo: file)
        else { return nil }
        return root.log
    }
}
