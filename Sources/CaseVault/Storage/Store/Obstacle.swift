// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Why a log must be left as it is for now.
enum Obstacle {
    /// It holds less than this machine has seen, perhaps not a removal.
    case regressed

    /// What has to happen.
    var need: Waiting.Need {
        .arrival
    }
}

extension VaultStore {
    /// What keeps me from changing a log for now; `nil` if nothing does.
    func obstacle(in log: Log) -> Obstacle? {
        regressed[log.id] == nil ? nil : .regressed
    }

    /// Stops an act in a log of which something is gone.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - kind: What is to be written; `nil` for anything that changes access.
    /// - Throws: `regressed`.
    func requireWritable(_ log: Log, for kind: RecordKind? = nil) throws(VaultError) {
        guard kind != .gapAccepted, regressed[log.id] != nil else { return }
        throw .regressed(log.id)
    }
}
