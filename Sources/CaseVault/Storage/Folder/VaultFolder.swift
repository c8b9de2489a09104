// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge
private import Synchronization

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

    /// A vault's folder. In it no link is followed, and what is made follows the folder's own
    /// permissions.
    init(path: String, files: FileSystem) {
        self.path = path
        self.files = files
        self.files.sharedFolder = path
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
    ///
    /// - Throws: `damaged` when something else stands where `sealed` belongs; `fileSystem`.
    func list() throws(VaultError) -> FolderListing {
        var reader = FolderReader(self, remembering: [:])
        return try reader.list(known: nil)
    }

    /// What is said where nothing of a vault is there but `VAULT`; there may be a folder that was
    /// `sealed` and has another name now.
    var sealedIsMissing: VaultError {
        let folders = (try? list())?.renamedFolders.paths ?? []
        return .sealedFolderMissing(sealedPath, lookAlike: folders.first { !$0.contains("/") })
    }

    /// Visits the names in a folder; one that is missing has none.
    func visitIfThere(
        _ path: String, while body: (_ name: String, _ kind: CaseVaultBridge.EntryKind) -> Bool
    ) throws(FileSystemError) {
        try visitEntriesIfThere(path) { name, kind, _ in body(name, kind) }
    }

    /// The same with the number of what has each name.
    func visitEntriesIfThere(
        _ path: String,
        while body: (_ name: String, _ kind: CaseVaultBridge.EntryKind, _ number: UInt64) -> Bool
    ) throws(FileSystemError) {
        do { try files.visitEntries(in: path, while: body) } catch {
            guard error.cause == .notFound else { throw error }
        }
    }

    /// Whether a name is two lower-case hexadecimal digits.
    static func isFolderName(_ name: String) -> Bool {
        name.utf8.count == 2 && name.utf8.allSatisfy(\.isHexDigit)
    }

    /// The name of one of the vault's folders that is there, as far as few names tell.
    var anyFolder: String? {
        var (found, rest): (String?, Int) = (nil, 512)
        try? visitIfThere(sealedPath) { name, kind in
            rest -= 1
            if kind == .directory, Self.isFolderName(name) { found = name }
            return found == nil && rest > 0
        }
        return found
    }

    /// The names of files that a new look at their folders finds under the path that was meant.
    ///
    /// A path that was just written to may lead somewhere else than the folder that is shared. So
    /// before an old file goes, its successor is looked for as everybody else would find it.
    func found(_ names: some Sequence<FileName>) throws(VaultError) -> Set<FileName> {
        var found: Set<FileName> = []
        for (folder, names) in Dictionary(grouping: names, by: directory(of:)) {
            var wanted = Set(names.map(\.hexText))
            do throws(FileSystemError) {
                try visitIfThere(folder) { name, kind in
                    guard kind == .file || kind == .unknown, wanted.remove(name) != nil,
                        let raw = Bytes32(hex: name)
                    else { return true }
                    found.insert(FileName(raw: raw))
                    return !wanted.isEmpty
                }
            } catch { throw .fileSystem(error) }
        }
        return found
    }

    /// Reads a file once and checks that its bytes are those that the name promises.
    func read(_ name: FileName) throws(SealedFileError) -> [UInt8]? {
        let bytes: [UInt8]
        do { bytes = try files.readFile(path(of: name), limit: SealedFile.sizeLimit) } catch {
            if error.isNotFound { return nil }
            throw SealedFileError(error)
        }
        guard BLAKE2b.hash(bytes.span) == name.raw else { throw SealedFileError(wrongBytes: bytes) }
        return bytes
    }

    /// Writes files durably and answers their names, in the order of `contents`.
    func write(_ contents: [[UInt8]]) throws(VaultError) -> [FileName] {
        let names = contents.map { FileName(raw: BLAKE2b.hash($0.span)) }
        try write(contents, named: names)
        return names
    }

    /// Writes files durably: every file synced in parallel under a temporary name, then all get
    /// their names in the order of `contents`, then each folder is synced once.
    ///
    /// - Parameters:
    ///   - contents: The files' bytes.
    ///   - names: The hash of each.
    ///   - isReady: Is called when all bytes are on the disk and no name is given.
    /// - Throws: After an error some of the files may be there; they are whole.
    func write(
        _ contents: [[UInt8]], named names: [FileName],
        isReady: (() throws(VaultError) -> Void)? = nil
    ) throws(VaultError) {
        let directories = Set(names.map(directory(of:)))
        let made = Mutex<[Int: String]>([:])
        // What got its name is no temporary file any more.
        defer {
            for (i, name) in made.withLock({ $0 }) {
                try? files.remove(directory(of: names[i]) + "/" + name)
            }
        }
        for directory in directories { try make(directory) }
        do throws(FileSystemError) {
            try parallelTry(count: names.count, width: 8) { (i) throws(FileSystemError) in
                let name = try files.writeTemporary(
                    contents[i], inDirectory: directory(of: names[i]))
                made.withLock { $0[i] = name }
            }
        } catch { throw .fileSystem(error) }
        if let isReady {
            do { try sync(directories) } catch { throw .fileSystem(error) }
            try isReady()
        }
        do throws(FileSystemError) {
            for i in names.indices {
                guard let name = made.withLock({ $0[i] }) else { continue }
                if try give(name, names[i]) { made.withLock { $0[i] = nil } }
            }
            try sync(directories)
            try files.syncDirectory(sealedPath)
        } catch { throw .fileSystem(error) }
    }

    /// Makes one of the vault's folders, unless it is there.
    ///
    /// - Throws: `damaged` when something else stands in its place; `fileSystem`.
    func make(_ directory: String) throws(VaultError) {
        do { try files.makeDirectory(directory, createParents: true) } catch {
            guard error.isExists || error.cause == .wrongKind else { throw .fileSystem(error) }
            throw .notAFolder(directory)
        }
    }

    /// Syncs folders at once: a journal writes those that wait for it together.
    private func sync(_ directories: Set<String>) throws(FileSystemError) {
        let paths = directories.sorted()
        try parallelTry(count: paths.count, width: 8) { (i) throws(FileSystemError) in
            try files.syncDirectory(paths[i])
        }
    }

    /// Gives a temporary file its name; `false` if the same bytes had the name already.
    private func give(_ temporary: String, _ name: FileName) throws(FileSystemError) -> Bool {
        do {
            try files.publish(
                temporary: temporary, as: name.hexText, inDirectory: directory(of: name),
                replacing: false)
            return true
        } catch {
            guard error.isExists else { throw error }
            return false
        }
    }

    /// Gives a temporary file that an earlier act left in the right folder its name.
    func publish(leftOver path: String, as name: FileName) throws(VaultError) {
        let directory = directory(of: name)
        guard path.hasPrefix(directory + "/") else { return }
        do throws(FileSystemError) {
            _ = try give(String(path.dropFirst(directory.count + 1)), name)
            try files.syncDirectory(directory)
        } catch { throw .fileSystem(error) }
    }

    /// Whether a file is there, or the system does not let us see that it is not.
    func mayBeThere(_ name: FileName) -> Bool {
        do { return try files.kind(of: path(of: name)) != nil } catch { return true }
    }

    /// Deletes a file; one that is gone already is no error.
    func remove(_ name: FileName) throws(VaultError) {
        do { try files.remove(path(of: name)) } catch {
            if !error.isNotFound { throw .fileSystem(error) }
        }
    }
}
