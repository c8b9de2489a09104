// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// No text that anybody reads prejudges a case.
struct WordsTests {
    /// The beginnings of the words that are not used.
    private static let stems = ["offender", "perpetrat", "culprit", "victim", "accus", "guilt"]

    /// Where a text has such a word: the line, so that it is found.
    static func found(in text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).filter { line in
            line.lowercased().split { !$0.isLetter }
                .contains { word in stems.contains { word.hasPrefix($0) } }
        }.map(String.init)
    }

    @Test func theSearchFinds() {
        #expect(Self.found(in: "fine\nThe VICTIM's name\nAccusations\nof-guilt").count == 3)
        #expect(Self.found(in: "offending bytes, accuracy, the quilt").isEmpty)
    }

    /// Sources, tests, documents, examples: everything that is in the repository.
    @Test func noFileOfTheRepository() throws {
        let root = Tool.root
        // The check of the sources, its own test, and this one have to spell the words.
        let exempt = ["Tests/Scripts/check-sources", "Tests/Scripts/check-sources-test"]
        var seen = 0
        for top in ["Sources", "Tests", "Examples", "Docs"] {
            let all = FileManager.default.enumerator(atPath: root.appending(path: top).path)
            for case let name as String in try #require(all) {
                let path = top + "/" + name
                guard !exempt.contains(path), !name.hasSuffix("WordsTests.swift"),
                    !name.contains("/corpus/"), !name.contains(".build"),
                    let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8)
                else { continue }
                seen += 1
                for line in Self.found(in: text) { Issue.record("\(path): \(line)") }
            }
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: root.path)
        where name.hasSuffix(".md") || name.hasSuffix(".swift") {
            let text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
            for line in Self.found(in: text) { Issue.record("\(name): \(line)") }
        }
        #expect(seen > 300, "the test looked at the repository")
    }

    /// What the command says: all help, and what it answers along the way of a case.
    @Test func noOutput() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        var said = try scene.run("Robin", ["help"]).text
        for command in HelpTexts.commands.map(\.name) {
            said += try scene.run("Robin", ["help", command]).text
        }
        for words in [
            [], ["members"], ["show"], ["show", name], ["show", name, "--html"],
            ["show", "--html"],
            ["show", "--csv"], ["access", name], ["declare", "--list"], ["verify"], ["catch-up"],
            ["row", name, "status=resolved"], ["access", name, "grant", "Sam"],
            ["export", scene.path("out")], ["import", scene.path("out")],
        ] {
            let result = try scene.run("Robin", words)
            said += result.text + result.errors
        }
        for file in try FileManager.default.subpathsOfDirectory(atPath: scene.path("out"))
        where file.hasSuffix(".md") {
            said += try String(contentsOfFile: scene.path("out/" + file), encoding: .utf8)
        }
        for line in Self.found(in: said) { Issue.record("\(line)") }
        #expect(said.count > 10_000)
    }
}
