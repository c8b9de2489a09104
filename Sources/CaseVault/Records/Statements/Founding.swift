// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The first record of a vault: who founds it, its name and its rules.
struct Founding: BinaryCoding, Sendable {
    /// Random bytes, so that no two vaults have one identifier.
    let salt: Bytes32
    /// The founder, the first member.
    let founder: MemberCard
    /// The committee's name.
    let committee: String
    /// The rules at the start.
    let rules: Rules

    /// The longest committee name in bytes of UTF-8.
    static let committeeLimit = 200

    /// A founding with new random bytes.
    init(founder: MemberCard, committee: String, rules: Rules) {
        salt = Random.bytes32()
        self.founder = founder
        self.committee = committee
        self.rules = rules
    }

    /// The vault's identifier: a hash, so that nobody else can be its founder.
    func vaultID(founder author: MemberCard) -> VaultID {
        var message = Label.vaultID.writer
        message.raw(author.id.raw)
        message.raw(BLAKE2b.hash(encoded))
        return VaultID(raw: BLAKE2b.hash(message.bytes))
    }

    func write(to writer: inout ByteWriter) {
        writer.raw(salt)
        founder.write(to: &writer)
        writer.text(committee)
        rules.write(to: &writer)
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        salt = try reader.bytes32()
        founder = try MemberCard(parsing: &reader)
        committee = try reader.text(atMost: Self.committeeLimit)
        rules = try Rules(parsing: &reader)
    }
}
