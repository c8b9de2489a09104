// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The first record of a case file. The starter is its first reader.
struct CaseStart: BinaryCoding, Sendable {
    /// The case's title.
    let codeName: CodeName
    /// Who started the case.
    let starter: MemberCard
    /// The case's line in the register.
    let row: BoundLog
    /// The conflict checks at the start, one for each reported person, ascending.
    let checks: [BoundLog]

    /// The most checks that a case starts with.
    static let checkLimit = 256

    /// A new case.
    init(codeName: CodeName, starter: MemberCard, row: BoundLog, checks: [BoundLog]) {
        self.codeName = codeName
        self.starter = starter
        self.row = row
        self.checks = checks.sorted()
    }

    func write(to writer: inout ByteWriter) {
        codeName.write(to: &writer)
        starter.write(to: &writer)
        row.write(to: &writer)
        writer.list(checks)
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        codeName = try CodeName(parsing: &reader)
        starter = try MemberCard(parsing: &reader)
        row = try BoundLog(parsing: &reader)
        checks = try reader.ascendingList(atMost: Self.checkLimit, ofAtLeast: 64) {
            (reader) throws(FormatError) in try BoundLog(parsing: &reader)
        }
    }
}
