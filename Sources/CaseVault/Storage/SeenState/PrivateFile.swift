// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// One file of a member on this computer, outside of every vault and encrypted under a key of its
/// owner alone.
struct PrivateFile: Sendable {
    /// The folder, made when it is written.
    let directory: String
    /// The file's name.
    let name: String
    /// The owner's key.
    let key: MemberKey
    /// The way to the operating system.
    var files: FileSystem

    /// The largest file that is read, in bytes.
    private static let sizeLimit = 1 << 30

    /// Where it is.
    private var path: String { directory + "/" + name }

    /// Reads it; `nil` if there is none, nothing if others than its owner could have written it.
    ///
    /// - Throws: `fileSystem` when the system fails to read it.
    func read() throws(VaultError) -> [UInt8]? {
        do {
            return try files.readFile(path, limit: Self.sizeLimit, ownerOnly: true)
        } catch {
            if error.isNotFound { return nil }
            if case .errno = error.kind { throw .memory(error, in: directory) }
            return []
        }
    }

    /// The first bytes of it, fewer where it has fewer; `nil` if it cannot be read.
    func prefix(_ count: Int) -> [UInt8]? { try? files.readPrefix(path, count: count) }

    /// Writes it durably in place of the old one.
    ///
    /// - Throws: `fileSystem`, `diskFull`; then the old one is there, or the new one.
    func write(_ bytes: [UInt8]) throws(VaultError) {
        do {
            try files.makeDirectory(directory, createParents: true)
            try files.writeDurably(bytes, to: name, inDirectory: directory, replacing: true)
        } catch { throw .memory(error, in: directory) }
        // Found out by looking: some disks know no permissions. Others could then have written it,
        // and it would not be believed when it is read.
        guard !files.isOpenToOthers(path) else { throw .memoryNotPrivate(directory) }
    }

    /// Removes it, if it can be removed.
    func remove() { try? files.remove(path) }

    /// Opens what follows a nonce in bytes that were read; `nil` if it was changed or is
    /// another's.
    func open(_ bytes: [UInt8], nonceAt start: Int, data: [UInt8]) -> [UInt8]? {
        let end = start + XChaCha20Poly1305.nonceBytes
        guard bytes.count >= end else { return nil }
        return try? XChaCha20Poly1305.open(
            bytes.span.extracting(end..<bytes.count), associatedData: data.span,
            nonce: bytes.span.extracting(start..<end), key: key.local)
    }

    /// A head, a nonce and the encrypted bytes, to be written.
    ///
    /// - Throws: `outOfMemory`.
    func seal(
        _ plain: [UInt8], nonce: [UInt8], head: [UInt8], data: [UInt8]
    ) throws(VaultError) -> [UInt8] {
        do {
            return head + nonce
                + (try XChaCha20Poly1305.seal(
                    plain.span, associatedData: data.span, nonce: nonce.span, key: key.local))
        } catch { throw .outOfMemory }
    }
}
