// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What a look at a vault's folder found, by names alone.
struct FolderListing: Sendable {
    /// Names that are shaped like the vault's own.
    var names: Set<FileName> = []
    /// Whether there is something called `sealed`.
    var hasSealed = false
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
    struct NameSample: Sendable {
        /// The most that are kept.
        let limit: Int
        /// The first ones.
        private(set) var paths: [String] = []
        /// How many there are.
        private(set) var count = 0

        /// None yet.
        init(limit: Int = 100) { self.limit = limit }

        /// Adds one.
        mutating func add(_ path: String) {
            count += 1
            if paths.count < limit { paths.append(path) }
        }
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
        } else if name.hasPrefix("sealed"), kind == .directory {
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
            name.utf8.prefix(2).allSatisfy(VaultFolder.isDigit)
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
        let digits = name.drop { $0 == "." }.utf8.prefix(nameLength)
        guard digits.count == nameLength, name.utf8.count > nameLength,
            let raw = Bytes32(hex: String(Substring(digits)))
        else { return nil }
        return FileName(raw: raw)
    }

    /// Whether a name is one that sync tools and systems leave in every folder.
    static func isOfATool(_ name: String) -> Bool {
        name.hasPrefix(".") || name.hasPrefix("~$") || toolNames.contains(name.lowercased())
    }

    /// Names that systems and sync tools leave in every folder, in lower case.
    private static let toolNames: Set<String> = [
        "thumbs.db", "desktop.ini", "icon\r", "lost+found", "system volume information",
        "$recycle.bin", "__macosx",
    ]
}
