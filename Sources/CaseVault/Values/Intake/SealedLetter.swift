// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// A sealed letter as bytes: slots, a commitment to the key, and a padded body.
///
/// Made with what TweetNaCl.js has, because a web page makes it; see Docs/INTAKE.md.
enum SealedLetter {
    /// The version byte.
    private static let version: UInt8 = 1
    /// Magic, version, exponent, commitment, nonce, ephemeral key.
    private static let fixedSize = 4 + 1 + 1 + 32 + PlainBoxSize.nonce + 32

    /// The size of what stands in front of the body.
    static func frontSize(_ exponent: UInt8) -> Int {
        fixedSize + PlainBoxSize.slot << Int(exponent)
    }

    /// What an opened letter holds.
    struct Opened {
        /// What stands in front of the body.
        let front: [UInt8]
        /// The body without its padding.
        let body: [UInt8]
        /// Its key.
        let key: FileKey
        /// Its nonce.
        let nonce: [UInt8]
        /// The base-2 logarithm of the number of slots.
        let exponent: UInt8
    }

    // MARK: - Sealing

    /// What stands in front of the body; it follows from key, nonce and recipients.
    ///
    /// - Returns: `nil` when a recipient's key cannot be used, or there are too many.
    static func front(
        _ kind: LetterKind, exponent: UInt8, key: FileKey, nonce: [UInt8], recipients: [Bytes32]
    ) -> [UInt8]? {
        let count = 1 << Int(exponent)
        guard recipients.count <= count else { return nil }
        let secret = SHA2.derive(Label.intakeEphemeral.message(), from: key)
        var slots: [[UInt8]] = []
        for recipient in recipients {
            guard let shared = PlainBox.shared(recipient, secret) else { return nil }
            slots.append(PlainBox.seal(key: key, nonce: nonce, shared: shared))
        }
        for number in recipients.count..<count {
            var place = ByteWriter()
            place.u32(UInt32(number))
            slots.append(
                SHA2.publicBytes(
                    PlainBoxSize.slot, Label.intakeDecoy.message(), from: key, place.bytes))
        }
        var writer = ByteWriter()
        writer.raw(kind.magic)
        writer.u8(version)
        writer.u8(exponent)
        writer.raw(commitment(to: key))
        writer.raw(nonce)
        writer.raw(PlainBox.publicHalf(of: secret))
        for slot in slots.sorted(by: { $0.lexicographicallyPrecedes($1) }) { writer.raw(slot) }
        return writer.bytes
    }

    /// Seals a body under a key that is used for nothing else.
    ///
    /// - Returns: `nil` when it is too large or a recipient's key cannot be used.
    static func seal(
        _ kind: LetterKind, exponent: UInt8, _ body: [UInt8], to recipients: [Bytes32],
        key: FileKey = .random(), nonce: [UInt8] = Random.bytes(PlainBoxSize.nonce),
        signedBy signing: SigningKey? = nil
    ) -> [UInt8]? {
        guard
            let front = front(
                kind, exponent: exponent, key: key, nonce: nonce, recipients: recipients)
        else { return nil }
        var body = body
        if let signing {
            body += signing.sign(signedBytes(front: front, unsigned: body)).bytes
        }
        guard let padded = pad(kind, body) else { return nil }
        return front + PlainBox.seal(padded.span, nonce: nonce, key: bodyKey(key, front))
    }

    /// What the holder of a receipt signs.
    static func signedBytes(front: [UInt8], unsigned body: [UInt8]) -> [UInt8] {
        Label.intakeSignature.message() + SHA2.sha512(front) + SHA2.sha512(body)
    }

    /// The commitment to a key.
    private static func commitment(to key: FileKey) -> [UInt8] {
        SHA2.publicBytes(32, Label.intakeCommitment.message(), from: key)
    }

    /// The key of the body: bound to all that stands in front of it.
    static func bodyKey(_ key: FileKey, _ front: [UInt8]) -> FileKey {
        SHA2.derive(Label.intakeBody.message(), from: key, SHA2.sha512(front))
    }

    /// A body with its length in front and zeros behind it; `nil` when it is too large.
    private static func pad(_ kind: LetterKind, _ body: [UInt8]) -> [UInt8]? {
        guard let size = kind.sizes.first(where: { body.count + 4 <= $0 }) else { return nil }
        var writer = ByteWriter()
        writer.blob(body)
        return writer.bytes + [UInt8](repeating: 0, count: size - writer.bytes.count)
    }

    // MARK: - Opening

    /// Opens a letter with a member's key.
    ///
    /// - Returns: `nil` when it is not for this key.
    /// - Throws: When it is no letter, or another than its maker sealed.
    static func open(
        _ kind: LetterKind, _ letter: [UInt8], with reader: BoxSecretKey
    ) throws(FormatError) -> Opened? {
        var bytes = ByteReader(letter)
        guard letter.count <= kind.mostBytes else { throw bytes.failure(.tooLarge) }
        guard try bytes.raw(4) == kind.magic else { throw bytes.failure(.malformed) }
        guard try bytes.u8() == version else { throw bytes.failure(.unsupportedVersion) }
        let exponent = try bytes.u8()
        guard kind.exponents.contains(exponent) else { throw bytes.failure(.malformed) }
        let commitment = try bytes.raw(32)
        let nonce = try bytes.raw(PlainBoxSize.nonce)
        let ephemeral = try bytes.bytes32()
        var slots: [[UInt8]] = []
        for _ in 0..<1 << Int(exponent) { slots.append(try bytes.raw(PlainBoxSize.slot)) }
        guard kind.sizes.contains(bytes.remaining - PlainBoxSize.overhead) else {
            throw bytes.failure(.truncated)
        }
        guard let shared = PlainBox.shared(ephemeral, reader: reader),
            let key = slots.lazy.compactMap({
                PlainBox.openKey($0, nonce: nonce, shared: shared)
            }).first
        else { return nil }
        // Before anything is decrypted: the cipher does not commit to its key.
        guard ConstantTime.equal(commitment.span, Self.commitment(to: key).span) else {
            throw bytes.failure(.malformed)
        }
        let front = Array(letter.prefix(frontSize(exponent)))
        let sealed = try bytes.raw(bytes.remaining)
        guard let padded = PlainBox.open(sealed, nonce: nonce, key: bodyKey(key, front)) else {
            throw bytes.failure(.malformed)
        }
        var inner = ByteReader(padded)
        let body = try inner.blob(atMost: padded.count)
        guard pad(kind, body) == padded else { throw inner.failure(.notCanonical) }
        return Opened(front: front, body: body, key: key, nonce: nonce, exponent: exponent)
    }
}
