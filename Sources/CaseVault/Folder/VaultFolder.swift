// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The folder on disk: names and bytes, nothing else.
///
/// A file's name is the hash of its bytes, so nothing is ever rewritten and two machines never
/// write different bytes under one name.
struct VaultFolder: Sendable {
    /// The vault's folder.
    let path: String
    /// The way to the operating system.
    var files: FileSystem

    /// The folder that holds every file.
    var sealedPath: String { path + "/sealed" }

    /// What a look at the folder found.
    struct Listing: Sendable {
        /// Names that are shaped like the vault's own.
        var names: Set<FileName> = []
        /// How many other names there are: conflict copies, temporary files, other tools' files.
        var ignored = 0
        /// Paths of temporary files that this machine made; counted among the ignored.
        var leftOvers: [String] = []
    }

    /// Where the file of this name is.
    func path(of name: FileName) -> String { directory(of: name) + "/" + name.hexText }

    /// The path of a file inside of the vault, to show to people.
    func shownPath(of name: FileName) -> String {
        "sealed/" + name.hexText.prefix(2) + "/" + name.hexText
    }

    /// The folder that the file of this name is in: the first two digits of its name.
    private func directory(of name: FileName) -> String {
        sealedPath + "/" + name.hexText.prefix(2)
    }

    /// Lists every name once. Nothing is opened, and memory grows with our own files only.
    func list() throws(VaultError) -> Listing {
        var listing = Listing()
        var folders: [String] = []
        do {
            try files.visitDirectory(path) { name, _ in
                switch name {
                case VaultMarker.fileName, ".gitattributes", "sealed": break
                default: ignore(name, in: path, &listing)
                }
            }
            guard files.isDirectory(sealedPath) else { return listing }
            try files.visitDirectory(sealedPath) { name, kind in
                if Self.isFolderName(name), kind == .directory || kind == .unknown {
                    folders.append(name)
                } else {
                    ignore(name, in: sealedPath, &listing)
                }
            }
            for folder in folders {
                try files.visitDirectory(sealedPath + "/" + folder) { name, kind in
                    if name.hasPrefix(folder), let raw = Bytes32(hex: name), kind != .directory {
                        listing.names.insert(FileName(raw: raw))
                    } else {
                        ignore(name, in: sealedPath + "/" + folder, &listing)
                    }
                }
            }
        } catch { throw .fileSystem(error) }
        return listing
    }

    /// Counts a name that is not the vault's; notes it if this machine made it.
    private func ignore(_ name: String, in directory: String, _ listing: inout Listing) {
        listing.ignored += 1
        if WriteHandle.isTemporaryName(name, tag: files.temporaryTag) {
            listing.leftOvers.append(directory + "/" + name)
        }
    }

    /// Whether a name is two lower-case hexadecimal digits.
    private static func isFolderName(_ name: String) -> Bool {
        name.utf8.count == 2
            && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// Reads a file once and checks that its bytes are those that the name promises.
    func read(_ name: FileName) throws(SealedFileError) -> [UInt8]? {
        let bytes: [UInt8]
        do { bytes = try files.readFile(path(of: name), limit: SealedFile.sizeLimit) } catch {
            if error.isNotFound { return nil }
            throw .malformed
        }
        guard BLAKE2b.hash(bytes.span) == name.raw else { throw .nameDoesNotMatch }
        return bytes
    }

    /// Writes files durably: every file synced in parallel, then each folder once.
    ///
    /// - Returns: The names, in the order of `contents`.
    /// - Throws: After an error some of the files may be there; they are whole.
    func write(_ contents: [[UInt8]]) throws(VaultError) -> [FileName] {
        let names = contents.map { FileName(raw: BLAKE2b.hash($0.span)) }
        let failure = FirstError()
        do {
            for directory in Set(names.map(directory(of:))) {
                try files.makeDirectory(directory, createParents: true)
            }
        } catch { throw .fileSystem(error) }
        parallelForEach(count: names.count, width: 8) { i in
            if failure.error != nil { return }
            let directory = directory(of: names[i])
            do throws(FileSystemError) {
                let temporary = try files.writeTemporary(contents[i], inDirectory: directory)
                do throws(FileSystemError) {
                    try files.publish(
                        temporary: temporary, as: names[i].hexText, inDirectory: directory,
                        replacing: false)
                } catch {
                    try? files.remove(directory + "/" + temporary)
                    // The same bytes under the same name: somebody was quicker.
                    if !error.isExists { throw error }
                }
            } catch { failure.keep(error) }
        }
        if let error = failure.error { throw .fileSystem(error) }
        do {
            for directory in Set(names.map(directory(of:))) { try files.syncDirectory(directory) }
            try files.syncDirectory(sealedPath)
        } catch { throw .fileSystem(error) }
        return names
    }

    /// Deletes a file; one that is gone already is no error.
    func remove(_ name: FileName) throws(VaultError) {
        do { try files.remove(path(of: name)) } catch {
            if !error.isNotFound { throw .fileSystem(error) }
        }
    }
}
