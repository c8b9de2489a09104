// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

public import struct FoundationEssentials.URL

extension MemberKey {
    /// Writes the key file, readable by its owner only. An existing file is never replaced.
    ///
    /// - Parameters:
    ///   - file: Where; keep it outside of the vault.
    ///   - passphrase: Protects the file with Argon2id (256 MiB, 3 passes); `nil` leaves it
    ///     unprotected, which is meant for tests and machines.
    /// - Throws: `alreadyExists`, `fileSystem`, `diskFull`, `outOfMemory`.
    public func save(to file: URL, passphrase: Passphrase?) throws(VaultError) {
        var bytes = try KeyFile(cost: .current).encode(self, passphrase: passphrase)
        defer { Wipe.zero(&bytes) }
        let files = FileSystem()
        let folder = file.deletingLastPathComponent().path
        do {
            try files.makeDirectory(folder, createParents: true)
            try files.writePrivately(bytes, to: file.lastPathComponent, inDirectory: folder)
        } catch {
            if error.isExists { throw .alreadyExists(file.path) }
            throw .fileSystem(error)
        }
    }

    /// Reads a key file.
    ///
    /// - Throws: `keyFileTooOpen` when other users can read it; `wrongPassphrase` when the
    ///   passphrase is missing or wrong or the file was changed; `notAKey`; `newerVersion`;
    ///   `fileSystem`.
    public init(contentsOf file: URL, passphrase: Passphrase?) throws(VaultError) {
        var bytes: [UInt8]
        do {
            bytes = try FileSystem().readFile(
                file.path, limit: KeyFile.sizeLimit, ownerOnly: true)
        } catch {
            throw .fileSystem(error)
        }
        defer { Wipe.zero(&bytes) }
        self = try KeyFile.decode(bytes, passphrase: passphrase, path: file.path)
    }

    /// Whether a key file asks for a passphrase.
    ///
    /// - Throws: `notAKey`, `keyFileTooOpen`, `fileSystem`.
    public static func needsPassphrase(_ file: URL) throws(VaultError) -> Bool {
        do {
            _ = try MemberKey(contentsOf: file, passphrase: nil)
            return false
        } catch {
            if error.code == .wrongPassphrase { return true }
            throw error
        }
    }
}
