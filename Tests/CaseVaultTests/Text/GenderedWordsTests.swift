// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

struct GenderedWordsTests {
    @Test(arguments: GenderedWords.all) func findsEachWordInAnyCase(_ word: String) {
        #expect(GenderedWords.found(in: "Seen, \(word.uppercased()).").contains(word))
    }

    @Test(arguments: [
        "The theme of the other human: they themselves.", "Shed, herd, mankind, sonnet.", "",
    ]) func findsNoPartOfAWord(_ text: String) {
        #expect(GenderedWords.found(in: text).isEmpty)
    }

    @Test func givesThemInTheOrderOfTheList() {
        #expect(GenderedWords.found(in: "her, she and him") == ["him", "she", "her"])
    }
}
