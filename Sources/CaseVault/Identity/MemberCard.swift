// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The public half of a member key: a display name and one public key, signed by its owner.
///
/// What is signed with the key's secret half is checked with it, and what only the owner may open
/// is sealed to its X25519 half, which follows from it. So nobody can put somebody else's sealing
/// key on a card of their own.
///
/// A card can be sent by mail. It proves nothing about who sent it; that is what the spoken
/// fingerprint is for.
public struct MemberCard: Hashable, Sendable {
    /// What a card says. One object for each card, because thousands of records name the same few.
    private final class Parts: Sendable {
        /// See ``MemberCard/name``.
        let name: String
        /// See ``MemberCard/id``.
        let id: CardID
        /// See `MemberCard.verifyKey`.
        let verifyKey: VerifyKey
        /// See `MemberCard.boxKey`; kept, because a conversion costs half a multiplication.
        let boxKey: BoxPublicKey
        /// See `MemberCard.signature`.
        let signature: Signature64

        /// Puts the parts together.
        init(name: String, id: CardID, verifyKey: VerifyKey, signature: Signature64) {
            self.name = name
            self.id = id
            self.verifyKey = verifyKey
            boxKey = verifyKey.boxKey
            self.signature = signature
        }
    }

    /// What the card says.
    private let parts: Parts

    /// The name that colleagues see, at most 200 bytes of UTF-8.
    public var name: String { parts.name }
    /// Identifier of name and key together.
    public var id: CardID { parts.id }
    /// Checks what the member signs.
    var verifyKey: VerifyKey { parts.verifyKey }
    /// What is sealed to this key only the member can open.
    var boxKey: BoxPublicKey { parts.boxKey }
    /// The owner's signature over name and key.
    var signature: Signature64 { parts.signature }

    /// The longest display name, in bytes of UTF-8.
    static let nameLimit = 200

    /// Signs a new card.
    init(name: String, signing: SigningKey) {
        let unsigned = Self.unsigned(name: name, signing.verifyKey.raw)
        var message = Label.cardSignature.writer
        message.raw(unsigned)
        parts = Parts(
            name: name, id: Self.id(of: unsigned), verifyKey: signing.verifyKey,
            signature: signing.sign(message.bytes))
    }

    /// Forty digits to read aloud, so that both sides know that they hold the same card.
    public var fingerprint: Fingerprint { Fingerprint(digitsOf: Label.fingerprint.message(id.raw)) }

    /// What the owner signs: name and key.
    private static func unsigned(name: String, _ key: Bytes32) -> [UInt8] {
        var writer = ByteWriter()
        writer.text(name)
        writer.raw(key)
        return writer.bytes
    }

    /// The identifier of a card: independent of the signature, of which there can be several.
    private static func id(of unsigned: [UInt8]) -> CardID {
        var message = Label.cardID.writer
        message.raw(unsigned)
        return CardID(raw: BLAKE2b.hash(message.bytes))
    }

    /// Whether two cards are the same: name and key are. One owner can sign one card in
    /// several ways; that makes no second person.
    public static func == (a: MemberCard, b: MemberCard) -> Bool { a.id == b.id }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }

    /// Whether a different card is sealed to by the same key, as one with another name is.
    func sharesKey(with other: MemberCard) -> Bool { id != other.id && boxKey == other.boxKey }
}

// MARK: - BinaryCoding

extension MemberCard: BinaryCoding {
    /// The fewest bytes of a card: one letter, a key, a signature.
    static let smallestSize = 4 + 1 + 32 + 64

    /// How many bytes this card has.
    var size: Int { Self.smallestSize - 1 + name.utf8.count }

    func write(to writer: inout ByteWriter) {
        writer.raw(Self.unsigned(name: name, verifyKey.raw))
        writer.raw(signature.bytes)
    }

    /// Reads a card; refuses a weak key, unusable names and wrong signatures.
    init(parsing reader: inout ByteReader) throws(FormatError) {
        let start = reader
        let name = try reader.text(atMost: Self.nameLimit)
        let key = try reader.bytes32()
        let signatureBytes = try reader.raw(64)
        let unsigned = Self.unsigned(name: name, key)
        let hash = BLAKE2b.hash(unsigned + signatureBytes)
        if let known = VerifiedCards.find(hash) {
            self = known
            return
        }
        guard DisplayName.isValid(name) else { throw start.failure(.malformed) }
        guard let verifyKey = VerifyKey(validating: key) else {
            throw start.failure(.badPublicKey)
        }
        guard let signature = Signature64(signatureBytes) else {
            throw start.failure(.truncated)
        }
        var message = Label.cardSignature.writer
        message.raw(unsigned)
        guard verifyKey.verify(signature, message.bytes) else {
            throw start.failure(.badSignature)
        }
        parts = Parts(
            name: name, id: Self.id(of: unsigned), verifyKey: verifyKey, signature: signature)
        VerifiedCards.remember(self, hash)
    }
}

// MARK: - Text form

extension MemberCard {
    /// The card in one line of ASCII, to send by mail or chat.
    public var text: String { CardText.start + Base64URL.encode(encoded) }

    /// Reads a card from its text, or from a mail around it, with its lines wrapped or quoted.
    ///
    /// - Throws: `notACard` when there is no card in it, or several, or it was changed;
    ///   `newerVersion`.
    public init(text: String) throws(VaultError) {
        try self.init(text: text, path: nil)
    }

    /// Reads a card's text; `path` is where it came from.
    init(text: String, path: String?) throws(VaultError) {
        guard text.utf8.count <= CardText.limit else { throw .notACard(path) }
        let found = CardText(text)
        var cards: [MemberCard] = []
        for candidates in found.candidates {
            for bytes in candidates {
                guard let card = try? MemberCard(wholly: bytes) else { continue }
                if !cards.contains(card) { cards.append(card) }
                break
            }
        }
        guard let card = cards.first else {
            throw found.isNewer ? .newerVersion(path) : .notACard(path)
        }
        // Which of them is meant, only a person knows.
        guard cards.count == 1 else { throw .severalCards(path) }
        self = card
    }
}
