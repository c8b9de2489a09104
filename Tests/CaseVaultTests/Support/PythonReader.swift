// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// The independent reader, `Tests/reader/casevault_reader.py`, as a test runs it.
struct PythonReader {
    /// The system's Python; PyNaCl is a package of the system.
    private static let python = "/usr/bin/python3"

    /// Whether PyNaCl is there.
    static let isAvailable: Bool = {
        guard FileManager.default.isExecutableFile(atPath: python) else { return false }
        return (try? run(["-c", "import nacl.bindings"])).map { $0.status == 0 } ?? false
    }()

    /// What the reader prints.
    struct Result: Decodable, Equatable {
        /// A member of the roster.
        struct Member: Decodable, Equatable {
            let name: String
            let card: String
            let fingerprint: String
        }
        /// A conflict check.
        struct Check: Decodable, Equatable {
            let log: String
            let people: [String]
            let answer: String?
        }
        /// An attachment of an entry.
        struct Attachment: Decodable, Equatable {
            let name: String
            let size: UInt64
            let state: String
        }
        /// An entry of a case.
        struct Entry: Decodable, Equatable {
            let number: Int
            let kind: String
            let day: String
            let author: String
            let text: String
            let corrects: Int?
            let votes: [String: Int]
            let attachments: [Attachment]
        }
        /// A case.
        struct Case: Decodable, Equatable {
            let log: String
            let codeName: String
            let disambiguation: String
            let readers: [String]
            let entries: [Entry]
            let late: Int
        }
        /// A refused file.
        struct Damaged: Decodable, Equatable {
            let file: String
            let why: String
        }
        let vault: String
        let me: String
        let committee: String?
        let code: String?
        let rules: [String: String]?
        let members: [Member]
        let checks: [Check]
        let cases: [Case]
        let rows: [[String: String]]
        let gaps: [String]
        let damaged: [Damaged]
        let files: Int
        let mine: Int
        let ignored: Int
    }

    /// The vault's folder.
    let folder: URL

    /// Reads the vault with a key file.
    func read<T: Decodable>(
        _ keyFile: URL, passphraseFile: URL? = nil, as type: T.Type = Result.self
    ) throws -> T {
        var arguments = [Self.script("casevault_reader.py"), folder.path, keyFile.path]
        if let passphraseFile { arguments.append(passphraseFile.path) }
        let (status, output) = try Self.run(arguments)
        try #require(status == 0, "the reader failed: \(String(decoding: output, as: UTF8.self))")
        return try JSONDecoder().decode(type, from: output)
    }

    /// Recomputes the vectors of a document; answers what was printed.
    static func checkVectors(of document: URL) throws -> String {
        let (status, output) = try run([script("check_vectors.py"), document.path])
        try #require(status == 0, "the vectors differ")
        return String(decoding: output, as: UTF8.self)
    }

    /// Runs the test kit; answers what was printed.
    static func checkKit(_ folder: URL) throws -> String {
        let (status, output) = try run([script("check_kit.py"), folder.path])
        let text = String(decoding: output, as: UTF8.self)
        try #require(status == 0, "the reader differs from the test kit: \(text)")
        return text
    }

    /// Runs the second implementation of sealed reports; answers what was printed.
    static func checkIntake() throws -> String {
        let (status, output) = try run([script("check_intake.py")])
        let text = String(decoding: output, as: UTF8.self)
        try #require(status == 0, "it differs from the document: \(text)")
        return text
    }

    /// Asks the reader whether texts may be names of members.
    static func areNames(_ texts: [String]) throws -> [Bool] {
        let program = """
            import json, sys
            sys.path.insert(0, sys.argv[1])
            import casevault_reader
            print(json.dumps([casevault_reader.name_is_valid(t) for t in json.loads(sys.argv[2])]))
            """
        let list = String(decoding: try JSONEncoder().encode(texts), as: UTF8.self)
        let (status, output) = try run(["-c", program, script("")] + [list])
        try #require(status == 0)
        return try JSONDecoder().decode([Bool].self, from: output)
    }

    /// The path of a script.
    private static func script(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("reader/" + name).path
    }

    /// Runs Python and answers how it ended and what it printed.
    private static func run(_ arguments: [String]) throws -> (status: Int32, output: Data) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: python)
        // Without -B it would leave compiled files in the working tree.
        process.arguments = ["-B"] + arguments
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }
}

extension PythonReader.Result {
    /// The same, as the library says it.
    init(_ opened: Vault) throws {
        let report = try opened.verify()
        vault = opened.id.description
        me = opened.me.id.description
        committee = opened.committee
        code = opened.code?.description
        rules = opened.roster.map { Self.shown($0.rules) }
        members = opened.members.map {
            Member(
                name: $0.name, card: $0.id.description, fingerprint: $0.fingerprint.description)
        }
        checks = opened.checks.map {
            Check(
                log: $0.id.description, people: $0.people.map(\.name),
                answer: $0.myAnswer?.rawValue)
        }
        cases = try opened.cases.map(Self.shown).sorted { $0.log < $1.log }
        rows = opened.readableRows.map { view in
            var row = ["codeName": view.row.codeName.description]
            for column in RegisterRow.Column.allCases { row[column.name] = view.row[column] }
            return row
        }
        gaps = report.missing.flatMap(\.records).sorted()
        damaged = report.damaged.map { Damaged(file: $0.file, why: $0.fault.rawValue) }
            .sorted { $0.file < $1.file }
        files = report.files
        mine = report.mine
        ignored = report.ignored
    }

    /// The rules that have an effect, as the library says it.
    private static func shown(_ rules: Rules) -> [String: String] {
        let numbers = [
            "quorum": rules.quorum, "recusalLimit": rules.recusalLimit,
            "acknowledgeHours": rules.deadlines.acknowledgeHours,
            "followUpDays": rules.deadlines.followUpDays,
            "moderatorsDays": rules.deadlines.moderatorsDays,
            "appealDays": rules.deadlines.appealDays,
            "appealAnswerDays": rules.deadlines.appealAnswerDays,
        ]
        return [
            "minimumReaders": "\(rules.minimumReaders)", "newcomers": rules.newcomers.rawValue,
            "majority": rules.majority.rawValue,
        ].merging(numbers.mapValues { $0.map { "\($0)" } ?? "None" }) { $1 }
    }

    /// The votes on an entry, as the library says it.
    private static func votes(_ tally: Tally) -> [String: Int] {
        ["yes": tally.yes, "no": tally.no, "abstain": tally.abstain]
    }

    /// A case, as the library says it.
    private static func shown(_ file: CaseVault.Case) throws -> Case {
        _ = try file.takeFirstLook(.noConflict)
        let history = try file.view().log.history
        let all = try file.entries()
        let places = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.id, $0 + 1) })
        return Case(
            log: file.id.description, codeName: file.codeName.description,
            disambiguation: file.disambiguation, readers: file.readers.map(\.name).sorted(),
            entries: try all.map { entry in
                Entry(
                    number: places[entry.id] ?? 0, kind: entry.kind.rawValue,
                    day: entry.day.description,
                    author: entry.author.name, text: entry.text,
                    corrects: entry.corrects.flatMap { places[$0] },
                    votes: try votes(file.tally(of: entry.id)),
                    attachments: entry.attachments.map {
                        Attachment(name: $0.name, size: $0.size, state: "verified")
                    })
            },
            late: history.late.count(where: \.isEntry))
    }
}
