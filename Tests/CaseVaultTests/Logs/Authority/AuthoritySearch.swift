// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

@testable import CaseVault

/// One piece of the search: a committee, and how much of what can happen in it.
struct AuthoritySearch {
    /// How it is gone through.
    enum Way {
        /// Everything within the bounds; it is a fault if that does not end.
        case complete
        /// As many histories.
        case part(Int)
        /// Random ways, by their seeds.
        case walks(Range<UInt64>)
    }
    var setting: AuthorityWorld.Setting
    var way: Way

    /// What it came to.
    struct Result {
        var graphs = 0
        var seeds = 0
        var broken: [String: [String]] = [:]
    }

    /// Runs it.
    func run(rules: AuthorityRules = .all) -> Result {
        var result = Result()
        switch way {
        case .complete, .part:
            var limit = 20_000_000
            if case .part(let histories) = way { limit = histories }
            let world = AuthorityWorld(setting, rules: rules)
            let isAll = world.searchAll(limit: limit)
            (result.graphs, result.broken) = (world.graphs, world.broken)
            if !isAll, case .complete = way { result.broken["not complete"] = [] }
        case .walks(let seeds):
            for seed in seeds {
                let world = AuthorityWorld.walk(setting, seed: seed, rules: rules)
                result.seeds += 1
                for (what, trace) in world.broken
                where result.broken[what].map({ $0.count > trace.count }) ?? true {
                    result.broken[what] = trace + ["seed \(seed)"]
                }
            }
        }
        return result
    }

    /// All pieces, the longest first: of `--all`, or of `--full`.
    static func pieces(isFull: Bool) -> [AuthoritySearch] {
        let settings = AuthoritySettings.self
        var pieces = settings.small.map { setting in
            AuthoritySearch(
                setting: setting, way: isFull || setting.menu == .roster ? .complete : .part(20_000)
            )
        }
        let (graphs, seeds) = isFull ? (450_000, 1000 as UInt64) : (2_500, 100)
        for setting in settings.large {
            pieces.append(AuthoritySearch(setting: setting, way: .part(graphs)))
        }
        for setting in settings.large {
            pieces.append(AuthoritySearch(setting: setting, way: .walks(0..<seeds)))
        }
        return pieces
    }
}
