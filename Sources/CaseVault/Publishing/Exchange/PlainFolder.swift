// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

#if canImport(FoundationEssentials)
    internal import struct FoundationEssentials.URL
#else
    internal import struct Foundation.URL
#endif

/// A new folder that only its owner can read, with everything that was written to it.
///
/// What was written is taken away again unless `keep` is called.
final class PlainFolder {
    /// The folder.
    private let path: String
    /// The way to the operating system.
    private let files: FileSystem
    /// Whether the folder was made, and goes again.
    private let isNew: Bool
    /// The folders made in it, relative.
    private var folders: [String] = []
    /// The files in it, relative.
    private(set) var written: [String] = []
    /// Whether everything stays.
    private var isKept = false

    /// Makes the folder, or takes an empty one. Names that start with a dot do not count.
    ///
    /// - Throws: `refused` inside of a vault, `alreadyExists`, `fileSystem`, `diskFull`.
    init(_ folder: URL, files: FileSystem) throws(VaultError) {
        path = folder.path
        self.files = files
        try OutsideRule(files: FileSystem()).check(folder.path)
        do {
            if files.isDirectory(folder.path) {
                var isEmpty = true
                try files.visitDirectory(folder.path) { name, _ in
                    if !name.hasPrefix(".") { isEmpty = false }
                }
                guard isEmpty else { throw VaultError.exportFolderNotEmpty(folder.path) }
                isNew = false
            } else {
                guard !files.fileExists(folder.path) else {
                    throw VaultError.exportFolderNotEmpty(folder.path)
                }
                try files.makeDirectory(folder.path, createParents: true)
                isNew = true
            }
        } catch let error as VaultError {
            throw error
        } catch let error as FileSystemError {
            throw .fileSystem(error)
        } catch { throw .outOfMemory }
    }

    deinit {
        if isKept { return }
        for name in written { try? files.remove(path + "/" + name) }
        for name in folders.reversed() { try? files.removeDirectory(path + "/" + name) }
        if isNew { try? files.removeDirectory(path) }
    }

    /// Makes a folder in it.
    func makeFolder(_ name: String) throws(VaultError) {
        do { try files.makeDirectory(path + "/" + name) } catch { throw .fileSystem(error) }
        folders.append(name)
    }

    /// Writes a file; `folder` was made before, empty for the folder itself.
    func write(_ text: String, to name: String, in folder: String = "") throws(VaultError) {
        do {
            try files.writePrivately(
                Array(text.utf8), to: name,
                inDirectory: folder.isEmpty ? path : "\(path)/\(folder)")
        } catch { throw .fileSystem(error) }
        noteWritten(name, in: folder)
    }

    /// Has a file written by somebody else, who is given its path.
    func write(
        _ name: String, in folder: String, by body: (String) throws(VaultError) -> Void
    ) throws(VaultError) {
        try body("\(path)/\(folder)/\(name)")
        noteWritten(name, in: folder)
    }

    /// Remembers what was written.
    private func noteWritten(_ name: String, in folder: String) {
        written.append(folder.isEmpty ? name : folder + "/" + name)
    }

    /// Whether others than its owner can reach it: found out by looking, because a disk may know
    /// no permissions.
    var isOpenToOthers: Bool { files.isOpenToOthers(path) }

    /// Lets everything stay.
    func keep() { isKept = true }
}
