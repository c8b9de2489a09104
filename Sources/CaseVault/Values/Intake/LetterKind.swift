// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The two kinds of sealed letters: a report to members, and an answer to the reporter.
enum LetterKind: String, CaseIterable, Sendable {
    /// From outside to members whom the reporter chose.
    case report = "CVIR"
    /// From the committee to whoever holds a receipt.
    case answer = "CVIA"

    /// What a letter of this kind begins with.
    var magic: [UInt8] { Array(rawValue.utf8) }

    /// The sizes that the padded body can have, so that the size says next to nothing.
    var sizes: [Int] {
        switch self {
        case .report: [16 << 10, 128 << 10, 1 << 20, 6 << 20]
        case .answer: [4 << 10, 64 << 10]
        }
    }

    /// The base-2 logarithms that the number of slots can have.
    var exponents: ClosedRange<UInt8> {
        switch self {
        case .report: 3...6
        case .answer: 0...0
        }
    }

    /// The word in the lines around the text form.
    var word: String {
        switch self {
        case .report: "REPORT"
        case .answer: "ANSWER"
        }
    }

    /// The most bytes of a letter.
    var mostBytes: Int {
        SealedLetter.frontSize(exponents.upperBound) + PlainBoxSize.overhead + (sizes.last ?? 0)
    }
}

/// Sizes of boxes, for whoever counts bytes and opens none.
enum PlainBoxSize {
    /// What a box is longer than its content.
    static let overhead = 16
    /// A nonce.
    static let nonce = 24
    /// A key in a box.
    static let slot = 48
}
