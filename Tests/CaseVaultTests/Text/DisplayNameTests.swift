// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// Display names are short, visible, on one line and in one form.
struct DisplayNameTests {
    @Test(arguments: [
        "A", "Alex Doe", "Ren\u{E9} Example", "例", "O'Doe-Example, 2nd", "مثال",
        String(repeating: "a", count: 100), String(repeating: "\u{E9}", count: 100),
    ])
    func accepts(_ name: String) {
        #expect(DisplayName.isValid(name))
    }

    @Test(arguments: [
        "", " ", " Alex", "Alex ", "Alex\u{A0}", "\u{3000}Alex", "Alex\nDoe", "Alex\u{2028}Doe",
        "Alex\tDoe", "Re\u{301}ne\u{301}", "A\u{200B}lex", "\u{202E}Alex", "Alex\0", "\u{1B}Alex",
        "Alex\u{85}", String(repeating: "a", count: 101), String(repeating: "例", count: 67),
    ])
    func refuses(_ name: String) {
        #expect(!DisplayName.isValid(name))
    }
}
