// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The first record of a register row.
struct RowStart: BinaryCoding, Sendable {
    /// The case's title.
    let codeName: CodeName
    /// The members who see the row, ascending by identifier.
    let readers: [MemberCard]
    /// The hash of what ties it to its case; tells nothing without that.
    let tag: Bytes32

    /// A row for these members.
    init(codeName: CodeName, readers: [MemberCard], tag: Bytes32) {
        self.codeName = codeName
        self.readers = readers.sorted { $0.id < $1.id }
        self.tag = tag
    }

    func write(to writer: inout ByteWriter) {
        codeName.write(to: &writer)
        writer.list(readers)
        writer.raw(tag)
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        codeName = try CodeName(parsing: &reader)
        readers = try reader.cards()
        tag = try reader.bytes32()
    }
}

extension CodeName: BinaryCoding {
    func write(to writer: inout ByteWriter) { writer.text(description) }

    /// Reads two words in their one written form.
    init(parsing reader: inout ByteReader) throws(FormatError) {
        let start = reader
        let text = try reader.text(atMost: 64)
        guard let name = CodeName(text), name.description == text else {
            throw start.failure(.notCanonical)
        }
        self = name
    }
}
