// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Where the seen state is kept: two encrypted files per member and vault, the state as it once was
/// and what changed since; and one lock per vault.
struct SeenStateFile: Sendable {
    /// The folder of all seen states of this user.
    let directory: String
    /// The vault.
    let vault: VaultID
    /// The member.
    let key: MemberKey
    /// The way to the operating system.
    var files: FileSystem

    /// What every seen state starts with: magic and version. A program that reads more files than
    /// older ones needs another version: what is remembered to be no file of the vault may be one.
    private static let magic = Array("CVSS".utf8) + [8]
    /// What the changes of a state start with.
    private static let changesMagic = Array("CVSC".utf8) + [6]
    /// The bytes in front of a state: magic and nonce.
    private static let wholeHead = magic.count + XChaCha20Poly1305.nonceBytes
    /// The bytes in front of changes: magic, the nonce of their state, a nonce of their own.
    private static let changesHead = changesMagic.count + 2 * XChaCha20Poly1305.nonceBytes
    /// As many bytes of changes are never too many.
    private static let fewChanges = 8192

    /// The file's name: digits of vault and card.
    private var fileName: String {
        String(vault.hexText.prefix(32) + "-" + key.card.id.hexText.prefix(32) + ".seen")
    }

    /// The name of the file with the changes.
    private var changesName: String { fileName + "-changes" }
    /// The state.
    private var state: PrivateFile { file(fileName) }
    /// The changes.
    private var changes: PrivateFile { file(changesName) }

    /// A file of the same folder and owner.
    private func file(_ name: String) -> PrivateFile {
        PrivateFile(directory: directory, name: name, key: key, files: files)
    }

    /// The file that all writers on this machine lock.
    var lockPath: String { directory + "/" + vault.hexText.prefix(32) + ".lock" }

    /// The folder that is used when the caller names none.
    ///
    /// - Throws: `noHome` when the environment does not say where; nothing is guessed, because
    ///   what is remembered would be looked for elsewhere the next time.
    static func defaultDirectory() throws(VaultError) -> String {
        if let state = Terminal.environment("XDG_STATE_HOME"), !state.isEmpty {
            guard state.hasPrefix("/") else { throw .relativeHome("XDG_STATE_HOME") }
            return state + "/casevault"
        }
        guard let home = Terminal.environment("HOME"), home.hasPrefix("/"), home != "/" else {
            throw .noHome
        }
        return home + "/.local/state/casevault"
    }

    /// What tells one written state from every other: the first bytes of both files, with nonces
    /// that are fresh each time; `nil` if there is no file or it is none.
    ///
    /// So a state that this process wrote or read itself is not read again.
    func mark() -> [UInt8]? {
        guard let whole = state.prefix(Self.wholeHead),
            whole.count == Self.wholeHead, whole.starts(with: Self.magic)
        else { return nil }
        return Self.mark(whole, changes.prefix(Self.changesHead) ?? [])
    }

    /// A memory as it is on the disk.
    struct Kept: Sendable {
        /// What is remembered.
        let state: SeenState
        /// What was last written as a whole; its changes are written beside it.
        fileprivate let whole: SeenState
        /// The size of the whole in bytes.
        fileprivate let size: Int
        /// The nonce of the whole.
        fileprivate let nonce: [UInt8]
        /// What ``SeenStateFile/mark()`` answers as long as nobody else writes it.
        let mark: [UInt8]
    }

