// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What is kept of a case that was erased: enough to count it in a transparency report.
public struct CaseSkeleton: Hashable, Sendable {
    /// The day on which the report was received.
    public let receivedOn: Day?
    /// How it came in.
    public let channel: Report.Channel?
    /// The day on which the reporter was first answered.
    public let acknowledgedOn: Day?
    /// The response of the last outcome: empty if it states none, `nil` if there is none.
    public let response: String?
    /// The day on which the register began to say "resolved"; `nil` if it did not.
    public let resolvedOn: Day?
    /// The days on which further reports of the case were received.
    public let furtherReports: [Day]
    /// How many votes were held.
    public let votes: Int
    /// How many of them reached the quorum of the rules.
    public let votesWithQuorum: Int

    /// A skeleton of known parts.
    init(
        receivedOn: Day?, channel: Report.Channel?, acknowledgedOn: Day?, response: String?,
        resolvedOn: Day?, furtherReports: [Day] = [], votes: Int = 0, votesWithQuorum: Int = 0
    ) {
        self.receivedOn = receivedOn
        self.channel = channel
        self.acknowledgedOn = acknowledgedOn
        self.response = response
        self.resolvedOn = resolvedOn
        self.furtherReports = Array(furtherReports.prefix(Self.mostReports))
        self.votes = min(votes, Self.mostVotes)
        self.votesWithQuorum = min(votesWithQuorum, self.votes)
    }

    /// The most further reports that are kept.
    private static let mostReports = 4096
    /// The most votes that are kept.
    private static let mostVotes = 65_535
}

// MARK: - BinaryCoding

extension CaseSkeleton: BinaryCoding {
    func write(to writer: inout ByteWriter) {
        writer.optional(receivedOn) { $1.write(to: &$0) }
        writer.optional(channel) { $0.u8($1.number) }
        writer.optional(acknowledgedOn) { $1.write(to: &$0) }
        writer.optional(response) { $0.text($1) }
        writer.optional(resolvedOn) { $1.write(to: &$0) }
        // At the end of a body; nothing is written as nothing at all.
        if furtherReports.isEmpty, votes == 0 { return }
        writer.list(furtherReports) { $1.write(to: &$0) }
        writer.u16(UInt16(clamping: votes))
        writer.u16(UInt16(clamping: votesWithQuorum))
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        receivedOn = try Self.day(&reader)
        channel = try reader.optional { (reader) throws(FormatError) in
            let start = reader
            guard let channel = Report.Channel(number: try reader.u8()) else {
                throw start.failure(.unsupportedVersion)
            }
            return channel
        }
        acknowledgedOn = try Self.day(&reader)
        response = try reader.optional { (reader) throws(FormatError) in
            try reader.text(atMost: EntryStatement.responseLimit)
        }
        resolvedOn = try Self.day(&reader)
        guard reader.remaining > 0 else {
            (furtherReports, votes, votesWithQuorum) = ([], 0, 0)
            return
        }
        let tail = reader
        furtherReports = try reader.list(atMost: Self.mostReports, ofAtLeast: 4) {
            (reader) throws(FormatError) in try Day(parsing: &reader)
        }
        votes = Int(try reader.u16())
        votesWithQuorum = Int(try reader.u16())
        guard votesWithQuorum <= votes else { throw tail.failure(.malformed) }
        if furtherReports.isEmpty, votes == 0 { throw tail.failure(.notCanonical) }
    }

    /// Reads a day, where there is one.
    private static func day(_ reader: inout ByteReader) throws(FormatError) -> Day? {
        try reader.optional { (reader) throws(FormatError) in try Day(parsing: &reader) }
    }
}
