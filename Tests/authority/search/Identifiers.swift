// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// All that the rules need of the library: names that can be compared. The search is compiled with
/// these in place of the library, so that it is built in seconds; the order of names is the same.
struct Bytes32: Hashable, Comparable, Sendable {
    static let zero = Bytes32(words: (0, 0, 0, 0))
    private let words: (UInt64, UInt64, UInt64, UInt64)

    private init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

    init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        func word(_ i: Int) -> UInt64 {
            bytes[8 * i..<8 * i + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
        words = (word(0), word(1), word(2), word(3))
    }

    static func == (a: Bytes32, b: Bytes32) -> Bool { a.words == b.words }
    static func < (a: Bytes32, b: Bytes32) -> Bool { a.words < b.words }
    func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

/// A name made by hashing, as in the library.
protocol Identifier: Hashable, Comparable, Sendable {
    var raw: Bytes32 { get }
}

extension Identifier {
    static func < (a: Self, b: Self) -> Bool { a.raw < b.raw }
}

struct CardID: Identifier { let raw: Bytes32 }
struct LogID: Identifier { let raw: Bytes32 }
struct RecordID: Identifier { let raw: Bytes32 }
