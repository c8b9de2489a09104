// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// Display names are short, visible, on one line and in one form.
struct DisplayNameTests {
    @Test(arguments: [
        "A", "Alex Doe", "Ren\u{E9} Example", "例", "O'Doe-Example, 2nd", "مثال",
        // A Persian, a Sinhala, a Kannada, a Bengali and a Hindi name with joiners they need.
        "\u{639}\u{644}\u{6CC}\u{200C}\u{631}\u{636}\u{627}",
        "\u{DC1}\u{DCA}\u{200D}\u{DBB}\u{DD3}",
        "\u{9B0}\u{200D}\u{9CD}\u{9AF}\u{9BE}", "\u{915}\u{94D}\u{200C}\u{937}",
        // A vowel mark between the letter and the joiner.
        "\u{639}\u{644}\u{6CC}\u{650}\u{200C}\u{631}", "\u{2600}\u{FE0F} Ann",
        String(repeating: "a", count: 100), String(repeating: "\u{E9}", count: 100),
    ])
    func accepts(_ name: String) {
        #expect(DisplayName.isValid(name))
    }

    @Test(arguments: [
        "", " ", " Alex", "Alex ", "Alex\u{A0}", "\u{3000}Alex", "Alex\nDoe", "Alex\u{2028}Doe",
        "Alex\tDoe", "Re\u{301}ne\u{301}", "A\u{200B}lex", "\u{202E}Alex", "Alex\0", "\u{1B}Alex",
        "Alex\u{85}",
        // What nobody sees: a joiner that shapes nothing, at an end, behind a letter that never
        // joins, between Latin letters, twice; selectors behind letters; wide and blank spaces.
        "An\u{200C}n", "An\u{200D}n", "\u{631}\u{200C}\u{636}", "\u{644}\u{200D}\u{644}",
        "\u{639}\u{6CC}\u{200C}", "\u{200C}\u{639}\u{6CC}", "\u{6CC}\u{200C}\u{200C}\u{631}",
        "\u{6CC}\u{200C} \u{631}", "\u{DC1}\u{DCA}\u{200D}", "\u{D28}\u{D4D}\u{200D}\u{D35}",
        "Ann\u{FE0F}", "\u{FE0F}", "Ann\u{2800}", "\u{2800}", "Ann  Doe", "Ann\u{A0}Doe",
        "Ann\u{2003}Doe", "\u{3164}", String(repeating: "a", count: 101),
        String(repeating: "例", count: 67),
    ])
    func refuses(_ name: String) {
        #expect(!DisplayName.isValid(name))
    }

    @Test(arguments: [
        (" Ann ", "Ann"), ("\t\u{3000}Ann\n", "Ann"), ("Ann \u{A0} Doe", "Ann Doe"),
        ("\u{2800}Ann\u{2800}", "Ann"), ("Re\u{301}ne", "R\u{E9}ne"), (" \u{2800}\n", ""),
        ("Ann\nDoe", "Ann\nDoe"),
    ])
    func isTidied(_ typed: String, _ kept: String) {
        #expect(Array(DisplayName.tidied(typed).utf8) == Array(kept.utf8))
    }

    /// The reader that was written from the format draws the line where the library does.
    @Test(
        .enabled(
            if: PythonReader.isAvailable, "needs /usr/bin/python3 with PyNaCl (python3-nacl)"))
    func theIndependentReaderAgrees() throws {
        let parts = [
            "A", " ", "\u{6CC}", "\u{631}", "\u{650}", "\u{200C}", "\u{200D}", "\u{DC1}", "\u{DCA}",
            "\u{9B0}", "\u{9CD}", "\u{D28}", "\u{D4D}", "\u{FE0F}", "\u{2600}", "\u{2800}",
        ]
        let names = parts.flatMap { a in parts.flatMap { b in parts.map { a + b + $0 + "\u{6CC}" } }
        }
        #expect(try PythonReader.areNames(names) == names.map(DisplayName.isValid))
    }

    @Test func joinersThatShapeWordsAreShown() {
        let name = "\u{639}\u{644}\u{6CC}\u{200C}\u{631}\u{636}\u{627}"
        #expect(SafeText.escaped(name) == name)
        #expect(SafeText.escaped("An\u{200C}n") == "An\\u{200C}n")
        #expect(
            TextFolding.fold(name) == TextFolding.fold("\u{639}\u{644}\u{6CC}\u{631}\u{636}\u{627}")
        )
    }
}
