// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What people should know about the names in a vault's folder that are not the vault's.
///
/// Nothing is ever said to be superfluous that holds the only bytes of a file: whoever tidies up
/// by what they read here must not destroy anything.
struct FolderFindings {
    /// The folder.
    let folder: VaultFolder
    /// The names in it.
    let listing: FolderListing
    /// Names of the vault whose bytes are not there or wrong.
    let faulty: Set<FileName>
    /// Whether files are read, or names alone are looked at.
    let looksInside: Bool

    /// The largest file that is read to learn whether it is one of ours under another name.
    private static let sizeLimit = 256 << 20
    /// So many names are looked at in a folder that is not the vault's, and so deep.
    private static let mostNames = 10_000, mostDepth = 3

    /// All of them.
    var problems: [VerifyReport.Problem] {
        let copies = listing.copies
        let folders = listing.renamedFolders
        let strangers = listing.strangers
        return copies.paths.sorted().compactMap(copy) + more(.conflictCopy, copies, "copies")
            + folders.paths.sorted().compactMap(renamedFolder)
            + more(.renamedFolder, folders, "folders")
            + strangers.paths.sorted().map(stranger) + more(.inClear, strangers, "files")
    }

    /// One problem.
    private func problem(
        _ code: VerifyReport.Problem.Code, _ text: String, _ path: String?
    ) -> VerifyReport.Problem {
        VerifyReport.Problem(code: code, text: text, file: path, codeName: nil)
    }

    /// Says how many were left out.
    private func more(
        _ code: VerifyReport.Problem.Code, _ names: FolderListing.NameSample, _ what: String
    ) -> [VerifyReport.Problem] {
        let count = names.count - names.paths.count
        return count > 0 ? [problem(code, "There are \(count) more such \(what).", nil)] : []
    }

    /// Whether a file of the vault is where it belongs, as far as known.
    private func isThere(_ name: FileName) -> Bool {
        listing.names.contains(name) && !faulty.contains(name)
    }

    /// A name that a sync tool made from one of ours.
    private func copy(_ path: String) -> VerifyReport.Problem? {
        let name = String(path.split(separator: "/").last ?? "")
        guard let original = FolderListing.original(of: name) else {
            return problem(
                .conflictCopy, "A sync tool's copy of the file VAULT; nothing reads it.", path)
        }
        if Self.isPlaceholder(name) {
            return isThere(original) ? nil : problem(.placeholder, Self.placeholderText, path)
        }
        if isThere(original) {
            return problem(
                .conflictCopy,
                "A sync tool's copy of one of the vault's files, which is there too; nothing reads "
                    + "the copy.", path)
        }
        guard looksInside else { return lastCopy(path, of: original) }
        switch hash(path) {
        case original.raw: return lastCopy(path, of: original)
        case Self.emptyHash: return problem(.placeholder, Self.placeholderText, path)
        default:
            return problem(
                .lastCopy,
                "It was made from one of the vault's files, which is missing or damaged, and has "
                    + "other bytes. Do not delete it before everything is whole again.", path)
        }
    }

    /// What to do with the only bytes of a file.
    private func lastCopy(_ path: String, of original: FileName) -> VerifyReport.Problem {
        problem(
            .lastCopy,
            "This may be the only copy of a file of the vault, under another name. Do not delete "
                + "it: give it its name back, \(folder.shownPath(of: original)).", path)
    }

    /// What is said of a name without bytes.
    private static let placeholderText =
        "A placeholder: a sync tool keeps the bytes of this file elsewhere. Let it fetch them, and "
        + "do not delete the name."

    /// Whether a name says that a sync tool keeps the bytes elsewhere.
    private static func isPlaceholder(_ name: String) -> Bool {
        [".icloud", ".nextcloud", ".owncloud", ".cloud", ".cloudf", ".placeholder"]
            .contains { name.hasSuffix($0) }
    }

    /// The hash of no bytes.
    private static let emptyHash = BLAKE2b.hash([UInt8]())

