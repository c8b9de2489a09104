// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Computes many logs, on all cores.
struct LogBuilder: Sendable {
    /// Which vault.
    let vault: VaultID
    /// Removals that this machine acted on.
    let accepted: Set<RecordID>

    /// A log, the files that hold it, and what they hold; the same record perhaps several times.
    typealias Part = (id: LogID, files: [OpenedFile], records: [VerifiedRecord])

    /// Computes logs from their records, in the order of `parts`.
    func build(_ parts: [Part]) -> [Log] {
        parallelMap(count: parts.count, width: 2, stride: 32) { i in
            Log(
                id: parts[i].id, files: parts[i].files,
                history: AccessHistory(
                    records: parts[i].records, vault: vault, accepted: accepted))
        }
    }

    /// Computes the same logs in other files that hold the same records.
    func refile(_ parts: [(log: Log, files: [OpenedFile])]) -> [Log] {
        parallelMap(count: parts.count, width: 2, stride: 32) { i in
            Log(parts[i].log, in: parts[i].files)
        }
    }
}
