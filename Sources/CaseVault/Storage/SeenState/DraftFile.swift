// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Where the drafts of one member in one vault are kept: one encrypted file on this computer.
struct DraftFile: Sendable {
    /// What this computer remembers, which has the same lock.
    private let seen: SeenStateFile
    /// The file.
    private let file: PrivateFile

    /// What a file of drafts starts with: magic and version.
    private static let magic = Array("CVDR".utf8) + [1]
    /// The most drafts in it.
    private static let mostDrafts = 100

    /// The file of a member in a vault, beside what this computer remembers of it.
    init(_ seen: SeenStateFile) {
        self.seen = seen
        let digits = seen.vault.hexText.prefix(32) + "-" + seen.key.card.id.hexText.prefix(32)
        file = PrivateFile(
            directory: seen.directory, name: digits + ".drafts", key: seen.key, files: seen.files)
    }

    /// The drafts, the oldest first. A file that was damaged holds none.
    ///
    /// - Throws: `fileSystem` when the system fails to read it.
    func load() throws(VaultError) -> [Draft] {
        guard let bytes = try file.read(), bytes.starts(with: Self.magic),
            let plain = file.open(bytes, nonceAt: Self.magic.count, data: associatedData)
        else { return [] }
        var reader = ByteReader(plain)
        let drafts = try? reader.list(atMost: Self.mostDrafts, ofAtLeast: 16) {
            (reader) throws(FormatError) in try Draft(parsing: &reader)
        }
        return drafts ?? []
    }

    /// Changes the drafts, while no other process does.
    ///
    /// - Parameter change: Gives the new ones for the old ones.
    /// - Throws: `fileSystem`, `diskFull`, `outOfMemory`, `cancelled`; `badInput` for too many.
    func change(_ change: ([Draft]) -> [Draft]) throws(VaultError) {
        guard let lock = try seen.lock() else { throw .cancelled }
        defer { lock.unlock() }
        let old = try load()
        let new = change(old)
        if new != old { try save(new) }
    }

    /// Writes the drafts in place of those that were there; none removes the file.
    private func save(_ drafts: [Draft]) throws(VaultError) {
        guard !drafts.isEmpty else {
            file.remove()
            return
        }
        guard drafts.count <= Self.mostDrafts else {
            throw .badInput(
                "tooManyDrafts", "There are \(drafts.count - 1) drafts already.",
                hint: "Sign or throw away one of them first.")
        }
        var writer = ByteWriter()
        writer.list(drafts)
        try file.write(
            file.seal(
                writer.bytes, nonce: Random.bytes(XChaCha20Poly1305.nonceBytes), head: Self.magic,
                data: associatedData))
    }

    /// The label, the vault and the card, so that no draft is taken for another's.
    private var associatedData: [UInt8] {
        Label.drafts.message(seen.vault.raw, seen.key.card.id.raw)
    }
}
