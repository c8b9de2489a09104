// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// What the documents show is what is compiled and run here.
struct ReadmeTests {
    /// The top of the repository.
    private static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A block of code in a document.
    private struct Block {
        /// What stands behind the fence.
        let language: String
        /// The lines between the fences.
        let lines: [String]
    }

    /// The documents, as paths from the top.
    private static var documents: [String] {
        get throws {
            let docs = top.appendingPathComponent("Docs")
            let names = try FileManager.default.contentsOfDirectory(atPath: docs.path)
            return ["README.md"]
                + names.filter { $0.hasSuffix(".md") }.sorted().map { "Docs/" + $0 }
        }
    }

    /// The fenced blocks of a document.
    private static func blocks(of document: String) throws -> [Block] {
        let text = try String(contentsOf: top.appendingPathComponent(document), encoding: .utf8)
        var blocks: [Block] = []
        var open: (language: String, lines: [String])?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                if let block = open {
                    blocks.append(Block(language: block.language, lines: block.lines))
                    open = nil
                } else {
                    open = (String(line.dropFirst(3)), [])
                }
            } else {
                open?.lines.append(String(line))
            }
        }
        try #require(open == nil, "a block is not closed in \(document)")
        return blocks
    }

    /// The program between the marks, with its import, as a document should show it.
    private static func twin() throws -> [String] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("ReadmeProgram.swift")
        let lines = try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        let begin = try #require(lines.firstIndex { $0.hasSuffix("// README begin") })
        let end = try #require(lines.firstIndex { $0.hasSuffix("// README end") })
        try #require(lines.contains("import CaseVault"))
        let indent = lines[begin].prefix { $0 == " " }
        let program = lines[begin + 1..<end].map { line in
            line.isEmpty ? "" : line.hasPrefix(indent) ? String(line.dropFirst(indent.count)) : "?"
        }
        return ["import CaseVault", ""] + program
    }

    @Test func showsOnlyCodeThatIsCompiled() throws {
        let twin = try Self.twin()
        var found = 0
        for document in try Self.documents {
            for block in try Self.blocks(of: document) where block.language == "swift" {
                found += 1
                #expect(block.lines == twin, "\(document) and ReadmeProgram.swift differ")
            }
        }
        #expect(found >= 1)
        #expect((15...26).contains(twin.count { !$0.isEmpty }))
    }

    @Test func namesOnlyScriptsThatExist() throws {
        var scripts: Set<String> = []
        for document in try Self.documents {
            for block in try Self.blocks(of: document)
            where ["sh", "bash"].contains(block.language) {
                for line in block.lines {
                    guard let word = line.split(separator: " ").first, word.contains("/") else {
                        continue
                    }
                    let path = Self.top.appendingPathComponent(String(word)).path
                    #expect(
                        FileManager.default.isExecutableFile(atPath: path), "\(word) cannot run")
                    scripts.insert(String(word))
                }
            }
        }
        #expect(scripts.isSuperset(of: ["Examples/story", "Tests/run"]))
    }

    @Test func firstScreenHasExactlyTwoCommands() throws {
        let blocks = try Self.blocks(of: "README.md").filter { $0.language == "sh" }
        #expect(blocks.first?.lines.filter { !$0.isEmpty }.count == 2)
    }

    @Test func namesOnlyTestsThatExist() throws {
        let tests = Self.top.appendingPathComponent("Tests")
        var sources: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: tests.path)
        where path.hasSuffix("Tests.swift") {
            let file = tests.appendingPathComponent(path)
            let suite = file.deletingPathExtension().lastPathComponent
            sources[suite, default: ""] += try String(contentsOf: file, encoding: .utf8)
        }
        let name = /`([A-Z][A-Za-z]*Tests)\/([a-z][A-Za-z]*)`/
        var found = 0
        for document in try Self.documents {
            let file = Self.top.appendingPathComponent(document)
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: name) {
                found += 1
                let suite = String(match.1)
                guard let source = sources[suite] else {
                    Issue.record("\(document): there is no \(suite)")
                    continue
                }
                #expect(
                    source.contains("func \(match.2)("),
                    "\(document): \(suite) has no \(match.2)")
            }
        }
        #expect(found > 10)
    }

    @Test func linksLeadSomewhere() throws {
        let link = /\]\(([^)#:]+)(#[^)]*)?\)/
        var found = 0
        for document in try Self.documents {
            let file = Self.top.appendingPathComponent(document)
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: link) {
                let target = file.deletingLastPathComponent().appendingPathComponent(
                    String(match.1))
                found += 1
                #expect(
                    FileManager.default.fileExists(atPath: target.path),
                    "\(document) links to \(match.1), which is not there")
            }
        }
        #expect(found > 3)
    }

    @Test func programRunsAsShown() throws {
        let lines = try OwnProcess.run("ReadmeTests/child").split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.wholeMatch(of: /[a-z]+ [a-z]+/) != nil })
        #expect(lines.contains(#"["Sam"]"#))
        #expect(lines.contains { $0.hasPrefix("What Sam could read until now") })
    }

    /// Runs the program, if this is the process that should.
    @Test(.enabled(if: OwnProcess.root != nil, "programRunsAsShown runs this"))
    func child() throws {
        let root = try #require(OwnProcess.root)
        let sam = try MemberKey.generate(name: "Sam")
        let card = root.appendingPathComponent("sam.card")
        try Data(sam.card.text.utf8).write(to: card)
        let words = Array("plain words for a test".utf8)
        let program = ReadmeProgram(
            keyFile: root.appendingPathComponent("robin.key"),
            passphrase: try Passphrase(words.span), folder: root.appendingPathComponent("vault"),
            samCardFile: card, fingerprintSpokenBySam: try sam.card.spoken, samsKey: sam,
            mail: "It happened in the chat channel.")
        try KeyFileCost.$current.withValue(KeyFileCost(passes: 1, memoryKiB: 64)) {
            try program.run()
        }
    }
}
