// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Seals several files on all cores, and reads them back after they were written.
struct SealedBatch: Sendable {
    /// What goes into each file, and how many slots it has.
    private let planned: [Planner.File]
    /// Who seals.
    private let sealer: MemberKey
    /// Which vault.
    private let vault: VaultID

    /// A batch.
    init(_ planned: [Planner.File], sealer: MemberKey, vault: VaultID) {
        self.planned = planned
        self.sealer = sealer
        self.vault = vault
    }

    /// Seals each file.
    func seal() throws(VaultError) -> [SealedFile.Sealed] {
        try parallelMap(count: planned.count, width: 2) { (i) throws(VaultError) in
            try SealedFile.seal(
                planned[i].contents, slots: planned[i].slots, sealer: sealer, vault: vault)
        }
    }

    /// Reads each file from the disk and opens it.
    ///
    /// The disk must hold the bytes that were sealed. Then their slots are those that `seal`
    /// computed from the same key and reader list, and computing them again would show nothing
    /// new. All the rest is checked as a reader would: own slot, commitment, cipher, sealer. A
    /// record that was verified before it was written is known again by its id, the hash of
    /// content and signature.
    func readBack(
        _ sealed: [SealedFile.Sealed], folder: VaultFolder
    ) throws(VaultError) -> [OpenedFile] {
        try parallelMap(count: planned.count, width: 2) { (i) throws(VaultError) in
            let name = sealed[i].name
            let failure = VaultError.readBackFailed(folder.shownPath(of: name))
            var verified: [RecordID: VerifiedRecord] = [:]
            for record in planned[i].contents.records where record.checked.contains(.signatures) {
                verified[record.id] = record
            }
            do {
                let bytes = try folder.files.readFile(
                    folder.path(of: name), limit: sealed[i].bytes.count)
                guard bytes.hasSameBytes(as: sealed[i].bytes),
                    case .opened(let file) = try SealedFile.open(
                        bytes, name: name, with: sealer, vault: vault, checked: .justSealed,
                        verified: verified)
                else { throw failure }
                return file
            } catch { throw failure }
        }
    }
}
