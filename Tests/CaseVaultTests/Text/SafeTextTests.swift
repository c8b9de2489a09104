// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// Shown text cannot act on the terminal, and normal text is not disturbed.
struct SafeTextTests {
    @Test(arguments: [
        ("\u{1B}[31mred", "\\u{001B}[31mred"), ("a\u{202E}b", "a\\u{202E}b"),
        ("a\u{200B}b", "a\\u{200B}b"), ("a\u{2028}b\u{2029}c", "a\\u{2028}b\\u{2029}c"),
        ("\u{7F}\u{9B}\u{0}", "\\u{007F}\\u{009B}\\u{0000}"), ("\u{E0041}", "\\u{E0041}"),
        ("\u{E000}", "\\u{E000}"), ("\u{378}", "\\u{0378}"), ("\u{FEFF}", "\\u{FEFF}"),
        ("\u{3164}", "\\u{3164}"), ("\u{115F}", "\\u{115F}"), ("\u{10FFFF}", "\\u{10FFFF}"),
        ("a\rb", "a\\u{000D}b"), ("a\r", "a\\u{000D}"),
    ])
    func escapesWhatIsNotVisible(_ text: String, _ shown: String) {
        #expect(SafeText.escaped(text, keepingLineBreaks: true) == shown)
        #expect(SafeText.escaped(text, keepingLineBreaks: false) == shown)
    }

    @Test(arguments: ["Plain text.", "Größe, élan", "Привет", "日本語", "مرحبا", "हिन्दी", "🙂 ☀\u{FE0F}"])
    func leavesNormalTextAlone(_ text: String) {
        #expect(SafeText.escaped(text, keepingLineBreaks: false) == text)
    }

    @Test func lineBreaksStayOnlyIfWanted() {
        let text = "a\nb\r\nc\td\r\r\n"
        #expect(
            SafeText.escaped(text, keepingLineBreaks: true).unicodeScalars.elementsEqual(
                "a\nb\nc\td\\u{000D}\n".unicodeScalars))
        let flat = SafeText.escaped(text, keepingLineBreaks: false)
        #expect(flat == "a\\u{000A}b\\u{000D}\\u{000A}c\\u{0009}d\\u{000D}\\u{000D}\\u{000A}")
    }

    @Test func noScalarGetsThroughThatTheRulesName() {
        for number in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(number) else { continue }
            let category = scalar.properties.generalCategory
            let dangerous =
                [.control, .format, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator]
                .contains(category) || scalar.properties.isBidiControl
            if dangerous, CharacterClass.isShowable(scalar) {
                Issue.record("U+\(String(number, radix: 16)) is shown")
            }
        }
    }
}
