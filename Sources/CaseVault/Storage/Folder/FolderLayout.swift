// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The fixed parts of a vault's folder: `VAULT`, `.gitattributes`, `sealed`.
struct FolderLayout {
    /// The folder.
    let folder: VaultFolder

    /// Tells git never to change line ends in here, nor to merge contents.
    private static let gitAttributes = Array("* binary\n".utf8)
    /// The name of the file that tells git.
    private static let attributesName = ".gitattributes"
    /// The largest `VAULT` that is read.
    private static let markerLimit = 4096

    /// Makes the folder with everything but `VAULT`.
    func make() throws(VaultError) {
        let files = folder.files
        do {
            if files.isDirectory(folder.path) {
                var isEmpty = true
                try files.visitDirectory(folder.path) { name, _ in
                    if !name.hasPrefix("."), name != "sealed" { isEmpty = false }
                }
                // A founding that died before its first file leaves an empty `sealed`.
                guard isEmpty, try folder.list().names.isEmpty else {
                    throw VaultError.folderNotEmpty(folder.path)
                }
            } else if files.fileExists(folder.path) {
                throw VaultError.folderNotEmpty(folder.path)
            }
            try files.makeDirectory(folder.path, createParents: true)
            try files.makeDirectory(folder.sealedPath, createParents: true)
            try addGitAttributes()
        } catch let error as VaultError {
            throw error
        } catch let error as FileSystemError {
            throw .fileSystem(error)
        } catch { throw .notAVault(folder.path) }
    }

    /// Adds our line to `.gitattributes`, behind what somebody else wrote there: the last line that
    /// fits a file counts.
    private func addGitAttributes() throws(FileSystemError) {
        let path = folder.path + "/" + Self.attributesName
        var bytes: [UInt8] = []
        do { bytes = try folder.files.readFile(path, limit: 1 << 20) } catch {
            if !error.isNotFound { throw error }
        }
        let line = Self.gitAttributes.dropLast()
        if bytes.split(separator: UInt8(ascii: "\n")).last?.elementsEqual(line) ?? false { return }
        if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
        try folder.files.writeDurably(
            bytes + Self.gitAttributes, to: Self.attributesName, inDirectory: folder.path,
            replacing: true)
    }

    /// Writes what will be `VAULT` under a temporary name, and answers that.
    func prepareMarker(_ marker: VaultMarker) throws(VaultError) -> String {
        do {
            let temporary = try folder.files.writeTemporary(
                marker.encoded, inDirectory: folder.path)
            try folder.files.syncDirectory(folder.path)
            return temporary
        } catch { throw .fileSystem(error) }
    }

    /// Gives `VAULT` its name.
    func publishMarker(_ temporary: String) throws(VaultError) {
        do {
            try folder.files.publish(
                temporary: temporary, as: VaultMarker.fileName, inDirectory: folder.path,
                replacing: false)
            try folder.files.syncDirectory(folder.path)
        } catch { throw .fileSystem(error) }
    }

    /// Gives `VAULT` its temporary name back; whether it has no other now.
    private func takeBack(_ temporary: String) -> Bool {
        do throws(FileSystemError) {
            try folder.files.publish(
                temporary: VaultMarker.fileName, as: temporary, inDirectory: folder.path,
                replacing: true)
            // Two names of one file both stay.
            try folder.files.remove(folder.path + "/" + VaultMarker.fileName)
            return true
        } catch { return error.isNotFound }
    }

    /// Reads `VAULT`.
    func readMarker() throws(VaultError) -> VaultMarker {
        let path = folder.path + "/" + VaultMarker.fileName
        let bytes: [UInt8]
        do { bytes = try folder.files.readFile(path, limit: Self.markerLimit) } catch {
            if error.isNotFound {
                throw folder.files.isDirectory(folder.sealedPath)
                    ? .vaultFileMissing(path) : .notAVault(folder.path)
            }
            switch error.kind {
            case .tooLarge, .notRegular: throw .damagedVaultFile(path)
            case .errno where error.cause == .wrongKind: throw .damagedVaultFile(path)
            default: break
            }
            throw .fileSystem(error)
        }
        guard !bytes.isEmpty else { throw .emptyVaultFile(path) }
        do { return try VaultMarker(parsing: bytes) } catch {
            if error.reason == .unsupportedVersion { throw .newerVersion(path) }
            throw .damagedVaultFile(path)
        }
    }

    /// Removes what a failed founding made.
    ///
    /// Where a part cannot be removed, what is left is a whole vault, or known to the next founding
    /// by the temporary name of `VAULT`, which goes last.
    ///
    /// - Parameter marker: That name, if it was given.
    func removeAll(marker: String?) {
        let files = folder.files
        if let marker, !takeBack(marker) { return }
        guard let listing = try? folder.list() else { return }
        let last = marker.map { folder.path + "/" + $0 }
        for path in listing.leftOvers where path != last { try? files.remove(path) }
        do { for name in listing.names { try folder.remove(name) } } catch { return }
        if let last { try? files.remove(last) }
        let attributes = folder.path + "/" + Self.attributesName
        if (try? files.readFile(attributes, limit: 1 << 20)) == Self.gitAttributes {
            try? files.remove(attributes)
        }
        for first in "0123456789abcdef" {
            for second in "0123456789abcdef" {
                try? files.removeDirectory(folder.sealedPath + "/\(first)\(second)")
            }
        }
        try? files.removeDirectory(folder.sealedPath)
        try? files.removeDirectory(folder.path)
    }
}