    /// The hash of a file that is not ours by name; `nil` if it could not be read or is large.
    private func hash(_ path: String) -> Bytes32? {
        let place = folder.path + "/" + path
        guard let size = try? folder.files.fileSize(place), size <= Self.sizeLimit,
            let input = try? folder.files.openForReading(place)
        else { return nil }
        let hash = BLAKE2bStream()
        var piece: [UInt8] = []
        while let count = try? input.read(into: &piece, atMost: 1 << 20) {
            if count == 0 { return hash.finish() }
            hash.update(piece.span)
        }
        return nil
    }

    /// A folder that bears one of our folders' names with something added.
    private func renamedFolder(_ path: String) -> VerifyReport.Problem? {
        let isAll = !path.contains("/")
        let name = isAll ? "sealed" : "sealed/" + path.dropFirst("sealed/".count).prefix(2)
        var isOurs = false
        try? folder.files.visitDirectory(folder.path + "/" + path) { inner, kind in
            if isAll ? VaultFolder.isFolderName(inner) : isMissing(inner) { isOurs = true }
        }
        guard isOurs else { return nil }
        return problem(
            .renamedFolder,
            "The folder \"\(path)\" holds files of the vault that are not in their place. Delete "
                + "nothing of it: move what is in it to \"\(name)\", or give it that name back.",
            path)
    }

    /// Whether a folder that somebody put here holds files of ours that are not in their place, as
    /// one to which a part of the vault was moved.
    private func holdsMissing(_ path: String) -> Bool {
        var folders = [(path, depth: 0)]
        var rest = Self.mostNames
        while let (inner, depth) = folders.popLast() {
            var isOurs = false
            try? folder.files.visitNames(in: folder.path + "/" + inner) { name, kind in
                rest -= 1
                switch kind {
                case .directory:
                    if depth < Self.mostDepth { folders.append((inner + "/" + name, depth + 1)) }
                default:
                    isOurs =
                        isMissing(name)
                        && SealedFile.isOurs(
                            startOf: folder.path + "/" + inner + "/" + name, in: folder.files)
                }
                return !isOurs && rest > 0
            }
            if isOurs { return true }
            if rest <= 0 { return false }
        }
        return false
    }

    /// Whether a name is one of ours and is not where it belongs.
    private func isMissing(_ name: String) -> Bool {
        guard let raw = Bytes32(hex: name) else { return false }
        return !isThere(FileName(raw: raw))
    }

    /// Something that somebody put into the folder.
    private func stranger(_ path: String) -> VerifyReport.Problem {
        let place = folder.path + "/" + path
        if (try? folder.files.readPrefix(place, count: 4)) == Array("CVKY".utf8) {
            return problem(
                .keyInFolder,
                "\(path) is a key file in the shared folder: whoever has the folder can take it. "
                    + "Move it out; whose it is should make a new key and be replaced.", path)
        }
        if SealedFile.isOurs(startOf: place, in: folder.files) {
            let own = String(path.split(separator: "/").last ?? "")
            let raw = isMissing(own) ? Bytes32(hex: own) : looksInside ? hash(path) : nil
            if let name = raw.map(FileName.init(raw:)), !isThere(name) {
                return lastCopy(path, of: name)
            }
            return problem(
                .conflictCopy,
                "A file of a vault under another name or in another place; nothing "
                    + "reads it.", path)
        }
        let isFolder = folder.files.isDirectory(place)
        if isFolder, holdsMissing(path) {
            return problem(
                .renamedFolder,
                "The folder \"\(path)\" holds files of the vault that are not in their place. Delete "
                    + "nothing of it: move each file to the folder in \"sealed\" that has the first "
                    + "two digits of its name.", path)
        }
        return problem(
            .inClear,
            isFolder
                ? "The folder \(path) lies in the shared folder: everybody can read what is in it."
                : "\(path) lies unencrypted in the shared folder: everybody can read it.", path)
    }
}

extension SealedFile {
    /// Whether a file starts like one of the vault's.
    static func isOurs(startOf path: String, in files: FileSystem) -> Bool {
        guard let start = try? files.readPrefix(path, count: 4) else { return false }
        return start == AttachmentHeader.magic || start == SealedHeader.magic
    }
}
