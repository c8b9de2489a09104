// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A member's own answer to one check. There is no field for a reason.
struct DeclarationStatement: BinaryCoding, Sendable {
    /// The answer.
    let answer: ConflictAnswer
    /// The member's earlier declarations that this one replaces, ascending.
    let replaces: [RecordID]

    /// An answer.
    init(answer: ConflictAnswer, replaces: [RecordID]) {
        self.answer = answer
        self.replaces = replaces.sorted()
    }

    func write(to writer: inout ByteWriter) {
        writer.u8(answer == .conflict ? 1 : 0)
        writer.list(replaces) { $0.raw($1.raw) }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        answer = try reader.bool() ? .conflict : .noConflict
        replaces = try reader.recordIDs()
    }
}
