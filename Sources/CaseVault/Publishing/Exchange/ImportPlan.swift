// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What an import would do, or everything that stands in its way. Making one changes nothing.
public struct ImportPlan: Sendable {
    /// All problems at once; with any of them nothing is imported.
    public private(set) var problems: [ImportProblem] = []
    /// What stops nothing but should be known, such as a mail of which a part cannot be read.
    public private(set) var warnings: [ImportProblem] = []
    /// The cases, in the order of names.
    private(set) var cases: [PlannedCase] = []
    /// The way to the operating system.
    let files: FileSystem

    /// How many cases the folder has, readable or not.
    public var caseCount: Int { count }
    /// How many cases were begun.
    private var count = 0

    /// What an export has at its top besides cases.
    private static let ignored: Set<String> = ["readme.md", "register.md", "register.csv"]

    /// Reads a folder.
    ///
    /// - Throws: `fileSystem`, `badInput` when there is no case in it, `cancelled`.
    init(
        reading folder: String, files: FileSystem, progress: Progress.Handler? = nil
    ) throws(VaultError) {
        self.files = files
        let reader = DocumentReader(files: files)
        let names = try reader.names(in: folder)
        let all = Set(names.map(\.name))
        for (done, (name, kind)) in names.enumerated() {
            try progress.report(.opening, done, of: names.count)
            let path = folder + "/" + name
            switch kind {
            case .folder:
                count += 1
                try take(CaseFolderReader(number: count, path: path, reader: reader).read())
            case .file where Self.ignored.contains(name.lowercased()):
                continue
            case .file where DocumentReader.isDocument(name):
                count += 1
                take(SingleCaseReader(number: count, path: path, reader: reader).read())
            case .file where Self.belongsToDocument(name, among: all):
                continue
            default:
                // A number of its own, so that the numbers behind it stay those of the names.
                count += 1
                problems.append(
                    ImportProblem(
                        caseNumber: count, document: nil,
                        reason: "this belongs to no case: put it into the case's folder",
                        path: path))
            }
        }
        guard count > 0 else { throw .nothingToImport(folder) }
    }

    /// Takes what was read of one case.
    private mutating func take(
        _ result: (case: PlannedCase, problems: [ImportProblem], warnings: [ImportProblem])
    ) {
        cases.append(result.case)
        problems += result.problems
        warnings += result.warnings
    }

    /// Whether a file is `NAME.about` or `NAME.fields.json` of a document `NAME.…`.
    private static func belongsToDocument(_ name: String, among all: Set<String>) -> Bool {
        [".about", ".fields.json"].contains { ending in
            guard name.hasSuffix(ending) else { return false }
            let stem = name.dropLast(ending.count)
            return [".md", ".markdown", ".txt", ".eml"].contains { all.contains(stem + $0) }
        }
    }

    /// Adds what only the vault knows: who imports, and what may stand in the register.
    mutating func check(in vault: Vault, folder: String) {
        for item in cases where !item.people.isEmpty {
            func add(_ reason: String) {
                problems.append(
                    ImportProblem(
                        caseNumber: item.number, document: nil, reason: reason, path: folder))
            }
            if vault.members(calledLike: item.people).contains(where: { $0.id == vault.me.id }) {
                add("a reported person is called like you: let a colleague import this case")
            }
            let named =
                item.report.peopleBesides
                + item.people.map {
                    PersonInCase(name: $0.name, aliases: $0.aliases, role: .reportedPerson)
                }
            for value in item.row.values where named.contains(where: { $0.isNamed(in: value) }) {
                add("the line in the register has a name from the case")
            }
        }
        problems.sort { ($0.caseNumber, $0.document ?? 0) < ($1.caseNumber, $1.document ?? 0) }
    }
}

extension Vault {
    /// The members who are called like one of these people, by name or alias.
    func members(calledLike people: [ReportedPerson]) -> [Member] {
        let names = Set(people.flatMap { [$0.name] + $0.aliases }.map(TextFolding.fold))
        return members.filter { names.contains(TextFolding.fold($0.name)) }
    }
}
