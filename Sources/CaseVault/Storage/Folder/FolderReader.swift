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
    /// How many names the next look need not read, if what this one found is remembered.
    private(set) var gain = 0
    /// How many more examples are remembered.
    private var room: Int
    /// How many more names are that hold nothing of the vault.
    private var wrongRoom: Int
    /// Names that have never held anything of the vault here, and how many there are: those that
    /// were known, and those of ``setAside(_:)``.
    private(set) var wrong = (count: 0, examples: [FileName: SealedFileError]())
    /// Names that were not known, by their folders, with the moment when they were looked at.
    private var arrived: [String: (names: [WrongFiles.Candidate], moment: Int64)] = [:]
    /// The folders of which all names with wrong bytes are looked at again, though nothing was seen
    /// to change in them: a file can be filled without that.
    private let again: Set<String>
    /// Whether these are all such folders.
    private let isAllAgain: Bool

    /// Takes note of one name, what it is, and its number.
    private typealias Note = (
        inout FolderListing, inout [String], String, CaseVaultBridge.EntryKind, UInt64
    ) -> Void

    /// The most examples that are remembered of all folders, and of each kind in one.
    private static let mostExamples = 128, examplesOfKind = 8
    /// The most names that hold nothing of the vault which are remembered: a person reads them.
    private static let mostWrong = 16
    /// So many names that are not the vault's are read where only folders of the vault belong.
    private static let patience = 512
    /// So many names with wrong bytes are looked at again in each look.
    private static let mostAgain = 128
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
        wrongRoom =
            Self.mostWrong - crowded.values.reduce(0) { $0 + ($1.wrong?.examples.count ?? 0) }
        let counts = crowded.compactMapValues { $0.wrong?.count }
        isAllAgain = counts.values.reduce(0, +) <= Self.mostAgain
        again = isAllAgain ? Set(counts.keys) : Self.some(of: counts)
    }

    /// Some folders with together not more names than are looked at again, each look others. One
    /// that holds more than that by itself has its turn the more rarely.
    private static func some(of counts: [String: Int]) -> Set<String> {
        var (chosen, rest) = (Set<String>(), mostAgain)
        for (folder, count) in counts.shuffled() {
            guard count <= rest || Int.random(in: 0..<count) < rest else { break }
            chosen.insert(folder)
            rest -= count
            if rest <= 0 { break }
        }
        return chosen
    }

    /// The names that an act needs.
    ///
    /// - Parameter known: The names of the vault that were there when what is remembered was read.
    /// - Returns: The names.
    /// - Throws: `damaged` when something else stands where `sealed` belongs; `fileSystem`.
    mutating func names(
        known: Dictionary<FileName, Int64>.Keys
    ) throws(VaultError) -> FolderNames {
        // Nothing was found out about these two, so what is remembered of them stays.
        for outer in ["", "sealed"] { crowded[outer] = before[outer] }
        return try read(atMost: Self.patience, known: known).own
    }

    /// All names, also those that hold nothing of the vault if it is not known which do.
    mutating func list(
        known: Dictionary<FileName, Int64>.Keys?
    ) throws(VaultError) -> FolderListing {
        try read(atMost: nil, known: known)
    }

    /// Reads the folder, `sealed` and what is in it.
    private mutating func read(
        atMost limit: Int?, known: Dictionary<FileName, Int64>.Keys?
    ) throws(VaultError) -> FolderListing {
        let (path, tag) = (folder.path, folder.files.temporaryTag)
        var listing = FolderListing()
        var folders: [String] = []
        do throws(FileSystemError) {
            listing = try look(in: "", atMost: limit) { part, _, name, kind, _ in
                switch name {
                case VaultMarker.fileName, ".gitattributes", "sealed": break
                default: part.noteBesides(name, kind, tag: tag, in: path)
                }
            }.found
            // Missing as long as nothing has arrived. Any other fault is one: a folder that could
            // not be read would look as if everything in it were gone.
            let inner = try look(in: "sealed", atMost: limit) { part, folders, name, kind, _ in
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
                if unchanged.contains(name), !again.contains(inside), let old = before[inside] {
                    crowded[inside] = old
                    listing.add(old.found)
                    if let files = old.wrong { add(files) }
                    unread[Int(name, radix: 16) ?? 0] = true
                } else {
                    try read(name, inside, known: known, &listing)
                }
            }
            if let known, unread.contains(true) {
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
        _ name: String, _ inside: String, known: Dictionary<FileName, Int64>.Keys?,
        _ listing: inout FolderListing
    ) throws(FileSystemError) {
        let (path, tag) = (folder.path, folder.files.temporaryTag)
        do throws(FileSystemError) {
            let moment = FileSystem.moment
            // A sync tool may remove a folder that became empty.
            var new: [WrongFiles.Entry] = []
            var part = try visit(inside, atMost: nil) { part, _, file, kind, number in
                if file.utf8.starts(with: name.utf8), let raw = Bytes32(hex: file),
                    kind != .directory
                {
                    let name = FileName(raw: raw)
                    if known?.contains(name) ?? true {
                        part.names.insert(name)
                    } else {
                        new.append((name, number))
                    }
                } else {
                    part.noteInside(file, kind, tag: tag, at: inside, in: path)
                }
            }.found
            if let old = before[inside] {
                room += old.examples
                wrongRoom += old.wrong?.examples.count ?? 0
            }
            if !new.isEmpty {
                if let files = before[inside]?.wrong, hasSameNames(files, new, inside) {
                    add(files)
                    remember(part, wrong: files, of: inside, at: moment)
                } else {
                    let stamps = try folder.files.stamps(
                        of: new.lazy.map(\.name.hexText), in: place(inside))
                    let candidates = Array(zip(new, stamps))
                    if let files = before[inside]?.wrong, isUnchanged(files, candidates) {
                        add(files)
                        remember(part, wrong: files, of: inside, at: moment)
                    } else {
                        part.names.formUnion(new.lazy.map(\.name))
                        arrived[inside] = (candidates, moment)
                        remember(part, arrived: new.count, of: inside, at: moment)
                    }
                }
            } else {
                remember(part, of: inside, at: moment)
            }
            listing.add(part)
        } catch {
            guard error.cause == .wrongKind else { throw error }
            // A file or a link: what is behind it is not the vault's.
            listing.noteObstacle(inside)
        }
    }

    /// Whether names are those that were known to hold nothing of the vault, as far as their folder
    /// tells: each is asked only in its turn.
    private func hasSameNames(
        _ files: WrongFiles, _ new: [WrongFiles.Entry], _ inside: String
    ) -> Bool {
        // Other disks may give a new file the number of the old one, or all files the same.
        !again.contains(inside) && files.hasSameNames(new)
            && folder.files.keepsFolderTimes(place(inside))
    }

    /// Whether names are those that were known to hold nothing of the vault, and none has changed.
    private func isUnchanged(_ files: WrongFiles, _ candidates: [WrongFiles.Candidate]) -> Bool {
        !(files.mayPass && isAllAgain) && files.isSame(candidates)
    }

    /// Counts names that hold nothing of the vault.
    private mutating func add(_ files: WrongFiles) {
        wrong.count += files.count
        for example in files.examples { wrong.examples[example.name] = example.fault }
    }

    /// Sets names aside that have arrived and hold nothing of the vault, so that the next look
    /// knows them by their folder.
    ///
    /// - Parameter faults: What is wrong with names that were opened.
    /// - Returns: Those that had arrived.
    mutating func setAside(_ faults: [FileName: SealedFileError]) -> Set<FileName> {
        var all: Set<FileName> = []
        for (inside, (names, moment)) in arrived {
            let rest = names.filter { faults[$0.entry.name] != nil }
            all.formUnion(rest.lazy.map(\.entry.name))
            if let files = WrongFiles(rest, faults, at: moment, room: wrongRoom), !rest.isEmpty {
                add(files)
                wrongRoom -= files.examples.count
                crowded[inside]?.wrong = files
                continue
            }
            // What is not remembered is looked at again; so the folder is read again too.
            if let new = crowded[inside], !rest.isEmpty || !new.isCrowd {
                room += new.examples
                crowded[inside] = nil
            }
            wrong.count += rest.count
            for rest in rest.prefix(max(0, Self.mostWrong - wrong.examples.count)) {
                wrong.examples[rest.entry.name] = faults[rest.entry.name]
            }
        }
        arrived = [:]
        return all
    }

    /// Those of some folders in `sealed` that are remembered and have not changed since.
    private func unchanged(of folders: [String]) throws(FileSystemError) -> Set<String> {
        let remembered = folders.filter { before["sealed/" + $0] != nil }
        guard !remembered.isEmpty else { return [] }
        let now = try folder.files.look(for: remembered, in: folder.sealedPath)
        return Set(
            now.lazy.filter {
                guard let stamp = $0.folder else { return false }
                return before["sealed/" + $0.name]?.stamp == stamp
            }.map(\.name))
    }

    /// What is in one folder, as remembered if all is asked for and nothing has changed.
    ///
    /// - Parameters:
    ///   - inside: Its path in the vault.
    ///   - limit: How many names that are not the vault's are read; `nil` for all.
    ///   - note: Takes note of one name.
    /// - Returns: What was found, the vault's folders, and whether all names were read.
    /// - Throws: The system's error.
    private mutating func look(
        in inside: String, atMost limit: Int?,
        _ note: Note
    ) throws(FileSystemError) -> (found: FolderListing, folders: [String], isAll: Bool) {
        guard limit == nil else { return try visit(inside, atMost: limit, note) }
        if let old = before[inside], let stamp = old.stamp,
            stamp == folder.files.folderStamp(of: place(inside))
        {
            crowded[inside] = old
            return (old.found, old.folders, true)
        }
        let moment = FileSystem.moment
        let seen = try visit(inside, atMost: nil, note)
        if let old = before[inside] { room += old.examples }
        remember(seen.found, seen.folders, of: inside, at: moment)
        return seen
    }

    /// Where a path in the vault is.
    private func place(_ inside: String) -> String {
        inside.isEmpty ? folder.path : folder.path + "/" + inside
    }

    /// Reads the names in one folder; as ``look(in:atMost:_:)``.
    private func visit(
        _ inside: String, atMost limit: Int?,
        _ note: Note
    ) throws(FileSystemError) -> (found: FolderListing, folders: [String], isAll: Bool) {
        var found = FolderListing()
        var folders: [String] = []
        var isAll = true
        func visit(_ name: String, _ kind: CaseVaultBridge.EntryKind, _ number: UInt64) -> Bool {
            note(&found, &folders, name, kind, number)
            isAll = found.ignored <= limit ?? .max
            return isAll
        }
        if inside.isEmpty {
            try folder.files.visitEntries(in: place(inside), while: visit)
        } else {
            try folder.visitEntriesIfThere(place(inside), while: visit)
        }
        return (found, folders, isAll)
    }

    /// Remembers a folder if it is worth while and safe.
    ///
    /// - Parameters:
    ///   - found: What was found.
    ///   - folders: In `sealed`, the vault's folders.
    ///   - wrong: Names in it that hold nothing of the vault.
    ///   - arrived: How many names there are that may be such.
    ///   - inside: Its path in the vault.
    ///   - moment: When it was read.
    private mutating func remember(
        _ found: FolderListing, _ folders: [String] = [], wrong: WrongFiles? = nil,
        arrived: Int = 0, of inside: String, at moment: Int64
    ) {
        let isCrowd = CrowdedFolder.isCrowd(found, wrong: max(wrong?.count ?? 0, arrived))
        let stamp =
            isCrowd && found.leftOvers.isEmpty
            ? folder.files.folderStamp(of: place(inside), settledAt: moment) : nil
        guard stamp != nil || wrong != nil || arrived > 0 else { return }
        wrongRoom -= wrong?.examples.count ?? 0
        let most = max(0, min(Self.examplesOfKind, room))
        let new = CrowdedFolder(
            stamp: stamp,
            found: stamp == nil ? FolderListing() : found.remembered(examples: most),
            folders: folders, wrong: wrong)
        room -= new.examples
        if let stamp, stamp != before[inside]?.stamp {
            gain += found.ignored + max(wrong?.count ?? 0, arrived)
        }
        crowded[inside] = new
    }
}
