// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

// MARK: - Names that are not the vault's

extension VaultStore {
    /// So many names are read sooner than a memory is written.
    private static let fewNames = 4096

    /// Remembers folders that are full of other names, where nothing else changed.
    ///
    /// - Parameters:
    ///   - crowded: The folders.
    ///   - gain: How many names need not be read again. Where they are few, the next act writes it
    ///     down with what else it remembers: who only reads does not wait for the disk.
    func remember(_ crowded: [String: CrowdedFolder], gain: Int = .max) {
        guard crowded != seen.crowded else { return }
        seen.crowded = crowded
        guard gain > Self.fewNames else { return }
        noteMemory { () throws(VaultError) in try saveSeen(waiting: false) }
    }

    /// What is wrong with files that were opened.
    static func faults(
        in opened: [(FileName, FileOpener.Outcome)]
    ) -> [FileName: SealedFileError] {
        var faults: [FileName: SealedFileError] = [:]
        for case (let name, .failure(let fault)?) in opened { faults[name] = fault }
        return faults
    }

    /// Looks at everything in the folder anew, also at what it takes many looks to come to.
    func refreshAll() throws(VaultError) {
        seen.crowded = [:]
        try refresh()
    }

    /// All names in the folder, also those that are not the vault's.
    func listEverything() throws(VaultError) -> FolderListing {
        var reader = FolderReader(folder, remembering: seen.crowded)
        let listing = try reader.list(known: seen.noted.keys)
        // Not of folders that hold names of the vault: what has arrived since is not known yet.
        var crowded = seen.crowded
        for outer in ["", "sealed"] { crowded[outer] = reader.crowded[outer] }
        remember(crowded)
        return listing
    }
}
