// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Why a log must be left as it is for now.
enum Obstacle {
    /// It holds less than this machine has seen, perhaps not a removal.
    case regressed
    /// People have removed each other and have to decide first.
    case contested

    /// What has to happen.
    var need: Waiting.Need {
        switch self {
        case .regressed: .arrival
        case .contested: .contested
        }
    }

    /// What keeps a record of some kind from being written; `nil` if nothing does.
    ///
    /// In a contested log people go on with what changes nobody's access, and anybody may leave.
    fileprivate func stops(_ kind: RecordKind) -> Bool {
        switch kind {
        case .gapAccepted: false
        case .entered, .reported, .voted, .rowChanged, .declared, .recused: self == .regressed
        default: true
        }
    }
}

extension VaultStore {
    /// What keeps me from changing a log for now; `nil` if nothing does.
    func obstacle(in log: Log) -> Obstacle? {
        if regressed[log.id] != nil { return .regressed }
        return log.history.isContested ? .contested : nil
    }

    /// Stops an act in a log in which people have to decide first, or of which something is gone.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - kind: What is to be written; `nil` for anything that changes access.
    /// - Throws: `regressed`, `contested`.
    func requireWritable(_ log: Log, for kind: RecordKind? = nil) throws(VaultError) {
        guard let obstacle = obstacle(in: log), kind.map(obstacle.stops) ?? true else { return }
        switch obstacle {
        case .regressed: throw .regressed(log.id)
        case .contested:
            throw .contested(
                log.history.contestedPeople.compactMap { log.history.everReaders[$0]?.name })
        }
    }
}
