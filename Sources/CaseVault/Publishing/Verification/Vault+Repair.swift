// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Vault {
    /// Accepts that records of a log are gone: writing in it goes on.
    ///
    /// Do this only after colleagues looked for the missing files. Where the log can still be
    /// read, a signed record names what is gone, so that everybody knows who accepted it. A log
    /// of which nothing opens any more is only forgotten by this computer.
    ///
    /// - Parameter shown: What somebody was shown as missing, of ``missingRecords`` or of a report.
    /// - Returns: What became of it.
    /// - Throws: `unknownName` when nothing is missing from that log; `changedMeanwhile` when it is
    ///   more, or less, than what was shown; `fileSystem`, `diskFull`.
    public func acceptGap(
        _ shown: VerifyReport.MissingRecords
    ) throws(VaultError) -> AccessChange {
        try store.refresh()
        let log = shown.log
        let gone = missing(from: log)
        guard !gone.isEmpty else { throw .nothingMissing }
        guard Set(gone.map(\.hexText)) == Set(shown.records) else { throw .gapChanged }
        guard let known = store.logs[log], isOpenToMe(known) else {
            store.forget(log)
            try store.saveSeen()
            return AccessChange()
        }
        return try change { (transaction) throws(VaultError) in
            // The folder was read again: what arrived or went since nobody was shown.
            guard missing(from: log) == gone else { throw VaultError.gapChanged }
            try transaction.add([
                log: gone.sorted().inParts(of: 4096).map { .gapAccepted($0) }
            ])
        }
    }

    /// What is named by a record, or was there before, and is not there; by log. Empty if nothing
    /// is known to be missing.
    ///
    /// Logs of which nothing opens any more are among them: closed to you, or missing.
    public var missingRecords: [VerifyReport.MissingRecords] {
        Set(store.logs.keys).union(store.regressed.keys).sorted().compactMap { log in
            let gone = missing(from: log)
            return gone.isEmpty
                ? nil
                : VerifyReport.MissingRecords(log: log, records: gone.sorted().map(\.hexText))
        }
    }

    /// The records of a log that are known to be missing.
    private func missing(from log: LogID) -> Set<RecordID> {
        (store.regressed[log] ?? []).union(store.logs[log]?.history.missing ?? [])
    }
}
