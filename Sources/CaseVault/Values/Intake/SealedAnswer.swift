// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// An answer to the reporter, to mail or to put where everybody can see it.
///
/// All answers have one of two sizes, and say nothing about whom they are for.
public struct SealedAnswer: Sendable {
    /// The lines to send.
    public let text: String

    /// The most bytes of an answer.
    static let longestText = 60_000

    /// Seals an answer; `nil` when it is too long, or the report gave a key that cannot be used.
    init?(_ words: String, on day: Day, to reply: ReplyKeys) {
        guard words.utf8.count <= Self.longestText else { return nil }
        var body = ByteWriter()
        body.raw(reply.box)
        day.write(to: &body)
        body.text(words)
        guard
            let letter = SealedLetter.seal(.answer, exponent: 0, body.bytes, to: [reply.box])
        else { return nil }
        text = LetterText.armored(.answer, letter)
    }
}
