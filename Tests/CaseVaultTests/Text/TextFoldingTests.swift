// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// A name is found however it was typed, and only as a whole word.
struct TextFoldingTests {
    @Test(arguments: [
        ("Robin Example", "robin example"), ("  ROBIN \t\n Example ", "robin example"),
        ("Rob\u{200B}in\u{202E} Ex\u{AD}ample", "robin example"),
        ("Re\u{301}ne", "r\u{E9}ne"), ("Straße", "strasse"), ("ＲＯＢＩＮ", "robin"),
        ("Rоbin", "robin"), ("ΡΟΒΙΝ", "pobiv"), ("O\u{2019}Doe", "o'doe"), ("e\u{FB03}", "effi"),
        ("Robin\u{A0}Example", "robin example"), ("Robin\u{2028}Example", "robin example"),
        ("Rob\u{0}in", "robin"), ("", ""), (" \u{200B} ", ""), ("İ", "i\u{307}"), ("日本", "日本"),
    ])
    func folds(_ text: String, _ folded: String) {
        #expect(Array(TextFolding.fold(text).utf8) == Array(folded.utf8))
    }

    @Test func foldingTwiceChangesNothing() {
        var generator = SeededRandom(21)
        let pool = Array("aÀéßΣσςІİıﬁ \u{301}\u{323}\u{200D}\u{202A}-'Ж漢ＡⅣ".unicodeScalars)
        for _ in 0..<5_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0..<12, using: &generator) {
                text.append(pool[Int.random(in: 0..<pool.count, using: &generator)])
            }
            let once = TextFolding.fold(String(text))
            #expect(Array(TextFolding.fold(once).utf8) == Array(once.utf8), "\(text) (seed 21)")
        }
    }

    @Test(arguments: [
        ("Robin", "I met Robin.", true), ("robin", "ROBIN: hello", true),
        ("Robin", "Robinson", false),
        ("Robin", "xRobin", false), ("Robin", "Robin2", false), ("Robin", "robin\u{301}", false),
        ("Robin Example", "robin\n   example came", true), ("Robin", "Rоbin (Cyrillic o)", true),
        ("Robin", "Robinson and Robin", true), ("", "anything", false), ("\u{200B}", "x", false),
        ("aa", "aaa aa", true), ("aa", "aaa", false), ("@robin", "mail @robin now", true),
        ("Robin", "", false), ("Robin", "Robin's", true), ("Robin", "_Robin_", true),
    ])
    func findsWholeWords(_ name: String, _ text: String, _ found: Bool) {
        #expect(TextFolding.containsWord(name, in: text) == found)
    }

    @Test func searchWorkIsLinear() throws {
        // The worst text for a naive search: nearly a match at every place.
        let finder = try #require(WordFinder(String(repeating: "a", count: 1_000) + "b"))
        for size in [10_000, 20_000, 40_000] {
            var steps = 0
            let text = [Unicode.Scalar](repeating: "a", count: size)
            #expect(!finder.occurs(inFolded: text, countingSteps: &steps))
            // A naive search would take about a thousand steps a letter here.
            #expect(steps <= 2 * size)
        }
    }

    @Test func composes() {
        #expect(Array(TextFolding.nfc("e\u{301}").utf8) == Array("\u{E9}".utf8))
    }
}

/// Names that mix alphabets are known.
struct LookAlikesTests {
    @Test(arguments: [
        ("Sam Palmer", false), ("Ѕam Palmer", true), ("Аlex", true), ("Сергей Иванов", false),
        ("Ελένη Doe", false), ("Doe\u{3B1}", true), ("René Müller", false), ("李雷 Lee", false),
        ("O'Neil-Сергей", false), ("", false), ("3\u{430}", false), ("№ª", false),
    ])
    func mixedWordsAreFound(_ name: String, _ isMixed: Bool) {
        #expect(LookAlikes.mixAlphabets(in: name) == isMixed)
    }
}
