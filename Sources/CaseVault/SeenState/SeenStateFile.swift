// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Where the seen state is kept: one encrypted file per member and vault, one lock per vault.
struct SeenStateFile: Sendable {
    /// The folder of all seen states of this user.
    let directory: String
    /// The vault.
    let vault: VaultID
    /// The member.
    let key: MemberKey
    /// The way to the operating system.
    var files: FileSystem

    /// What every seen state starts with: magic and version.
    private static let magic = Array("CVSS".utf8) + [3]
    /// The largest file that is read.
    private static let sizeLimit = 1 << 30

    /// The file's name: digits of vault and card.
    private var fileName: String {
        String(vault.hexText.prefix(32) + "-" + key.card.id.hexText.prefix(32) + ".seen")
    }

    /// The file that all writers on this machine lock.
    var lockPath: String { directory + "/" + vault.hexText.prefix(32) + ".lock" }

    /// The folder that is used when the caller names none.
    static var defaultDirectory: String {
        if let state = Terminal.environment("XDG_STATE_HOME"), state.hasPrefix("/") {
            return state + "/casevault"
        }
        return (Terminal.environment("HOME") ?? "/var/empty") + "/.local/state/casevault"
    }

    /// Removes the seen state, of a vault that never came to be.
    func remove() { try? files.remove(directory + "/" + fileName) }

    /// What tells one written state from every other: the file's first bytes, with a nonce that is
    /// fresh each time; `nil` if there is no file or it is none.
    ///
    /// So a state that this process wrote or read itself is not read again.
    func mark() -> [UInt8]? {
        let count = Self.magic.count + XChaCha20Poly1305.nonceBytes
        guard
            let bytes = try? files.readPrefix(directory + "/" + fileName, count: count),
            bytes.count == count, bytes.starts(with: Self.magic)
        else { return nil }
        return bytes
    }

    /// Reads the seen state; `nil` if there is none or it is damaged: then this computer is new.
    ///
    /// - Throws: `fileSystem` when the system fails to read it. Taken for none it would be
    ///   replaced, and what this machine was told would be forgotten over a passing fault.
    func load() throws(VaultError) -> SeenState? {
        let bytes: [UInt8]
        do {
            bytes = try files.readFile(
                directory + "/" + fileName, limit: Self.sizeLimit, ownerOnly: true)
        } catch {
            if case .errno = error.kind, !error.isNotFound { throw .fileSystem(error) }
            return nil
        }
        guard bytes.starts(with: Self.magic),
            bytes.count >= Self.magic.count + XChaCha20Poly1305.nonceBytes
        else { return nil }
        let nonceEnd = Self.magic.count + XChaCha20Poly1305.nonceBytes
        let data = associatedData
        guard
            let plain = try? XChaCha20Poly1305.open(
                bytes.span.extracting(nonceEnd..<bytes.count), associatedData: data.span,
                nonce: bytes.span.extracting(Self.magic.count..<nonceEnd), key: key.local)
        else { return nil }
        return try? SeenState(wholly: plain)
    }

    /// Writes the seen state durably in place of the old one.
    ///
    /// - Returns: Its mark.
    @discardableResult
    func save(_ state: SeenState) throws(VaultError) -> [UInt8] {
        let nonce = Random.bytes(XChaCha20Poly1305.nonceBytes)
        let plain = state.encoded
        let data = associatedData
        let cipher: [UInt8]
        do {
            cipher = try XChaCha20Poly1305.seal(
                plain.span, associatedData: data.span, nonce: nonce.span, key: key.local)
        } catch { throw .outOfMemory }
        do {
            try files.makeDirectory(directory, createParents: true)
            try files.writeDurably(
                Self.magic + nonce + cipher, to: fileName, inDirectory: directory,
                replacing: true)
        } catch { throw .fileSystem(error) }
        return Self.magic + nonce
    }

    /// The label, the vault and the card, so that no state is taken for another's.
    private var associatedData: [UInt8] {
        Label.seenState.message(vault.raw, key.card.id.raw)
    }
}
