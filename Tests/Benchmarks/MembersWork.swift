// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// Adds an eleventh member to many cases of 10 KB, and removes one of eleven.
enum MembersWork {
    /// Measures in turns with the limit.
    static func run(_ options: Options, _ report: Figures) throws {
        let stage = try Stage(in: options.folder, "members")
        defer { stage.remove() }
        try stage.found(members: 10)
        try stage.startCases(options.cases, entries: 0, bytes: 10_000)
        try stage.letEverybodyIn()
        stage.time.advance(days: 2)
        for _ in 0..<2 {
            for member in 0..<2 { _ = try stage.vault(member).catchUp() }
            stage.time.advance(days: 1)
        }
        let vault = try stage.vault(0)
        var admits: [Double] = []
        var grants: [Double] = []
        var removals: [Double] = []
        var grantLimits: [Double] = []
        var togetherLimits: [Double] = []
        var removalLimits: [Double] = []
        var peak = 0.0
        for _ in 0..<options.rounds {
            let card = try stage.addKey().card
            let before = vault.store.files
            Measure.resetPeak()
            admits.append(
                try Measure.time {
                    _ = try vault.admit(
                        card, confirming: card.spoken, deciding: vault.checks.decisions())
                })
            let admitted = vault.store.files
            let admitting = try WritingLimit(stage, from: before, to: admitted, readers: 11)
            try stage.declareAll(stage.keys.count - 1)
            try vault.refresh()
            let declared = vault.store.files
            grants.append(try Measure.time { _ = try vault.catchUp() })
            guard vault.cases.allSatisfy({ $0.readers.count == 11 }) else { throw WorkError.wrong }
            peak = max(peak, Measure.peak)
            let granted = vault.store.files
            let granting = try WritingLimit(stage, from: declared, to: granted, readers: 11)
            guard granting.count >= options.cases else { throw WorkError.wrong }
            let limit = try granting.time()
            grantLimits.append(limit)
            togetherLimits.append(try admitting.time() + limit)
            Measure.resetPeak()
            removals.append(try Measure.time { _ = try vault.remove(card.id) })
            guard vault.cases.allSatisfy({ $0.readers.count == 10 }) else { throw WorkError.wrong }
            peak = max(peak, Measure.peak)
            removalLimits.append(
                try WritingLimit(stage, from: granted, to: vault.store.files, readers: 10).time())
        }
        let cases = "\(options.cases) cases of 10 KB"
        report.add("admit an eleventh member, \(cases)", admits)
        report.add("let the eleventh member into \(cases)", grants, limits: grantLimits, peak: peak)
        report.add(
            "admitting and letting in together", zip(admits, grants).map { $0 + $1 },
            limits: togetherLimits)
        report.add(
            "remove one of eleven members, \(cases)", removals, limits: removalLimits,
            peak: peak)
    }
}
