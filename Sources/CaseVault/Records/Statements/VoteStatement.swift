// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A vote on one entry, as it is signed.
struct VoteStatement: BinaryCoding, Sendable {
    /// The entry: this version of it, and no correction.
    let entry: RecordID
    /// The vote.
    let vote: Vote

    func write(to writer: inout ByteWriter) {
        writer.raw(entry.raw)
        writer.u8(vote.number)
    }

    /// A vote.
    init(entry: RecordID, vote: Vote) {
        self.entry = entry
        self.vote = vote
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        entry = try RecordID.parse(&reader)
        let start = reader
        let number = try reader.u8()
        guard let vote = Vote.allCases.first(where: { $0.number == number }) else {
            throw start.failure(.unsupportedVersion)
        }
        self.vote = vote
    }
}
