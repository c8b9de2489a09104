// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The first record of a conflict check: who may see the name. The name itself follows in a
/// record of its own, so that it can be erased without losing who the readers are.
struct CheckStart: BinaryCoding, Sendable {
    /// The members who are asked, ascending by identifier.
    let readers: [MemberCard]
    /// The members who were deliberately left out, ascending. Whoever is in neither list joined
    /// later.
    let withheld: [CardID]
    /// The hash of what ties it to its case; tells nothing without that.
    let tag: Bytes32

    /// A check for these members.
    init(readers: [MemberCard], withheld: Set<CardID>, tag: Bytes32) {
        self.readers = readers.sorted { $0.id < $1.id }
        self.withheld = withheld.sorted()
        self.tag = tag
    }

    func write(to writer: inout ByteWriter) {
        writer.list(readers)
        writer.list(withheld) { $0.raw($1.raw) }
        writer.raw(tag)
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        readers = try reader.cards()
        withheld = try reader.people()
        tag = try reader.bytes32()
    }
}