    /// Reads the seen state; `nil` if there is none or it is damaged: then this computer is new.
    ///
    /// - Throws: `fileSystem` when the system fails to read it. Taken for none it would be
    ///   replaced, and what this machine was told would be forgotten over a passing fault.
    func load() throws(VaultError) -> Kept? {
        var last: [UInt8]?
        // Whoever only reads holds no lock: the whole may be replaced between the two files.
        for _ in 0..<4 {
            let changes = try changes.read()
            guard let bytes = try file(fileName).read() else { return nil }
            guard bytes.starts(with: Self.magic), bytes.count >= Self.wholeHead,
                let plain = state.open(
                    bytes, nonceAt: Self.magic.count, data: associatedData),
                let whole = try? SeenState(wholly: plain)
            else { return nil }
            let nonce = Array(bytes[Self.magic.count..<Self.wholeHead])
            let kept = Kept(
                state: whole, whole: whole, size: bytes.count, nonce: nonce,
                mark: Self.mark(bytes, changes ?? []))
            guard let changes else { return kept }
            let base = Array(changes.dropFirst(Self.changesMagic.count).prefix(nonce.count))
            guard changes.starts(with: Self.changesMagic),
                let plain = state.open(
                    changes, nonceAt: Self.wholeHead, data: associatedData + base),
                let difference = try? SeenChanges(wholly: plain)
            else { return nil }
            if base == nonce {
                return Kept(
                    state: difference.applied(to: whole), whole: whole, size: bytes.count,
                    nonce: nonce, mark: kept.mark)
            }
            // Changes of an older whole: its writer died before it removed them.
            if changes == last { return kept }
            last = changes
        }
        return nil
    }

    /// Writes the seen state durably: its changes, or as a whole if they are many.
    ///
    /// The changes name the whole that they belong to. So whichever of the two files a crash
    /// leaves behind is known for what it is.
    ///
    /// - Parameters:
    ///   - state: The state.
    ///   - kept: What is on the disk, as this process read or wrote it last.
    /// - Returns: What is on the disk now.
    /// - Throws: `fileSystem`, `diskFull`, `outOfMemory`; then the old one is there, or the new one.
    @discardableResult
    func save(_ state: SeenState, over kept: Kept? = nil) throws(VaultError) -> Kept {
        if let kept {
            let changes = SeenChanges(from: kept.whole, to: state).encoded
            if changes.count <= max(Self.fewChanges, kept.size / 32) {
                let nonce = Random.bytes(XChaCha20Poly1305.nonceBytes)
                let head = Self.changesMagic + kept.nonce
                let file = file(changesName)
                let bytes = try file.seal(
                    changes, nonce: nonce, head: head, data: associatedData + kept.nonce)
                try file.write(bytes)
                return Kept(
                    state: state, whole: kept.whole, size: kept.size, nonce: kept.nonce,
                    mark: Self.mark(Self.magic + kept.nonce, bytes))
            }
        }
        let nonce = Random.bytes(XChaCha20Poly1305.nonceBytes)
        let whole = file(fileName)
        let bytes = try whole.seal(
            state.encoded, nonce: nonce, head: Self.magic, data: associatedData)
        try whole.write(bytes)
        // If they stay they are known as another whole's; but each is one file more to read.
        changes.remove()
        let stale = changes.prefix(Self.changesHead) ?? []
        return Kept(
            state: state, whole: state, size: bytes.count, nonce: nonce,
            mark: Self.mark(bytes, stale))
    }

    /// Takes the lock that all writers of this vault on this machine share.
    ///
    /// - Parameter isPatient: Whether to wait while another process has it.
    /// - Returns: The lock; `nil` without patience, when another process has it, and with patience
    ///   when the task was cancelled that waited for it.
    /// - Throws: `fileSystem`, `diskFull`.
    func lock(isPatient: Bool = true) throws(VaultError) -> FileLock? {
        do {
            try files.makeDirectory(directory, createParents: true)
            return isPatient
                ? try FileLock.exclusiveUnlessCancelled(path: lockPath, filesystem: files)
                : try FileLock.tryExclusive(path: lockPath, filesystem: files)
        } catch { throw .memory(error, in: directory) }
    }

    /// Removes the seen state, of a vault that never came to be.
    func remove() {
        state.remove()
        changes.remove()
    }

    /// The mark of two files that start like this.
    private static func mark(_ whole: [UInt8], _ changes: [UInt8]) -> [UInt8] {
        Array(whole.prefix(wholeHead) + changes.prefix(changesHead))
    }

    /// The label, the vault and the card, so that no state is taken for another's.
    private var associatedData: [UInt8] {
        Label.seenState.message(vault.raw, key.card.id.raw)
    }
}
