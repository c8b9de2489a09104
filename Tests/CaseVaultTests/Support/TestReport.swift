// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@testable import CaseVault

/// A sealed report as a page makes it, of which every part can be another.
struct TestReport {
    /// The receipt.
    var receipt: [UInt8] = Array(0..<16)
    /// The id of the page's list.
    var page = Self.secret(7)
    /// 1 a report, 2 a further message.
    var kind: UInt8 = 1
    /// The day on the reporter's computer.
    var day = Day(daysSince1970: 20000)
    /// Who can open it.
    var recipients: [Bytes32] = []
    /// Who must not read it.
    var leftOut: [Bytes32] = []
    /// Who else must not.
    var others = ""
    /// Whom it is about.
    var about = "Alex Doe; adoe"
    /// The fields.
    var fields: [(UInt8, String)] = [(1, "yes"), (9, "Hall")]
    /// What happened.
    var text = "It happened."
    /// Names, types and bytes of files.
    var files: [(String, String, [UInt8])] = [("a.txt", "text/plain", Array("abc".utf8))]
    /// What stands behind the last value of the body.
    var trailing: [UInt8] = []
    /// The base-2 logarithm of the number of slots.
    var exponent: UInt8 = 3
    /// The key of the letter.
    var fileKey = Self.fileKey(Self.secret(4).bytes)
    /// The nonce.
    var nonce = Array(Self.secret(9).bytes.prefix(24))
    /// Who has slots; `nil` is the recipients.
    var slotsFor: [Bytes32]?

    /// The first 32 bytes of the hash of one byte, as Docs/INTAKE.md has them.
    static func secret(_ number: UInt8) -> Bytes32 {
        Bytes32(Array(SHA2.sha512([number]).prefix(32))) ?? .zero
    }

    /// 32 bytes as a key.
    static func fileKey(_ bytes: [UInt8]) -> FileKey {
        guard let key = FileKey(copying: bytes.span) else { preconditionFailure("32 bytes") }
        return key
    }

    /// The public half of a secret.
    static func publicHalf(_ secret: Bytes32) -> Bytes32 {
        PlainBox.publicHalf(of: fileKey(secret.bytes))
    }

    /// The pair of a secret.
    static func pair(_ secret: Bytes32) throws -> BoxSecretKey {
        try BoxSecretKey(
            secret: SecretBytes(copying: secret.bytes.span),
            publicKey: BoxPublicKey(trusted: publicHalf(secret)))
    }

    /// What follows from the receipt.
    private func fromReceipt(_ purpose: String) -> [UInt8] {
        let label = Array("casevault/1 \(purpose)".utf8)
        return Array(SHA2.sha512([UInt8(label.count)] + label + receipt).prefix(32))
    }

    /// The pair that answers are sealed to.
    func answerPair() throws -> BoxSecretKey {
        try Self.pair(try #require(Bytes32(fromReceipt("intake box"))))
    }

    /// The pair that signs.
    func signingKey() throws -> SigningKey {
        try SigningKey(seed: SecretBytes(copying: fromReceipt("intake signing").span))
    }

    /// The body without its signature.
    func body() throws -> [UInt8] {
        var writer = ByteWriter()
        writer.raw(page)
        writer.raw(try signingKey().verifyKey.raw)
        writer.raw(try answerPair().publicKey.raw)
        writer.u8(kind)
        day.write(to: &writer)
        for list in [recipients, leftOut] { writer.list(list.sorted()) { $0.raw($1) } }
        writer.text(others)
        writer.text(about)
        writer.list(fields) {
            $0.u8($1.0)
            $0.text($1.1)
        }
        writer.text(text)
        writer.list(files) {
            $0.text($1.0)
            $0.text($1.1)
            $0.blob($1.2)
        }
        writer.raw(trailing)
        return writer.bytes
    }

    /// The letter.
    func sealed() throws -> [UInt8] { try sealed(body: body()) }

    /// The letter with another body, signed as it is.
    func sealed(body: [UInt8]) throws -> [UInt8] {
        try #require(
            SealedLetter.seal(
                .report, exponent: exponent, body, to: slotsFor ?? recipients, key: fileKey,
                nonce: nonce, signedBy: signingKey()))
    }

    /// The lines of the letter.
    func armored() throws -> String { LetterText.armored(.report, try sealed()) }
}
