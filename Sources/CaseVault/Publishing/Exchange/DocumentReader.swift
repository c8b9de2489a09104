// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Reads the documents of a folder to import. Errors are sentences that hold nothing of them.
struct DocumentReader {
    /// The way to the operating system.
    let files: FileSystem

    /// The largest text that is read.
    private static let textLimit = 8 << 20
    /// The largest mail, with its attachments.
    private static let mailLimit = 128 << 20
    /// The most names in one folder.
    private static let mostNames = 10_000

    /// What is wrong, as a sentence.
    struct Failure: Error {
        /// The sentence.
        let reason: String
    }

    /// What a name in a folder stands for.
    enum Kind {
        /// A file.
        case file
        /// A folder.
        case folder
        /// Something else, such as a link.
        case other
    }

    /// The visible names of a folder and what they are, in order; of hidden ones those that stand
    /// for a file whose bytes are elsewhere.
    func names(in folder: String) throws(VaultError) -> [(name: String, kind: Kind)] {
        var found: [(name: String, kind: Kind)] = []
        do throws(FileSystemError) {
            try files.visitDirectory(folder) { name, kind in
                let isHidden =
                    name.hasPrefix(".") && !Self.endingsWithoutBytes.contains(where: name.hasSuffix)
                guard !isHidden, found.count <= Self.mostNames else { return }
                let path = folder + "/" + name
                switch kind {
                case .file: found.append((name, .file))
                case .directory: found.append((name, .folder))
                case .other: found.append((name, .other))
                case .unknown: found.append((name, files.isDirectory(path) ? .folder : .file))
                }
            }
        } catch { throw .fileSystem(error) }
        guard found.count <= Self.mostNames else {
            throw .badInput(
                "tooManyFiles", "There are more than \(Self.mostNames) files in a folder.",
                hint: "Import it in parts.", with: ["limit": "\(Self.mostNames)"])
        }
        return found.sorted { $0.name < $1.name }
    }

    /// Why a file is left out that nobody wrote for the committee, or that is not here; `nil` if it
    /// is one of theirs. Systems, editors and sync tools leave such names beside what people write.
    static func reasonToSkip(_ name: String) -> String? {
        let folded = name.lowercased()
        if endingsWithoutBytes.contains(where: folded.hasSuffix) {
            return "its bytes are not here: let your sync tool fetch them, then import again"
        }
        let isLeft =
            leftNames.contains(folded) || leftStarts.contains(where: folded.hasPrefix)
            || leftEnds.contains(where: folded.hasSuffix)
            || conflicts.contains(where: folded.contains)
            || (folded.count > 2 && folded.first == "#" && folded.last == "#")
        return isLeft ? "it was left out: a system or sync tool left it there" : nil
    }

    /// What a sync tool puts in the place of a file whose bytes it keeps elsewhere.
    private static let endingsWithoutBytes = [
        ".icloud", ".nextcloud", ".owncloud", ".cloud", ".cloudf", ".placeholder",
    ]
    /// Files and folders of systems and of drives in a network, in lower case.
    private static let leftNames: Set<String> = [
        "__macosx", "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r",
        "$recycle.bin", "recycler", "#recycle", "#snapshot", "@eadir", "lost+found",
        "system volume information", "network trash folder", "temporary items",
    ]
    /// What names of editors begin with.
    private static let leftStarts = ["~$", "._", ".~"]
    /// What names of editors and of what is still being fetched end with.
    private static let leftEnds = [
        "~", ".tmp", ".temp", ".bak", ".swp", ".swo", ".part", ".partial", ".filepart",
        ".crdownload", "@synoeastream",
    ]
    /// What sync tools write into the name of a copy.
    private static let conflicts = [
        "conflicted copy", "conflict copy", ".sync-conflict-", "(case conflict", "_conflict-",
        "konflikt stehende kopie", "copie en conflit", "copia en conflicto",
        "copia in conflitto", "c\u{F3}pia em conflito", "conflicterende kopie",
    ]

