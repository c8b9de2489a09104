// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Synchronization
import Testing

@testable import CaseVault

/// An export has everything that one may read and nothing else, and can be read again.
struct ExportTests {
    /// Texts that are hard to carry.
    private static let hard =
        "# Heading\n---\ncasevault: \"entry\"\n---\n```\n| a | b |\n\\ \u{202E}\u{1B}[2J\u{0} é\n"

    /// A case with everything in it.
    private func fullCase(_ committee: TestCommittee, by name: String) throws -> Case {
        var report = Report(text: Self.hard)
        for (key, path) in Report.textFields { report[keyPath: path] = key + Self.hard }
        for (_, path) in Report.flagFields { report[keyPath: path] = true }
        report.recorded = .asTold
        report.channel = .inPerson
        report.receivedOn = Day("2024-02-29")
        report.reporterAliases = ["cdoe", "a;b"]
        report.witnesses = [.init(name: "Jo", contact: "jo@example.org"), .init(name: "Ali\nas")]
        let item = try committee.vault(name).startCase(
            about: [
                ReportedPerson(name: "Robin Example", aliases: ["rexample"]),
                ReportedPerson(name: "# odd; name\n\u{202E}", aliases: ["#"]),
            ], report: report,
            attachments: [
                AttachmentSource(name: "../../etc/passwd", bytes: [1, 2, 3]),
                AttachmentSource(name: "", bytes: [], mediaType: "image/png"),
            ])
        for kind in NewEntryKind.allCases {
            _ = try item.add(
                kind, Self.hard + kind.rawValue, on: Day("2024-03-01"),
                correcting: kind == .plan ? item.id(at: 2) : nil,
                attaching: kind == .witness
                    ? [AttachmentSource(name: "note.md", bytes: Array("text".utf8))] : [])
        }
        _ = try item.add(
            .discussion, "", attaching: [AttachmentSource(name: ".hidden", bytes: [7])])
        _ = try item.updateRow([.safetyRisk: "yes", .status: "ongoing", .resolution: "a | b"])
        return item
    }

    @Test func anExportIsReadAgainIntoAnotherVault() throws {
        let one = try TestCommittee("Mika", "Lou")
        let item = try fullCase(one, by: "Mika")
        let plain = try one.startCase(by: "Mika", about: "Alex Doe")
        let folder = ExchangeFolder(one, "out")
        let report = try one.vault("Mika").export(to: folder.url)
        #expect(report.cases == 2)
        #expect(report.waiting.isEmpty)
        #expect(Set(report.files) == Set(folder.files))

        let two = try TestCommittee("Toni")
        let imported = try two.vault("Toni").importCases(from: folder.url)
        #expect(imported.map(\.isNew) == [true, true])
        let copies = try two.vault("Toni").cases
        #expect(copies.count == 2)
        let contents = try copies.map(CaseContents.init)
        #expect(contents.contains(try CaseContents(item)))
        #expect(contents.contains(try CaseContents(plain)))
        #expect(Set(copies.map(\.codeName)).isDisjoint(with: [item.codeName, plain.codeName]))
    }

    @Test func anImportIntoTheSameVaultAddsNothing() throws {
        let committee = try TestCommittee("Mika")
        _ = try fullCase(committee, by: "Mika")
        _ = try committee.startCase(by: "Mika", about: "Alex Doe")
        let folder = ExchangeFolder(committee, "out")
        try committee.vault("Mika").export(to: folder.url)
        committee.clock.advance(days: 40)
        let before = try committee.snapshot()
        let imported = try committee.vault("Mika").importCases(from: folder.url)
        #expect(imported.allSatisfy { !$0.isNew && $0.added == 0 })
        #expect(try committee.snapshot() == before)
    }

