// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Reads the names in a vault's folder, but not anew those of folders that are full of other names
/// and have not changed.
///
/// Whoever can write to the folder can fill it with names. A look that an act takes costs as good as
/// nothing more by that: it reads a bounded number of names where only folders of the vault
/// belong and then looks for these by their names, of which there are 256.
struct FolderReader {
    /// The folder.
    private let folder: VaultFolder
    /// Folders that are full of other names by their paths in the vault, as they were last read.
    private let before: [String: CrowdedFolder]
    /// The same as they are now.
    private(set) var crowded: [String: CrowdedFolder] = [:]
    /// How many more examples are remembered.
    private var room: Int

    /// The most examples that are remembered of all folders, and of each kind in one.
    private static let mostExamples = 128, examplesOfKind = 8
    /// So many names that are not the vault's are read where only folders of the vault belong.
    private static let patience = 512
    /// The names of all folders of the vault.
    private static let allFolders = (0...255).map { byte in
        String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }

    /// A reader.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - crowded: What is remembered. It holds only together with the names of the vault that
    ///     were there then.
    init(_ folder: VaultFolder, remembering crowded: [String: CrowdedFolder]) {
        self.folder = folder
        before = crowded
        room = Self.mostExamples - crowded.values.reduce(0) { $0 + $1.examples }
    }

    /// The names that an act needs.
    ///
    /// - Parameter known: The names of the vault that were there when what is remembered was read.
    /// - Returns: The names.
    /// - Throws: `damaged` when something else stands where `sealed` belongs; `fileSystem`.
    mutating func names(
        known: some Sequence<FileName>
    ) throws(VaultError) -> FolderNames {
        // Nothing was found out about these two, so what is remembered of them stays.
        for outer in ["", "sealed"] { crowded[outer] = before[outer] }
        return try read(atMost: Self.patience, known: known).own
    }

    /// All names.
    mutating func list(
        known: some Sequence<FileName>
    ) throws(VaultError) -> FolderListing {
        try read(atMost: nil, known: known)
    }

    /// Reads the folder, `sealed` and what is in it.
    private mutating func read(
        atMost limit: Int?, known: some Sequence<FileName>
    ) throws(VaultError) -> FolderListing {
        let (path, tag) = (folder.path, folder.files.temporaryTag)
        var listing = FolderListing()
        var folders: [String] = []
        do throws(FileSystemError) {
            listing = try look(in: "", atMost: limit) { part, _, name, kind in
                switch name {
                case VaultMarker.fileName, ".gitattributes", "sealed": break
                default: part.noteBesides(name, kind, tag: tag, in: path)
                }
            }.found
            // Missing as long as nothing has arrived. Any other fault is one: a folder that could
            // not be read would look as if everything in it were gone.
            let inner = try look(in: "sealed", atMost: limit) { part, folders, name, kind in
                if VaultFolder.isFolderName(name) {
                    folders.append(name)
                } else {
                    part.noteInside(name, kind, tag: tag, at: "sealed", in: path)
                }
            }
            folders =
                inner.isAll
                ? inner.folders
                : try folder.files.look(for: Self.allFolders, in: folder.sealedPath).map(\.name)
            listing.add(inner.found)
            let unchanged = try unchanged(of: folders)
            var unread = [Bool](repeating: false, count: 256)
            for name in folders {
                let inside = "sealed/" + name
                if unchanged.contains(name), let known = before[inside] {
                    crowded[inside] = known
                    listing.add(known.found)
                    unread[Int(name, radix: 16) ?? 0] = true
                } else {
                    try read(name, inside, &listing)
                }
            }
            if unread.contains(true) {
                listing.names.formUnion(known.filter { unread[Int($0.raw.first)] })
            }
            return listing
        } catch {
            let sealed = try? folder.files.kind(of: folder.sealedPath)
            guard error.cause == .wrongKind, let sealed, sealed != .directory else {
                throw .fileSystem(error)
            }
            throw .notAFolder(folder.sealedPath)
        }
    }

    /// Reads one of the folders in `sealed`.
    private mutating func read(
        _ name: String, _ inside: String, _ listing: inout FolderListing
    ) throws(FileSystemError) {
        let (path, tag) = (folder.path, folder.files.temporaryTag)
        do throws(FileSystemError) {
            // A sync tool may remove a folder that became empty.
            let part = try look(in: inside, atMost: nil) { part, _, file, kind in
                if file.utf8.starts(with: name.utf8), let raw = Bytes32(hex: file),
                    kind != .directory
                {
                    part.names.insert(FileName(raw: raw))
                } else {
                    part.noteInside(file, kind, tag: tag, at: inside, in: path)
                }
            }
            listing.add(part.found)
        } catch {
            guard error.cause == .wrongKind else { throw error }
            // A file or a link: what is behind it is not the vault's.
            listing.noteObstacle(inside)
        }
    }

    /// Those of some folders in `sealed` that are remembered and have not changed since.
    private func unchanged(of folders: [String]) throws(FileSystemError) -> Set<String> {
        let remembered = folders.filter { before["sealed/" + $0] != nil }
        guard !remembered.isEmpty else { return [] }
        let now = try folder.files.look(for: remembered, in: folder.sealedPath)
        return Set(now.lazy.filter { before["sealed/" + $0.name]?.stamp == $0.folder }.map(\.name))
    }

    /// What is in one folder.
    ///
    /// - Parameters:
    ///   - inside: Its path in the vault.
    ///   - limit: How many names that are not the vault's are read; `nil` for all, or as
    ///     remembered.
    ///   - note: Takes note of one name.
    /// - Returns: What was found, the vault's folders, and whether all names were read.
    /// - Throws: The system's error.
    private mutating func look(
        in inside: String, atMost limit: Int?,
        _ note: (inout FolderListing, inout [String], String, CaseVaultBridge.EntryKind) -> Void
    ) throws(FileSystemError) -> (found: FolderListing, folders: [String], isAll: Bool) {
        let files = folder.files
        let place = inside.isEmpty ? folder.path : folder.path + "/" + inside
        if limit == nil, let known = before[inside], known.stamp == files.folderStamp(of: place) {
            crowded[inside] = known
            return (known.found, known.folders, true)
        }
        let moment = FileSystem.moment
        var found = FolderListing()
        var folders: [String] = []
        var isAll = true
        func visit(_ name: String, _ kind: CaseVaultBridge.EntryKind) -> Bool {
            note(&found, &folders, name, kind)
            isAll = found.ignored <= limit ?? .max
            return isAll
        }
        if inside.isEmpty {
            try files.visitNames(in: place, while: visit)
        } else {
            try folder.visitIfThere(place, while: visit)
        }
        if limit == nil { remember(found, folders, of: inside, at: moment) }
        return (found, folders, isAll)
    }

    /// Remembers a folder if it is worth while and safe.
    private mutating func remember(
        _ found: FolderListing, _ folders: [String], of inside: String, at moment: Int64
    ) {
        if let old = before[inside] { room += old.examples }
        let place = inside.isEmpty ? folder.path : folder.path + "/" + inside
        guard found.ignored >= CrowdedFolder.least, found.leftOvers.isEmpty,
            let stamp = folder.files.folderStamp(of: place, settledAt: moment)
        else { return }
        let new = CrowdedFolder(
            stamp: stamp,
            found: found.remembered(examples: max(0, min(Self.examplesOfKind, room))),
            folders: folders)
        room -= new.examples
        crowded[inside] = new
    }
}
