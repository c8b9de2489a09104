// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The random two-word title of a case, such as "home shelf".
///
/// A code name says nothing about the people in the case, so it may be spoken in the committee
/// channel. Names are made from two word lists but read from any two words, because another
/// release may have other lists.
public struct CodeName: Hashable, Sendable {
    /// The two words, lower-case letters a–z only.
    public let words: [String]

    /// The most letters a word may have.
    static let longestWord = 24

    /// Takes two words that are already checked.
    private init(checked first: String, _ second: String) {
        words = [first, second]
    }

    /// Reads a code name as a person types it.
    ///
    /// The words may be joined by spaces or by one hyphen, in any case, with space around them.
    ///
    /// - Parameter text: what was typed.
    public init?(_ text: String) {
        // Two words, a separator and some space. More is not a name and is not worth folding.
        guard text.utf8.count <= 4 * Self.longestWord else { return nil }
        var words: [[UInt8]] = [[]]
        var hyphenated = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"):
                words[words.count - 1].append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                words[words.count - 1].append(byte | 0x20)
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                // Space after the hyphen would be a third way to write the same thing.
                if hyphenated, words.last?.isEmpty == true { return nil }
                if words.last?.isEmpty == false { words.append([]) }
            case UInt8(ascii: "-"):
                // A hyphen stands between two words, never in front.
                guard words.last?.isEmpty == false, words.count == 1 else { return nil }
                hyphenated = true
                words.append([])
            default:
                return nil
            }
        }
        if words.last?.isEmpty == true { words.removeLast() }
        guard words.count == 2,
            words.allSatisfy({ $0.count <= Self.longestWord })
        else { return nil }
        self.init(
            checked: String(decoding: words[0], as: UTF8.self),
            String(decoding: words[1], as: UTF8.self))
    }

    /// Picks a name that is not in use, every free name being equally likely.
    ///
    /// - Parameters:
    ///   - used: names that must not come up again.
    ///   - generator: the source of randomness.
    /// - Returns: a free name, or `nil` when every name is in use.
    static func random(
        excluding used: Set<CodeName>, using generator: inout some RandomNumberGenerator
    ) -> CodeName? {
        random(
            first: CodeNameFirstWords.all, second: CodeNameSecondWords.all,
            excluding: used, using: &generator)
    }

    /// Picks from given lists, so that a test can use lists short enough to run out.
    ///
    /// - Parameters:
    ///   - first: the candidates for the first word, each a–z and at most 24 letters.
    ///   - second: the candidates for the second word, the same.
    ///   - used: names that must not come up again.
    ///   - generator: the source of randomness.
    /// - Returns: a free name, or `nil` when every name is in use.
    static func random(
        first: [String], second: [String], excluding used: Set<CodeName>,
        using generator: inout some RandomNumberGenerator
    ) -> CodeName? {
        guard !first.isEmpty, !second.isEmpty else { return nil }
        // A committee has far fewer cases than names, so the first draw is nearly always free.
        for _ in 0..<64 {
            let name = CodeName(
                checked: first[Int.random(in: 0..<first.count, using: &generator)],
                second[Int.random(in: 0..<second.count, using: &generator)])
            if !used.contains(name) { return name }
        }
        // Many names are taken: draw among the free ones, which always ends.
        let free = first.flatMap { one in
            second.map { CodeName(checked: one, $0) }.filter { !used.contains($0) }
        }
        guard !free.isEmpty else { return nil }
        return free[Int.random(in: 0..<free.count, using: &generator)]
    }
}

// MARK: - CustomStringConvertible

extension CodeName: CustomStringConvertible {
    /// The two words with one space between them.
    public var description: String { words.joined(separator: " ") }
}

// MARK: - Comparable

extension CodeName: Comparable {
    /// Alphabetical order, by the first word and then the second.
    ///
    /// - Parameters:
    ///   - left: a name.
    ///   - right: another name.
    /// - Returns: whether `left` stands before `right` in a list.
    public static func < (left: CodeName, right: CodeName) -> Bool {
        left.words.lexicographicallyPrecedes(right.words)
    }
}
