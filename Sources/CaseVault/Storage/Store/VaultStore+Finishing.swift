// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

extension VaultStore {
    /// Gives the remaining files of an act their names, if this machine died while it did so.
    ///
    /// All of the act's bytes were on the disk before the first name was given. If no name was
    /// given nobody saw anything of the act, and it is as if it had never been. If one was, a
    /// colleague may have it already, so the act is finished and never taken back. It is left as
    /// it is where a reader was taken out meanwhile: they get no file from a machine that knows.
    ///
    /// Only the holder of the writers' lock may call this, after the folder was read.
    ///
    /// - Parameter listing: What is in the folder, with the temporary files of this machine.
    /// - Returns: Whether files got their names, so that the folder has to be read again.
    /// - Throws: `fileSystem`; then the next act tries again.
    func finishPublishing(_ listing: FolderNames) throws(VaultError) -> Bool {
        let missing = seen.publishing.subtracting(listing.names)
        let isBegun = missing.count < seen.publishing.count
        var found: [FileName: String] = [:]
        if isBegun, !missing.isEmpty {
            for path in listing.leftOvers {
                guard let bytes = try bytes(ofLeftOver: path) else { continue }
                let name = Self.name(of: bytes)
                if missing.contains(name), isStillFor(bytes, name) { found[name] = path }
            }
        }
        guard !missing.isEmpty, found.count == missing.count else {
            seen.publishing = []
            return false
        }
        for (name, path) in found.sorted(by: { $0.key < $1.key }) {
            try folder.publish(leftOver: path, as: name)
        }
        seen.publishing = []
        return true
    }

    /// The bytes of a temporary file; `nil` if it is gone.
    private func bytes(ofLeftOver path: String) throws(VaultError) -> [UInt8]? {
        do { return try folder.files.readFile(path, limit: SealedFile.sizeLimit) } catch {
            if error.isNotFound { return nil }
            throw .fileSystem(error)
        }
    }

    /// The name that bytes have in the folder.
    private static func name(of bytes: [UInt8]) -> FileName {
        FileName(raw: BLAKE2b.hash(bytes.span))
    }

    /// Whether everybody whom a file is sealed to may still read it, as far as this machine knows.
    private func isStillFor(_ bytes: [UInt8], _ name: FileName) -> Bool {
        guard
            case .opened(let file)? = try? SealedFile.open(
                bytes, name: name, with: key, vault: vault),
            let roster = Roster(logs[.roster(of: vault)])
        else { return false }
        let ids = file.readers.ids
        // A loop: as one expression it stops the compiler's optimiser (Swift 6.3.1).
        for id in file.records.keys {
            if let log = logs[id], !ids.isSubset(of: log.history.readerIDs) { return false }
        }
        return !ids.contains { roster.isFormer($0) }
    }
}
