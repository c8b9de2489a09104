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

    /// The visible names of a folder and what they are, in order.
    func names(in folder: String) throws(VaultError) -> [(name: String, kind: Kind)] {
        var found: [(name: String, kind: Kind)] = []
        do throws(FileSystemError) {
            try files.visitDirectory(folder) { name, kind in
                guard !name.hasPrefix("."), found.count <= Self.mostNames else { return }
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
                "There are more than \(Self.mostNames) files in a folder.",
                hint: "Import it in parts.")
        }
        return found.sorted { $0.name < $1.name }
    }

    /// Whether a file is a text or a mail by its name.
    static func isDocument(_ name: String) -> Bool {
        [".md", ".markdown", ".txt", ".eml"].contains { name.lowercased().hasSuffix($0) }
    }

    /// Whether a file is a mail by its name.
    static func isMail(_ name: String) -> Bool { name.lowercased().hasSuffix(".eml") }

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
        do throws(ReportError) { all = try Report.text(bytes) } catch {
            throw Failure(reason: error.message)
        }
        do { return try DocumentFrame.read(all) } catch {
            throw Failure(reason: "the lines between --- are damaged")
        }
    }

    /// A mail.
    func mail(_ path: String) throws(Failure) -> MailMessage {
        let bytes = try bytes(path, limit: Self.mailLimit)
        do throws(MailError) { return try MailMessage(parsing: bytes) } catch {
            throw Failure(reason: error.message)
        }
    }

    /// A mail as a report, with what is attached to it, and what could not be read of it.
    func mailReport(
        _ path: String
    ) throws(Failure) -> (report: Report, attachments: [PlannedAttachment], notes: [String]) {
        let mail = try mail(path)
        let report: Report
        do throws(ReportError) { report = try Report(mail: mail) } catch {
            throw Failure(reason: error.message)
        }
        let attachments = mail.attachments.enumerated().map { place, file in
            PlannedAttachment(
                name: file.name, mediaType: file.mediaType, size: UInt64(file.bytes.count),
                path: path, place: place)
        }
        return (report, attachments, mail.notes)
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