    @Test func whatWasErasedIsLeftOutAndNotImported() throws {
        let committee = try TestCommittee("Mika")
        let vault = try committee.vault("Mika")
        let item = try committee.startCase(by: "Mika")
        _ = try item.add(.plan, "GONE plan")
        try item.add(.plan, "Another plan", correcting: 2)
        try item.erase(entry: 2, confirming: item.codeName)
        let other = try committee.startCase(by: "Mika", about: "Gone Person", text: "GONE")
        try other.erase(confirming: other.codeName)
        try committee.letErase("Mika")
        try vault.refresh()
        let folder = ExchangeFolder(committee, "out")
        let report = try vault.export(to: folder.url)
        #expect(report.cases == 1)
        #expect(report.files.filter { $0.hasSuffix("-plan.md") }.count == 1)
        #expect(report.files.allSatisfy { !$0.contains("gone") })
        let place = item.codeName.description.replacing(" ", with: "-")
        #expect(folder.files.filter { $0.contains("/") }.allSatisfy { $0.hasPrefix(place) })
        let read = try String(
            contentsOf: folder.url.appendingPathComponent("README.md"), encoding: .utf8)
        #expect(read.contains("Erased, so that nothing is left to write: cases: 1."))
        let before = try committee.snapshot()
        let imported = try committee.vault("Mika").importCases(from: folder.url)
        #expect(imported.map(\.added) == [0])
        #expect(try committee.snapshot() == before)
    }

    @Test func noEntryOfAnUnknownKindComesIn() throws {
        let committee = try TestCommittee("Mika")
        let folder = ExchangeFolder(committee)
        try folder.write("Alex Doe\n", to: "a/about")
        try folder.write("It happened.\n", to: "a/report.md")
        for kind in ["gone", "report2", "255"] {
            let frame = "---\ncasevault: \"entry\"\nkind: \"\(kind)\"\n---\n\nText.\n"
            try folder.write(frame, to: "a/002.md")
            let plan = try committee.vault("Mika").importPlan(of: folder.url)
            #expect(plan.problems.map(\.document) == [1], "\(kind)")
        }
    }

    @Test func namesAndPermissionsAreSafe() throws {
        let committee = try TestCommittee("Mika")
        let item = try fullCase(committee, by: "Mika")
        let folder = ExchangeFolder(committee, "out")
        let report = try committee.vault("Mika").export(to: folder.url)
        let place = item.codeName.description.replacing(" ", with: "-")
        for name in report.files {
            #expect(try folder.permissions(name) == 0o600, "\(name)")
            #expect(!name.contains("..") && !name.hasPrefix("/"))
            #expect(name.split(separator: "/").count <= 3)
            let visible = name.unicodeScalars.allSatisfy(CharacterClass.isShowable)
            #expect(visible)
        }
        #expect(try folder.permissions(place) == 0o700)
        #expect(try folder.permissions("") == 0o700)
        #expect(report.files.contains("\(place)/attachments/001-1-passwd"))
        for name in report.files where name.hasSuffix(".md") && !name.contains("attachments") {
            let text = try String(
                contentsOf: folder.url.appendingPathComponent(name), encoding: .utf8)
            let visible = text.unicodeScalars.allSatisfy {
                $0 == "\n" || $0 == "\t" || CharacterClass.isShowable($0)
            }
            #expect(visible, "\(name)")
        }
        let table = try String(
            contentsOf: folder.url.appendingPathComponent("register.md"), encoding: .utf8)
        #expect(table.contains("| a \\| b |\n"))
    }

    @Test func casesThatWereNotLookedAtWait() throws {
        let committee = try TestCommittee("Mika", "Lou")
        let item = try committee.startCase(by: "Mika", text: "MARKTEXT")
        let other = try committee.startCase(by: "Mika", about: "Kim Sample", text: "MARKOTHER")
        try committee.declareAll("Lou")
        _ = try committee.vault("Mika").catchUp()
        let lou = try committee.vault("Lou")
        _ = try lou.case(named: other.codeName.description).takeFirstLook(.noConflict)
        let folder = ExchangeFolder(committee, "out")
        let report = try lou.export(to: folder.url)
        #expect(report.cases == 1)
        #expect(report.waiting.map(\.codeName) == [item.codeName])
        #expect(report.waiting.map(\.need) == [.firstLook])
        for name in report.files {
            let bytes = try Data(contentsOf: folder.url.appendingPathComponent(name))
            #expect(bytes.range(of: Data("MARKTEXT".utf8)) == nil, "\(name)")
        }
        // Nobody else exports what they do not read.
        let none = ExchangeFolder(committee, "none")
        _ = try committee.vault("Lou").case(named: other.codeName.description).recuse()
        let after = try committee.vault("Lou").export(to: none.url)
        #expect(after.cases == 0)
    }

