// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// One log as this machine holds it: its records, from whichever files they came.
///
/// A class, because logs are handed around a lot and hold much.
final class Log: Sendable {
    /// Which log.
    let id: LogID
    /// The files that hold records of it.
    let files: Set<FileName>
    /// Who reads it and which records count.
    let history: AccessHistory

    /// A log.
    init(id: LogID, files: Set<FileName>, history: AccessHistory) {
        self.id = id
        self.files = files
        self.history = history
    }

    /// What the log is about; `nil` as long as its first record has not arrived.
    var kind: LogKind? { history.root?.record.kind.starts }

    /// The identifiers of all records that are held.
    var recordIDs: Set<RecordID> { Set(history.order.map(\.id)) }

    /// The size of all records in bytes.
    var size: Int { history.order.reduce(0) { $0 + $1.record.size } }

    /// The log with one more record, before it is written anywhere.
    func adding(_ record: VerifiedRecord, vault: VaultID, accepted: Set<RecordID>) -> Log {
        Log(
            id: id, files: files,
            history: history.adding(record)
                ?? AccessHistory(
                    records: history.order + [record], vault: vault, accepted: accepted))
    }
}
