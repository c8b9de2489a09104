// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge
private import Synchronization

/// Computes many logs from their records, on all cores.
struct LogBuilder: Sendable {
    /// Which vault.
    let vault: VaultID
    /// Removals that this machine acted on.
    let accepted: Set<RecordID>

    /// A log, the files that hold it, and what they hold; the same record perhaps several times.
    typealias Part = (id: LogID, files: Set<FileName>, records: [VerifiedRecord])

    /// Computes logs, in the order of `parts`.
    func build(_ parts: [Part]) -> [Log] {
        let results = Mutex<[Log?]>(Array(repeating: nil, count: parts.count))
        // Several at a time, since each takes microseconds.
        let stride = 32
        let count = (parts.count + stride - 1) / stride
        parallelForEach(count: count, width: 2) { number in
            let start = number * stride
            let logs = parts[start..<min(start + stride, parts.count)].map { part in
                Log(
                    id: part.id, files: part.files,
                    history: AccessHistory(
                        records: part.records, vault: vault, accepted: accepted))
            }
            results.withLock { (results) in
                for (i, log) in logs.enumerated() { results[start + i] = log }
            }
        }
        return results.withLock { $0.compactMap { $0 } }
    }
}
