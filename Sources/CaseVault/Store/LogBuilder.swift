// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

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
        // Several at a time, since each takes microseconds.
        let stride = 32
        let count = (parts.count + stride - 1) / stride
        return parallelMap(count: count, width: 2) { number in
            let start = number * stride
            return parts[start..<min(start + stride, parts.count)].map { part in
                Log(
                    id: part.id, files: part.files,
                    history: AccessHistory(
                        records: part.records, vault: vault, accepted: accepted))
            }
        }.flatMap(\.self)
    }
}
