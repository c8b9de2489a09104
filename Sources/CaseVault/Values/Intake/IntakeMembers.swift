// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The list of members in a page for reports, as the page carries it.
struct IntakeMembers: Hashable, Sendable {
    /// A member on a page.
    struct Item: Hashable, Sendable {
        /// What a report is sealed to.
        let key: Bytes32
        /// The name.
        let name: String
        /// Where to send a report; empty if it is not said.
        let address: String
        /// A word on the member; empty if there is none.
        let word: String
    }

    /// The committee's name.
    let committee: String
    /// The day on which the page was made.
    let made: Day
    /// The last day of the page; `nil` if it has none.
    let until: Day?
    /// The members, as they are shown.
    let items: [Item]

    /// What the list begins with.
    private static let magic = Array("CVIM".utf8)
    /// The most members on a page.
    static let most = SealedReport.mostMembers
    /// The longest text in it.
    static let longestText = 400

    /// The identifier that reports name.
    var id: Bytes32 {
        Bytes32(Array(SHA2.sha512(Label.intakeMembers.message() + encoded).prefix(32))) ?? .zero
    }
}

// MARK: - BinaryCoding

extension IntakeMembers: BinaryCoding {
    func write(to writer: inout ByteWriter) {
        writer.raw(Self.magic)
        writer.u8(1)
        writer.text(committee)
        made.write(to: &writer)
        writer.optional(until) { $1.write(to: &$0) }
        writer.list(items) {
            $0.raw($1.key)
            $0.text($1.name)
            $0.text($1.address)
            $0.text($1.word)
        }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        let start = reader
        guard try reader.raw(4) == Self.magic else { throw start.failure(.malformed) }
        guard try reader.u8() == 1 else { throw start.failure(.unsupportedVersion) }
        committee = try reader.text(atMost: Self.longestText)
        made = try Day(parsing: &reader)
        until = try reader.optional { (reader) throws(FormatError) in try Day(parsing: &reader) }
        items = try reader.list(
            atMost: Self.most, ofAtLeast: Bytes32.count + 12
        ) { (reader) throws(FormatError) -> Item in
            Item(
                key: try reader.bytes32(), name: try reader.text(atMost: Self.longestText),
                address: try reader.text(atMost: Self.longestText),
                word: try reader.text(atMost: Self.longestText))
        }
    }
}
