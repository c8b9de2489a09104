// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What a founding that died left in a folder: everything but the name `VAULT`.
///
/// What will be `VAULT` is written first, under a temporary name that says "founding". So whoever
/// comes next knows which vault it would have been, and whether this machine was founding it.
struct UnfinishedFounding {
    /// The folder; its temporary files are named by `tag`.
    private let folder: VaultFolder
    /// Who founds.
    private let founder: MemberKey
    /// Where this machine keeps what it remembers.
    private let stateDirectory: String

    /// What the temporary files of every founding are known by: "founding" in hexadecimal.
    static let tag = "666f756e64696e67"

    /// What is left in a folder.
    init(folder: VaultFolder, founder: MemberKey, stateDirectory: String) {
        self.folder = folder
        self.founder = founder
        self.stateDirectory = stateDirectory
    }

    /// Takes the lock of all foundings on this machine.
    func lock() throws(VaultError) -> FileLock {
        do {
            try folder.files.makeDirectory(stateDirectory, createParents: true)
            return try FileLock.exclusive(
                path: stateDirectory + "/founding.lock", filesystem: folder.files)
        } catch { throw .memory(error, in: stateDirectory) }
    }

    /// Removes it, if it is this member's and of this machine. Anything else stays.
    func remove() throws(VaultError) {
        guard folder.files.isDirectory(folder.path),
            !folder.files.fileExists(folder.path + "/" + VaultMarker.fileName)
        else { return }
        let listing = try folder.list()
        let begun = listing.leftOvers.compactMap(begunVault)
        if let name = listing.names.first {
            guard listing.names.count == 1, begun.contains(where: { isFounding(name, of: $0) })
            else { return }
            try folder.remove(name)
        }
        do {
            for vault in begun {
                let memory = memory(of: vault)
                guard let seen = try? memory.load() else { continue }
                var own = folder
                own.files.temporaryTag = seen.state.tagText
                for path in try own.list().leftOvers { try own.files.remove(path) }
                memory.remove()
            }
            for path in listing.leftOvers { try folder.files.remove(path) }
        } catch let error as FileSystemError {
            throw .fileSystem(error)
        } catch { throw .notAVault(folder.path) }
    }

    /// The vault that a temporary file would have made a vault, if that was on this machine.
    private func begunVault(_ path: String) -> VaultID? {
        guard let bytes = try? folder.files.readFile(path, limit: 4096),
            let vault = try? VaultMarker(parsing: bytes).vault,
            (try? memory(of: vault).load()) != nil
        else { return nil }
        return vault
    }

    /// Whether a file holds the founding of a vault by this member and nothing else.
    private func isFounding(_ name: FileName, of vault: VaultID) -> Bool {
        guard let bytes = try? folder.read(name),
            case .opened(let file)? = try? SealedFile.open(
                bytes, name: name, with: founder, vault: vault)
        else { return false }
        let records = file.records.values.flatMap { $0 }
        return records.count == 1 && records.allSatisfy { $0.kind == .founded }
    }

    /// What this machine remembers of a vault.
    private func memory(of vault: VaultID) -> SeenStateFile {
        SeenStateFile(
            directory: stateDirectory, vault: vault, key: founder, files: folder.files)
    }
}
