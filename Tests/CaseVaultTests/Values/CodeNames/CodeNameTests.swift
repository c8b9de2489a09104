// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// What a code name is, how it is read and how it is drawn.
struct CodeNameTests {
    @Test(arguments: [
        "home shelf", "home-shelf", "Home Shelf", "HOME-SHELF", "  home shelf ", "home   shelf",
        "home\tshelf\n",
    ])
    func readsWhatPeopleType(_ text: String) throws {
        #expect(try #require(CodeName(text)).description == "home shelf")
    }

    @Test(arguments: [
        "", " ", "home", "home-", "-shelf", "home--shelf", "home -shelf", "home- shelf", "a b c",
        "a-b-c", "home sh3lf",
        "hôme shelf", "home_shelf", "home\u{200B} shelf", "home shelf\0", "hоme shelf",
        String(repeating: "a", count: 25) + " b", "a " + String(repeating: "b", count: 25),
    ])
    func refusesOtherText(_ text: String) {
        #expect(CodeName(text) == nil)
    }

    @Test func acceptsWordsOutsideTheLists() {
        let long = String(repeating: "z", count: 24)
        #expect(CodeName("a b")?.words == ["a", "b"])
        #expect(CodeName("\(long) \(long)")?.words == [long, long])
        #expect(CodeName(String(repeating: "a ", count: 1_000_000)) == nil)
    }

    @Test func everyDrawnNameIsReadBack() throws {
        var generator = SeededRandom(11)
        for _ in 0..<2_000 {
            let name = try #require(CodeName.random(excluding: [], using: &generator))
            #expect(CodeName(name.description) == name)
            #expect(CodeName(name.words.joined(separator: "-").uppercased()) == name)
        }
    }

    @Test func neverDrawsAnExcludedName() throws {
        var generator = SeededRandom(12)
        var used: Set<CodeName> = []
        let first = ["plain", "round", "tidy", "oval"]
        let second = ["table", "kettle", "lamp"]
        for _ in 0..<(first.count * second.count) {
            let name = try #require(
                CodeName.random(first: first, second: second, excluding: used, using: &generator))
            #expect(used.insert(name).inserted)
        }
        #expect(
            CodeName.random(first: first, second: second, excluding: used, using: &generator)
                == nil)
        #expect(
            CodeName.random(first: [], second: second, excluding: [], using: &generator) == nil)
    }

    @Test func theGeneratorDecides() {
        var one = SeededRandom(5)
        var two = SeededRandom(5)
        var other = SeededRandom(6)
        let names = (0..<8).map { _ in CodeName.random(excluding: [], using: &one) }
        #expect(names == (0..<8).map { _ in CodeName.random(excluding: [], using: &two) })
        #expect(names != (0..<8).map { _ in CodeName.random(excluding: [], using: &other) })
    }

    @Test func sortsAlphabetically() throws {
        let texts = ["tidy lamp", "oval table", "oval lamp"]
        let sorted = texts.compactMap { CodeName($0) }.sorted()
        #expect(sorted.map(\.description) == ["oval lamp", "oval table", "tidy lamp"])
    }
}
