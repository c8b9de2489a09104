// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// Whatever a text holds, a document gives it back, and the frame stays as it was.
struct DocumentFrameTests {
    /// A frame with a value of each kind.
    private var frame: DocumentFrame {
        var frame = DocumentFrame()
        frame.add("number", .number(7))
        frame.add("author", .text("a\"b\\c\n---\n\u{202E}\u{1F600}\u{0}"))
        frame.add("danger", .flag(true))
        frame.add("none", nil)
        frame.add("list", .list([.text("x: y"), .object(["b": .text("1"), "a": .null])]))
        return frame
    }

    @Test(arguments: [
        "", "\n", "---\n", "---\ncasevault: \"entry\"\nnumber: 9\n---\n\nother", "# Heading\n",
        "```\nfence\n````", "\\u{202E} \\\\ \\", "<!-- -->", "\n\n  leading", "trailing  \n\n",
        "escape \u{1B}[31m", "\u{FEFF}mark", "\u{200D}\u{202E}", "\r\n\r", "a\u{0}b", "é e\u{301}",
    ])
    func givesBackTheText(_ text: String) throws {
        let document = frame.document(text)
        // As a file is read.
        let read = try DocumentFrame.read(Report.text(Array(document.utf8)))
        #expect(read.text.unicodeScalars.elementsEqual(text.unicodeScalars))
        let lines = try #require(read.frame).lines.filter { $0.key != "escaped" }
        #expect(lines.map(\.key) == ["number", "author", "danger", "list"])
        #expect(lines.map(\.value.json) == frame.lines.map(\.value.json))
        #expect(read.frame?["author"]?.text == frame["author"]?.text)
        let isHarmless = document.unicodeScalars.allSatisfy {
            $0 == "\n" || $0 == "\t" || CharacterClass.isShowable($0)
        }
        #expect(isHarmless)
    }

    @Test func randomTextsComeBack() throws {
        var random = SeededRandom()
        let pieces: [Unicode.Scalar] = [
            "\\", "u", "{", "}", "0", "-", "\n", "\r", "\t", "a", "\u{202E}", "\u{0}", "\u{1F600}",
            "\u{301}", ":", "\"",
        ]
        for _ in 0..<2000 {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<12 { scalars.append(pieces.randomElement(using: &random) ?? "a") }
            let text = String(scalars)
            let document = DocumentFrame().document(text)
            let read = try DocumentFrame.read(Report.text(Array(document.utf8)))
            #expect(
                read.text.unicodeScalars.elementsEqual(text.unicodeScalars), "\(random.hint)")
        }
    }

    @Test(arguments: [
        "---\ncasevault: \"entry\"\n", "---\ncasevault: \"entry\"\nnumber: 1\n",
        "---\ncasevault: \"entry\"\nnumber\n---\n", "---\ncasevault: \"entry\"\na: 1, 2\n---\n",
        "---\ncasevault: \"entry\"\na: \n---\n", "---\ncasevault: \"entry\"\na: 1\na: 1\n---\n",
        "---\ncasevault: \"entry\"\nescaped: true\n---\n\n\\x",
        "---\ncasevault: \"entry\"\nescaped: true\n---\n\n\\u{110000}",
        "---\ncasevault: \"entry\"\n" + String(repeating: "\n", count: 200) + "---\n",
    ])
    func damageIsSaid(_ text: String) {
        #expect(throws: DocumentFrame.Damaged.self) { try DocumentFrame.read(text) }
    }

    @Test(arguments: [
        "", "text", "---\ntitle: x\n---\ntext", "---\n", " ---\ncasevault: \"entry\"\n",
    ])
    func otherTextsHaveNoFrame(_ text: String) throws {
        let read = try DocumentFrame.read(text)
        #expect(read.frame == nil)
        #expect(read.text == text)
    }
}
