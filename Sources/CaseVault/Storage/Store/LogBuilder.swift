// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Sorts the records of many logs, on all cores.
struct LogBuilder: Sendable {
    /// A log, the files that hold it, and what they hold; the same record perhaps several times.
    typealias Part = (id: LogID, files: [OpenedFile], records: [VerifiedRecord])

    /// Sorts the records of logs, in the order of `parts`.
    func build(_ parts: [Part]) -> [LogBook] {
        parallelMap(count: parts.count, width: 2, stride: 32) { i in
            LogBook(
                records: LogRecords(id: parts[i].id, records: parts[i].records),
                files: parts[i].files)
        }
    }

    /// The same records in other files that hold them.
    func refile(_ parts: [LogBook]) -> [LogBook] {
        parallelMap(count: parts.count, width: 2, stride: 32) { i in
            LogBook(records: parts[i].records.checked(by: parts[i].files), files: parts[i].files)
        }
    }
}

/// Looks at many logs as this computer counts them, on all cores.
struct HistoryBuilder: Sendable {
    /// What this computer makes of all of them.
    let settlement: Settlement
    /// When it first saw each erasure.
    let seen: [RecordID: Int64]
    /// The time, in seconds since 1970.
    let now: Int64

    /// How long an erasure waits, so that a hold or a removal of its author can arrive.
    static let wait: Int64 = 86_400

    /// Whether the day of an erasure is over.
    static func isDue(_ id: RecordID, _ seen: [RecordID: Int64], _ now: Int64) -> Bool {
        seen[id].map { now - $0 >= wait } ?? false
    }

    /// Those of some logs that are other than before: what is the same stays the same object.
    func build(_ books: [LogBook], earlier: [LogID: Log]) -> [Log] {
        parallelMap(count: books.count, width: 2, stride: 32) { i -> Log? in
            let (records, files) = (books[i].records, books[i].files)
            let history = history(of: records, in: files)
            if let log = earlier[records.id], log.history.isSame(as: history),
                log.files.count == files.count, zip(log.files, files).allSatisfy({ $0 === $1 })
            {
                return nil
            }
            return Log(files: files, history: history)
        }.compactMap(\.self)
    }

    /// One log.
    func log(_ records: LogRecords, in files: [OpenedFile]) -> Log {
        Log(files: files, history: history(of: records, in: files))
    }

    /// What this computer makes of some records.
    private func history(of records: LogRecords, in files: [OpenedFile]) -> LogHistory {
        let view = settlement[records.id]
        let isFromMember = view.map {
            settlement.isFromMember($0, passedOnBy: files.lazy.map(\.sealer))
        }
        return LogHistory(
            records, view, isFromMember: isFromMember ?? false,
            readBefore: settlement.readBefore(records.id)
        ) {
            Self.isDue($0, seen, now)
        }
    }
}
