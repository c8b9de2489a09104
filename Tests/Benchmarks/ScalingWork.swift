// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// Twice as much each time: cases, entries of one case, members, bytes of an attachment.
enum ScalingWork {
    /// Measures.
    static func run(_ options: Options, _ report: Figures) throws {
        for cases in [options.cases / 4, options.cases / 2, options.cases] where cases > 0 {
            var smaller = options
            smaller.cases = cases
            let stage = try VaultWork.settled(smaller)
            defer { stage.remove() }
            let vault = try stage.vault(0)
            guard let file = vault.cases.first else { throw WorkError.wrong }
            _ = try file.takeFirstLook(.noConflict)
            _ = try vault.catchUp()
            let entry = try (0..<options.rounds).map { _ in
                try Measure.time { _ = try file.add(.discussion, "One more.") }
            }
            report.add("\(cases) cases: one more entry", entry)
            let nothing = try (0..<options.rounds).map { _ in
                try Measure.time { _ = try vault.catchUp() }
            }
            report.add("\(cases) cases: catch up, nothing to do", nothing)
        }
        for entries in [250, 500, 1000, 2000] {
            let stage = try Stage(in: options.folder, "entries")
            defer { stage.remove() }
            try stage.found(members: 2)
            try stage.startCases(1, entries: 0, bytes: 100)
            let vault = try stage.vault(0)
            guard let id = vault.cases.first?.id else { throw WorkError.wrong }
            _ = try vault.transact { (transaction) throws(VaultError) in
                for _ in 0..<entries {
                    try transaction.add(
                        .entered(EntryStatement(kind: .plan, happened: nil, text: "x")),
                        to: LogID(id))
                }
            }
            let found = try vault.case(named: vault.cases[0].codeName.description)
            _ = try found.takeFirstLook(.noConflict)
            let times = try (0..<options.rounds).map { _ in
                try Measure.time { _ = try found.add(.plan, "One more.") }
            }
            report.add("\(entries) entries in a case: one more", times)
        }
    }
}
