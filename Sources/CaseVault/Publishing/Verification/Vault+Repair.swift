// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Vault {
    /// Accepts that records of a log are gone: writing in it goes on.
    ///
    /// Do this only after colleagues looked for the missing files. Where the log can still be
    /// read, a signed record names what is gone, so that everybody knows who accepted it. A log
    /// of which nothing opens any more is only forgotten by this computer.
    ///
    /// - Throws: `unknownName` when nothing is missing from that log; `fileSystem`, `diskFull`.
    @discardableResult
    public func acceptGap(in log: LogID) throws(VaultError) -> AccessChange {
        try store.refresh()
        let gone = (store.regressed[log] ?? []).union(store.logs[log]?.history.missing ?? [])
        guard !gone.isEmpty else { throw .nothingMissing }
        guard let known = store.logs[log], isOpenToMe(known) else {
            store.forget(log)
            try store.saveSeen()
            return AccessChange()
        }
        return try change { (transaction) throws(VaultError) in
            // One record names as many as the format takes; the rest is left for another call.
            try transaction.add(.gapAccepted(Array(gone.sorted().prefix(4096))), to: log)
        }
    }
}
