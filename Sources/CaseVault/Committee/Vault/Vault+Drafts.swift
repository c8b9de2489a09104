// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Vault {
    /// The drafts of this member in this vault on this computer, the oldest first.
    ///
    /// - Throws: `fileSystem`.
    public func drafts() throws(VaultError) -> [Draft] { try DraftFile(store.seenFile).load() }

    /// Keeps a text until it is signed or thrown away, so that it is not lost where the act fails
    /// or the program ends. It is kept on this computer only, outside of the vault, encrypted to
    /// this member alone. The same draft is kept once.
    ///
    /// - Parameter draft: The text; at most 100 are kept.
    /// - Throws: `badInput` where it is too large or there are too many; `fileSystem`, `diskFull`.
    public func keep(_ draft: Draft) throws(VaultError) {
        guard draft.fits else {
            throw .badInput(
                "draftTooLarge", "The text is too large to be kept.", hint: "Save it as a file.")
        }
        try DraftFile(store.seenFile).change { $0.contains(draft) ? $0 : $0 + [draft] }
    }

    /// Throws a draft away, once it is signed or nobody wants it; the last one's file is removed.
    ///
    /// - Parameter draft: A draft that was kept; where it was not, nothing happens.
    /// - Throws: `fileSystem`, `diskFull`.
    public func discard(_ draft: Draft) throws(VaultError) {
        try DraftFile(store.seenFile).change { $0.filter { $0 != draft } }
    }
}
