// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The first record of a vault: who founds it, its name and its rules.
struct Founding: BinaryCoding, Sendable {
    /// The founder, the first member.
    let founder: MemberCard
    /// The committee's name.
    let committee: String
    /// The rules at the start.
    let rules: Rules

    /// The longest committee name in bytes of UTF-8.
    static let committeeLimit = 200

    /// A founding.
    init(founder: MemberCard, committee: String, rules: Rules) {
        self.founder = founder
        self.committee = committee
        self.rules = rules
    }

    func write(to writer: inout ByteWriter) {
        founder.write(to: &writer)
        writer.text(committee)
        rules.write(to: &writer)
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        founder = try MemberCard(parsing: &reader)
        committee = try reader.text(atMost: Self.committeeLimit)
        rules = try Rules(parsing: &reader)
    }
}
