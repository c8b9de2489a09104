// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Forty digits that a person typed while their owner read them aloud.
///
/// What is compared with them, a `Fingerprint` or a `CommitteeCode`, comes from the library and is
/// only shown. There is no way from one to the other: a program that confirmed a card with the
/// digits of that same card would compare nothing.
public struct SpokenDigits: Sendable {
    /// The digits, with no spaces.
    private let digits: String

    /// Takes what a person typed: forty digits; spaces and hyphens do not count.
    ///
    /// - Parameter text: The text as it was typed, never something that this library handed out.
    /// - Throws: `badInput` when there are not forty digits.
    public init(typed text: String) throws(VaultError) {
        // Forty digits and some space; more is not worth looking at.
        guard text.utf8.count <= 1024 else { throw .notAFingerprint }
        let digits = text.filter { !$0.isWhitespace && $0 != "-" }
        guard digits.utf8.count == 40, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw .notAFingerprint }
        self.digits = digits
    }

    /// Which of the eight groups of five digits are other ones in a fingerprint, from 1.
    public func groups(unlike fingerprint: Fingerprint) -> [Int] {
        groups(unlike: fingerprint.digits)
    }

    /// Which of the eight groups of five digits are other ones in a committee code, from 1.
    public func groups(unlike code: CommitteeCode) -> [Int] { groups(unlike: code.value.digits) }

    /// The same of digits.
    private func groups(unlike other: String) -> [Int] {
        let (typed, other) = (Array(digits.utf8), Array(other.utf8))
        return (0..<8).filter { group in
            let range = group * 5..<group * 5 + 5
            return typed[range] != other[range]
        }.map { $0 + 1 }
    }

    /// Whether these are the digits of a card.
    func match(_ card: MemberCard) -> Bool { digits == card.fingerprint.digits }

    /// Whether these are the digits of a committee code.
    func match(_ code: CommitteeCode) -> Bool { digits == code.value.digits }
}