    /// Endings of texts, mails and pages.
    static let documents = [".md", ".markdown", ".txt", ".eml", ".emlx", ".html", ".htm"]
    /// Endings of files of other programs that a report can be.
    private static let foreign = [".docx", ".doc", ".odt", ".pdf", ".rtf", ".msg", ".mbox"]

    /// Whether a file is a text, a mail or a page by its name.
    static func isDocument(_ name: String) -> Bool {
        documents.contains { name.lowercased().hasSuffix($0) }
    }

    /// Whether a file could be a report though it is of another program.
    static func isForeignDocument(_ name: String) -> Bool {
        foreign.contains { name.lowercased().hasSuffix($0) }
    }

    /// What a file is called by people, whatever its case: "About.TXT" is "about".
    static func isCalled(_ word: String, _ name: String) -> Bool {
        [word, word + ".txt", word + ".md"].contains(name.lowercased())
    }

    /// A name without its last ending.
    static func stem(_ name: String) -> String {
        name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }

    /// The bytes of a small file.
    func bytes(_ path: String, limit: Int = textLimit) throws(Failure) -> [UInt8] {
        do throws(FileSystemError) { return try files.readFile(path, limit: limit) } catch {
            switch error.kind {
            case .tooLarge: throw Failure(reason: "the file is larger than \(limit) bytes")
            case .notRegular: throw Failure(reason: "this is not an ordinary file")
            default: throw Failure(reason: "the file cannot be read")
            }
        }
    }

    /// A text, lines ending with LF, and what stands above it in an export.
    func document(_ path: String) throws(Failure) -> (frame: DocumentFrame?, text: String) {
        let bytes = try bytes(path)
        let all: String
        do throws(VaultError) { all = try Report.text(bytes) } catch {
            throw Failure(reason: error.clause)
        }
        do { return try DocumentFrame.read(all) } catch {
            throw Failure(reason: "the lines between --- are damaged")
        }
    }

    /// The text of a small file.
    func text(_ path: String) throws(Failure) -> String {
        var notes: [String] = []
        return MailCharset.decode(try bytes(path), label: "", notes: &notes)
    }

    /// The day of an old paper that does not say it in a field: that in a name, the first in its
    /// text, or else that of the file, which can be that of copying it.
    func day(names: [String], text: String, _ path: String) -> (day: Day?, isOfFile: Bool) {
        for name in names { if let day = DayInText.first(name) { return (day, false) } }
        if let day = DayInText.first(text) { return (day, false) }
        return (files.modified(path).map(Day.of), true)
    }

    /// A mail, a text, a page or another file.
    func paper(_ path: String) throws(Failure) -> Paper {
        let bytes = try bytes(path, limit: Self.mailLimit)
        do throws(VaultError) {
            return try Paper(reading: bytes, fileName: path, isEntry: true)
        } catch {
            throw Failure(reason: error.clause)
        }
    }

    /// What came with a paper: it is read again when its turn comes.
    func attachments(of paper: Paper, _ path: String) -> [PlannedAttachment] {
        paper.attachments.enumerated().map { place, file in
            PlannedAttachment(
                name: file.name, mediaType: file.mediaType, size: file.size, path: path,
                place: place)
        }
    }

    /// A file to attach, under its own name or another.
    func attachment(
        _ path: String, name: String, mediaType: String = "application/octet-stream"
    ) throws(Failure) -> PlannedAttachment {
        guard name.utf8.count <= AttachmentNote.nameLimit,
            mediaType.utf8.count <= AttachmentNote.nameLimit
        else { throw Failure(reason: "the name of the file is too long") }
        // Opened, so that a file that cannot be read is found before anything is written.
        guard (try? files.readPrefix(path, count: 1)) != nil, let size = try? files.fileSize(path)
        else { throw Failure(reason: "the file cannot be read") }
        return PlannedAttachment(
            name: name, mediaType: mediaType, size: UInt64(size), path: path, place: nil)
    }
}
