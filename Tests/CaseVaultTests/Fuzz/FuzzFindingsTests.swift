// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@testable import CaseVault

/// What fuzzing found, each as the smallest input that shows it.
struct FuzzFindingsTests {
    /// A seen state that names one file twice was accepted and written back shorter.
    @Test func seenStateRefusesRepeatedAndUnorderedNames() throws {
        let low = try #require(Bytes32([UInt8](repeating: 1, count: 32)))
        let high = try #require(Bytes32([UInt8](repeating: 2, count: 32)))
        /// A seen state that noted these files and nothing else.
        func noted(_ names: [Bytes32]) -> [UInt8] {
            var writer = ByteWriter()
            writer.raw([UInt8](repeating: 7, count: 8))
            writer.list(names) {
                $0.raw($1)
                $0.u64(1)
            }
            for _ in 0..<11 { writer.count(0) }
            writer.bool(false)
            for _ in 0..<2 { writer.count(0) }
            writer.bool(false)
            return writer.bytes
        }
        #expect(try SeenState(wholly: noted([low, high])).encoded == noted([low, high]))
        for names in [[low, low], [high, low]] {
            #expect(throws: FormatError(reason: .notCanonical, offset: 8)) {
                try SeenState(wholly: noted(names))
            }
        }
        /// A seen state in which these files have no slot for me.
        func notMine(_ names: [Bytes32]) -> [UInt8] {
            var writer = ByteWriter()
            writer.raw([UInt8](repeating: 7, count: 8))
            for _ in 0..<2 { writer.count(0) }
            writer.list(names) { $0.raw($1) }
            for _ in 0..<9 { writer.count(0) }
            writer.bool(false)
            for _ in 0..<2 { writer.count(0) }
            writer.bool(false)
            return writer.bytes
        }
        #expect(try SeenState(wholly: notMine([low, high])).encoded == notMine([low, high]))
        for names in [[low, low], [high, low]] {
            #expect(throws: FormatError(reason: .notCanonical, offset: 16)) {
                try SeenState(wholly: notMine(names))
            }
        }
    }

    /// Texts that took the square of their length: many minutes at this size.
    @Test(.endsAHang) func longTextsTakeLinearTime() throws {
        // Each mark sorts before the one in front of it.
        let marks = "a" + String(repeating: "\u{0315}\u{0300}", count: 200_000)
        #expect(TextFolding.nfc(marks).unicodeScalars.count >= 400_000)
        #expect(!TextFolding.containsWord("Alex Doe", in: marks))
        #expect(MailAttachment.safeName(marks, number: 1).utf8.count <= 120)
        #expect(throws: VaultError.notAFingerprint) { try SpokenDigits(typed: marks) }
        #expect(MailDate.seconds(marks) == nil)
        #expect(throws: VaultError.notABackup) { try PrintedBackup.restore(marks) }
        let escaped = SafeText.escaped(
            String(repeating: "\u{200D}", count: 400_000), keepingLineBreaks: true)
        #expect(escaped.utf8.count == 400_000 * 8)
        let ligatures = String(repeating: "\u{FB03}", count: 400_000)
        #expect(TextFolding.fold(ligatures).utf8.count == 400_000 * 3)
    }

    /// Putting marks in order piece by piece changes nothing in a text that people write.
    @Test func longTextsAreComposedAsShortOnes() {
        let word = "Ro\u{0308}e \u{1100}\u{1161}\u{11A8} a\u{0315}\u{0300}\u{05AE}b "
        let once = TextFolding.nfc(word)
        #expect(
            once.unicodeScalars.elementsEqual(
                "R\u{F6}e \u{AC01} \u{E0}\u{5AE}\u{315}b ".unicodeScalars))
        let long = TextFolding.nfc(String(repeating: word, count: 500))
        #expect(long.utf8.elementsEqual(String(repeating: once, count: 500).utf8))
    }

    /// A mark behind a semicolon hid it, so that two names were read as one.
    @Test func aMarkBehindASemicolonDoesNotHideIt() throws {
        let people = try ReportedPerson.list(reading: Array("Alex Doe;\u{30C}e !\n".utf8))
        #expect(people.map(\.name) == ["Alex Doe"])
        #expect(people.map(\.aliases.count) == [1])
    }

    /// A link that begins in an element without text, and ends behind it, ended the program.
    @Test(arguments: [
        ("<s><a href='https://e.org'></s>", "<https://e.org>"),
        ("<s><a href='https://e.org'></s>x</a>", "x <https://e.org>"),
        ("a <del><a href='https://e.org'></del> b</a> c", "a b <https://e.org> c"),
        ("<p hidden><s><a href='https://e.org'></p>x", "x <https://e.org>"),
        ("<blockquote><s><a href='https://e.org'></s>", "> <https://e.org>"),
    ])
    func aLinkThatBeginsInAnEmptyElement(_ html: String, _ text: String) {
        #expect(HTMLText.plain(html) == text)
    }
}
