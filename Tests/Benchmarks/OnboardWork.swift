// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// Brings a newcomer into a vault of many cases: each step beside its calls and writes.
enum OnboardWork {
    /// Measures each step once; the limits in between, round by round.
    static func run(_ options: Options, _ report: Figures) throws {
        let stage = try VaultWork.settled(options)
        defer { stage.remove() }
        let card = try stage.addKey().card
        let number = stage.keys.count - 1
        let vault = try stage.vault(0)
        var before = vault.store.files
        func step(_ text: String, limit: () throws -> Double, _ body: () throws -> Void) throws {
            Measure.resetPeak()
            let time = try Measure.time(body)
            let peak = Measure.peak
            let limits = try (0..<min(3, options.rounds)).map { _ in try limit() }
            report.add(
                text, [time], limits: [Figures.median(limits)], peak: peak)
        }
        let cases = "\(options.cases) cases"
        let signing = try Raw(readers: number + 1)
        try step(
            "newcomer: admit, \(cases)",
            limit: {
                try WritingLimit(
                    stage, from: before, to: vault.store.files, readers: number + 1
                ).time()
            }
        ) {
            _ = try vault.admit(
                card, confirming: card.spoken, deciding: vault.checks.decisions())
        }
        try step(
            "newcomer: open for the first time and declare",
            limit: {
                let opening = try OpeningLimit(stage, member: number).first()
                return opening
                    + Measure.time {
                        for _ in 0..<options.cases {
                            signing.sign([UInt8](repeating: 1, count: 150))
                        }
                    }
            }
        ) { try stage.declareAll(number) }
        try vault.refresh()
        before = vault.store.files
        try step(
            "newcomer: let in by one reader",
            limit: {
                try WritingLimit(
                    stage, from: before, to: vault.store.files, readers: number + 1
                ).time()
            }
        ) {
            _ = try vault.catchUp()
        }
        try step(
            "newcomer: open all cases for the first time",
            limit: { try OpeningLimit(stage, member: number).first() }
        ) {
            let theirs = try stage.vault(number, state: "second")
            guard theirs.cases.count == options.cases else { throw WorkError.wrong }
        }
    }
}
