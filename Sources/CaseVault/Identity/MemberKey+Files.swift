// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

#if canImport(FoundationEssentials)
    public import struct FoundationEssentials.URL
#else
    public import struct Foundation.URL
#endif

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
        try OutsideRule(files: files).check(folder)
        do {
            try files.makeDirectory(folder, createParents: true)
            try files.writePrivately(bytes, to: file.lastPathComponent, inDirectory: folder)
        } catch {
            if error.isExists { throw .alreadyExists(file.path) }
            throw .fileSystem(error)
        }
        // Found out by looking: a disk may know no permissions.
        guard !files.isOpenToOthers(file.path) else {
            try? files.remove(file.path)
            throw .keyCannotBePrivate(file.path)
        }
    }

    /// Reads a key file.
    ///
    /// - Throws: `keyFileTooOpen` when other users can read it; `wrongPassphrase` when the
    ///   passphrase is missing or wrong or the file was changed; `notAKey`; `newerVersion`;
    ///   `fileSystem`.
    public init(contentsOf file: URL, passphrase: Passphrase?) throws(VaultError) {
        var bytes = try Self.read(file)
        defer { Wipe.zero(&bytes) }
        self = try KeyFile.decode(bytes, passphrase: passphrase, path: file.path)
    }

    /// Reads a key file once, and asks for the passphrase only if it needs one. So it may come
    /// through a pipe.
    ///
    /// - Parameters:
    ///   - file: The key file.
    ///   - usesUnlocked: Whether nothing is asked while the file is unlocked in this session.
    ///   - tries: How often it is asked, if what it answers is wrong.
    ///   - passphrase: Gives the passphrase.
    /// - Throws: As `init(contentsOf:passphrase:)`, and what `passphrase` throws.
    public init(
        contentsOf file: URL, usesUnlocked: Bool = false, tries: Int = 1,
        asking passphrase: () throws -> Passphrase
    ) throws {
        var bytes = try Self.read(file)
        defer { Wipe.zero(&bytes) }
        do throws(VaultError) {
            self = try KeyFile.decode(bytes, passphrase: nil, path: file.path)
            return
        } catch {
            guard error.code == .wrongPassphrase else { throw error }
        }
        if usesUnlocked, let key = try Self.unlocked(file, bytes) {
            self = key
            return
        }
        for _ in 1..<max(1, tries) {
            let given = try passphrase()
            do throws(VaultError) {
                self = try KeyFile.decode(bytes, passphrase: given, path: file.path)
                return
            } catch {
                guard error.code == .wrongPassphrase else { throw error }
            }
        }
        self = try KeyFile.decode(bytes, passphrase: try passphrase(), path: file.path)
    }

    /// The bytes of a key file; wipe them afterwards. A link that its owner made is followed.
    static func read(_ file: URL) throws(VaultError) -> [UInt8] {
        do {
            return try FileSystem().readFile(
                file.path, limit: KeyFile.sizeLimit, isHandedOver: true, ownerOnly: true)
        } catch {
            throw .fileSystem(error)
        }
    }

    /// Seals a key file anew under another passphrase, in place of the old file.
    ///
    /// Who has a copy of the old file still opens it with the old passphrase, and the disk may keep
    /// its bytes for a while.
    ///
    /// - Throws: `notAKey` if the file holds another key; `refused` in a shared folder;
    ///   `fileSystem`, `diskFull`, `outOfMemory`. Then the old file is there.
    public func changePassphrase(
        of file: URL, from old: Passphrase?, to new: Passphrase?
    ) throws(VaultError) {
        let kept = try MemberKey(contentsOf: file, passphrase: old)
        guard kept.card == card else { throw .notAKey(file.path) }
        var bytes = try KeyFile(cost: .current).encode(self, passphrase: new)
        defer { Wipe.zero(&bytes) }
        let files = FileSystem()
        // Where a link leads, so that the link stays one.
        let place = URL(fileURLWithPath: files.realPath(file.path) ?? file.path)
        let folder = place.deletingLastPathComponent().path
        try OutsideRule(files: files).check(folder)
        do {
            try files.writeDurably(
                bytes, to: place.lastPathComponent, inDirectory: folder, replacing: true)
        } catch { throw .fileSystem(error) }
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
