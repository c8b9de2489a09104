// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The first record of a vault: who found it, its name and its rules.
struct Founding: BinaryCoding, Sendable {
    /// The founders, the first members, ascending. Whoever signs is one of them.
    let founders: [MemberCard]
    /// The committee's name.
    let committee: String
    /// The rules at the start.
    let rules: Rules

    /// The longest committee name in bytes of UTF-8.
    static let committeeLimit = 200
    /// The most founders.
    static let founderLimit = 30

    /// A founding.
    init(founders: [MemberCard], committee: String, rules: Rules) {
        self.founders = founders.sorted { $0.id < $1.id }
        self.committee = committee
        self.rules = rules
    }

    func write(to writer: inout ByteWriter) {
        writer.list(founders)
        writer.text(committee)
        rules.write(to: &writer)
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        let start = reader
        founders = try reader.cards()
        guard (1...Self.founderLimit).contains(founders.count) else {
            throw start.failure(.malformed)
        }
        committee = try reader.text(atMost: Self.committeeLimit)
        rules = try Rules(parsing: &reader)
    }
}
