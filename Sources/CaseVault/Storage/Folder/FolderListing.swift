// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What a look at a vault's folder found, by names alone.
struct FolderListing: Sendable, Equatable {
    /// Names that are shaped like the vault's own.
    var names: Set<FileName> = []
    /// How many other names there are: conflict copies, temporary files, other tools' files.
    private(set) var ignored = 0
    /// Paths of temporary files that this machine made; counted among the ignored.
    private(set) var leftOvers: [String] = []
    /// Names that a sync tool made from one of ours; counted among the ignored.
    private(set) var copies = NameSample()
    /// Folders that bear one of our folders' names with something added.
    private(set) var renamedFolders = NameSample()
    /// Files and links where one of our folders belongs.
    private(set) var obstacles = NameSample(limit: 256)
    /// Names beside ours that no tool is known to make: somebody put them there.
    private(set) var strangers = NameSample()

    /// Paths inside of the vault: the first ones only, so that memory does not grow with them.
    struct NameSample: Sendable, Equatable {
        /// The most that are kept, if nothing else is said.
        static let usual = 100
        /// The most that are kept.
        let limit: Int
        /// The first ones.
        private(set) var paths: [String] = []
        /// How many there are.
        private(set) var count = 0

        /// None yet.
        init(limit: Int = Self.usual) { self.limit = limit }

        /// Some of so many.
        init(_ paths: [String], of count: Int) {
            limit = Self.usual
            self.paths = paths
            self.count = count
        }

        /// Adds one.
        mutating func add(_ path: @autoclosure () -> String) {
            count += 1
            if paths.count < limit { paths.append(path()) }
        }

        /// Adds those of another folder.
        mutating func add(_ other: Self) {
            count += other.count
            paths += other.paths.prefix(max(0, limit - paths.count))
        }

        /// The same with fewer of them.
        func prefix(_ most: Int) -> Self { Self(Array(paths.prefix(most)), of: count) }
    }

    /// Nothing yet.
    init() {}

    /// What is remembered of a folder.
    init(
        ignored: Int, copies: NameSample, renamedFolders: NameSample, strangers: NameSample
    ) {
        self.ignored = ignored
        self.copies = copies
        self.renamedFolders = renamedFolders
        self.strangers = strangers
    }

    /// Adds what was found in another folder.
    mutating func add(_ other: Self) {
        names.formUnion(other.names)
        ignored += other.ignored
        leftOvers += other.leftOvers
        copies.add(other.copies)
        renamedFolders.add(other.renamedFolders)
        obstacles.add(other.obstacles)
        strangers.add(other.strangers)
    }

    /// What is remembered of it, with few examples of each kind.
    func remembered(examples most: Int) -> Self {
        Self(
            ignored: ignored, copies: copies.prefix(most),
            renamedFolders: renamedFolders.prefix(most), strangers: strangers.prefix(most))
    }

    /// What an act needs of it.
    var own: FolderNames {
        FolderNames(names: names, leftOvers: leftOvers, obstacles: obstacles)
    }

    /// How many digits the name of one of our files has.
    private static let nameLength = 64

    /// Counts a name beside `VAULT` and `sealed`.
    mutating func noteBesides(
        _ name: String, _ kind: CaseVaultBridge.EntryKind, tag: String, in root: String
    ) {
        ignored += 1
        if WriteHandle.isTemporaryName(name, tag: tag) {
            leftOvers.append(root + "/" + name)
        } else if name.utf8.starts(with: "sealed".utf8), kind == .directory {
            renamedFolders.add(name)
        } else if name.hasPrefix(VaultMarker.fileName) || Self.original(of: name) != nil {
            copies.add(name)
        } else if !Self.isOfATool(name) {
            strangers.add(name)
        }
    }

    /// Counts a name in `sealed` or in one of its folders that is not the vault's.
    mutating func noteInside(
        _ name: String, _ kind: CaseVaultBridge.EntryKind, tag: String, at folder: String,
        in root: String
    ) {
        ignored += 1
        if WriteHandle.isTemporaryName(name, tag: tag) {
            leftOvers.append("\(root)/\(folder)/\(name)")
        } else if Self.original(of: name) != nil {
            copies.add("\(folder)/\(name)")
        } else if folder == "sealed", kind == .directory,
            name.utf8.prefix(2).allSatisfy(\.isHexDigit)
        {
            renamedFolders.add("\(folder)/\(name)")
        } else if !Self.isOfATool(name) {
            strangers.add("\(folder)/\(name)")
        }
    }

    /// Notes that something that is no folder stands where one belongs.
    mutating func noteObstacle(_ path: String) {
        ignored += 1
        obstacles.add(path)
    }

    /// The name that a sync tool made another one from. Every tool keeps the name and adds
    /// something behind it, or in front of it a dot.
    static func original(of name: String) -> FileName? {
        guard name.utf8.count > nameLength else { return nil }
        let digits = name.utf8.drop { $0 == UInt8(ascii: ".") }.prefix(nameLength)
        guard digits.count == nameLength,
            let raw = Bytes32(hex: String(Substring(digits)))
        else { return nil }
        return FileName(raw: raw)
    }

    /// Whether a name is one that sync tools and systems leave in every folder.
    static func isOfATool(_ name: String) -> Bool {
        if name.utf8.first == UInt8(ascii: ".") || name.hasPrefix("~$") { return true }
        return name.utf8.count <= longestToolName && toolNames.contains(name.lowercased())
    }

    /// The length of the longest of them.
    private static let longestToolName = toolNames.map(\.utf8.count).max() ?? 0

    /// Names that systems and sync tools leave in every folder, in lower case.
    private static let toolNames: Set<String> = [
        "thumbs.db", "desktop.ini", "icon\r", "lost+found", "system volume information",
        "$recycle.bin", "__macosx",
    ]
}