    @Test func anAttachmentThatHasNotArrivedIsLeftOut() throws {
        let committee = try TestCommittee("Mika")
        let item = try committee.startCase(by: "Mika")
        let before = Set(try committee.snapshot().keys)
        _ = try item.add(.witness, "x", attaching: [AttachmentSource(name: "a", bytes: [1])])
        let place = VaultFolder(path: committee.folder.path, files: FileSystem())
        // The attachment is the file that is no sealed file: nothing opens it as one.
        let added = Set(try committee.snapshot().keys).subtracting(before)
        let vault = try committee.vault("Mika")
        for name in added where vault.store.files[name] == nil {
            try FileManager.default.removeItem(atPath: place.path(of: name))
        }
        let folder = ExchangeFolder(committee, "out")
        let report = try committee.vault("Mika").export(to: folder.url)
        #expect(report.waiting.map(\.need) == [.attachmentBytes])
        #expect(report.files.filter { $0.contains("002") }.count == 1)
    }

    @Test func aFolderThatIsNotEmptyIsRefused() throws {
        let committee = try TestCommittee("Mika")
        _ = try committee.startCase(by: "Mika")
        let folder = ExchangeFolder(committee, "out")
        try folder.write("mine", to: "file")
        let vault = try committee.vault("Mika")
        #expect(throws: VaultError.exportFolderNotEmpty("")) { try vault.export(to: folder.url) }
        #expect(throws: VaultError.exportFolderNotEmpty("")) {
            try vault.export(to: folder.url.appendingPathComponent("file"))
        }
        #expect(folder.listing == ["file"])
        for name in ["", "sealed", "new/deep"] {
            #expect(throws: VaultError.insideVault("")) {
                try vault.export(to: committee.folder.appendingPathComponent(name))
            }
        }
        let link = committee.root.appendingPathComponent("link")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: committee.folder)
        #expect(throws: VaultError.insideVault("")) {
            try vault.export(to: link.appendingPathComponent("new"))
        }
        #expect(throws: VaultError.insideVault("")) {
            try PlainFile.save("x", to: link.appendingPathComponent("page.html"))
        }
    }

    @Test func stoppingLeavesNothing() throws {
        let committee = try TestCommittee("Mika")
        _ = try fullCase(committee, by: "Mika")
        _ = try committee.startCase(by: "Mika", about: "Alex Doe")
        let folder = ExchangeFolder(committee, "out")
        let vault = try committee.vault("Mika")
        var reports = 0
        _ = try vault.export(to: folder.url) { _ in
            reports += 1
            return .proceed
        }
        try FileManager.default.removeItem(at: folder.url)
        for stop in 1...reports {
            var count = 0
            #expect(throws: VaultError.cancelled) {
                try vault.export(to: folder.url) { _ in
                    count += 1
                    return count == stop ? .stop : .proceed
                }
            }
            #expect(!FileManager.default.fileExists(atPath: folder.url.path), "stop \(stop)")
        }
        // An empty folder that was there stays.
        try FileManager.default.createDirectory(
            at: folder.url, withIntermediateDirectories: true)
        #expect(throws: VaultError.cancelled) { try vault.export(to: folder.url) { _ in .stop } }
        #expect(FileManager.default.fileExists(atPath: folder.url.path))
        #expect(folder.listing.isEmpty)
    }

    @Test func aFullDiskLeavesNothing() throws {
        let committee = try TestCommittee("Mika")
        _ = try fullCase(committee, by: "Mika")
        let folder = ExchangeFolder(committee, "out")
        for nth in [1, 5, 12] {
            let counter = Counter()
            let files = FileSystem { operation, path in
                guard operation == .write, path.contains("/out") else { return nil }
                return counter.next() == nth ? .fail(ENOSPC) : nil
            }
            let vault = try committee.vault("Mika", files: files)
            let error = #expect(throws: VaultError.self) { try vault.export(to: folder.url) }
            #expect(error?.code == .diskFull)
            #expect(!FileManager.default.fileExists(atPath: folder.url.path))
        }
    }
}

/// Counts calls from any thread.
private final class Counter: Sendable {
    /// The count.
    private let count = Mutex(0)

    /// One more.
    func next() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
}
