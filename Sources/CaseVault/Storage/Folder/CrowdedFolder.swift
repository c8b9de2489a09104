// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What a look found in a folder with many names that are not the vault's, or with names that are
/// shaped like the vault's and hold nothing of it; and by what it is seen that nothing has changed.
///
/// Somebody can fill the folder with names. Reading them costs more than all of an act.
struct CrowdedFolder: Sendable, Equatable {
    /// The folder's times and number when it was read: as long as they stay, it is not read again.
    /// `nil` where that is not worth while or not safe.
    private(set) var stamp: FileStamp?
    /// What was found, without names of the vault and without temporary files.
    let found: FolderListing
    /// In `sealed`: the folders of the vault.
    let folders: [String]
    /// The names in it that are shaped like the vault's and have never held anything of it here.
    var wrong: WrongFiles?

    /// So many other names make it worth while.
    static let least = 8
    /// So many names with wrong bytes do: each costs more.
    static let leastWrong = 1

    /// How many paths it holds.
    var examples: Int {
        found.copies.paths.count + found.renamedFolders.paths.count + found.strangers.paths.count
    }

    /// What of it holds also with names of the vault that another process found; `nil` if nothing.
    var lasting: Self? {
        guard wrong != nil else { return nil }
        return Self(stamp: nil, found: FolderListing(), folders: [], wrong: wrong)
    }

    /// Whether so much is in it that is remembered that it is worth while.
    var isCrowd: Bool { stamp != nil && Self.isCrowd(found, wrong: wrong?.count ?? 0) }

    /// Whether so much is in it that it is worth while not to read it again.
    static func isCrowd(_ found: FolderListing, wrong: Int) -> Bool {
        found.ignored >= least || wrong >= leastWrong
    }
}

// MARK: - BinaryCoding

extension CrowdedFolder: BinaryCoding {
    /// The longest path in a sample, and the most folders in `sealed`.
    private static let longestPath = 4096, mostFolders = 256

    func write(to writer: inout ByteWriter) {
        writer.optional(stamp) { $1.write(to: &$0) }
        writer.count(found.ignored)
        for sample in [found.copies, found.renamedFolders, found.strangers] {
            writer.count(sample.count)
            writer.list(sample.paths) { $0.text($1) }
        }
        writer.list(folders) { $0.text($1) }
        writer.optional(wrong) { $1.write(to: &$0) }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        stamp = try reader.optional { (reader) throws(FormatError) in
            try FileStamp(parsing: &reader)
        }
        let ignored = Int(try reader.u32())
        var samples: [FolderListing.NameSample] = []
        for _ in 0..<3 {
            let start = reader
            let count = Int(try reader.u32())
            let paths = try reader.list(
                atMost: FolderListing.NameSample.usual, ofAtLeast: 4
            ) { (reader) throws(FormatError) in try reader.text(atMost: Self.longestPath) }
            guard paths.count <= count else { throw start.failure(.malformed) }
            samples.append(FolderListing.NameSample(paths, of: count))
        }
        found = FolderListing(
            ignored: ignored, copies: samples[0], renamedFolders: samples[1],
            strangers: samples[2])
        folders = try reader.list(
            atMost: Self.mostFolders, ofAtLeast: 4
        ) { (reader) throws(FormatError) in try reader.text(atMost: 2) }
        wrong = try reader.optional { (reader) throws(FormatError) in
            try WrongFiles(parsing: &reader)
        }
    }
}

extension FileStamp: BinaryCoding {
    /// Size, times, number.
    func write(to writer: inout ByteWriter) {
        for value in [size, modified, changed] { writer.u64(UInt64(bitPattern: value)) }
        writer.u64(number)
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        let size = Int64(bitPattern: try reader.u64())
        let modified = Int64(bitPattern: try reader.u64())
        let changed = Int64(bitPattern: try reader.u64())
        self.init(size: size, modified: modified, changed: changed, number: try reader.u64())
    }
}
