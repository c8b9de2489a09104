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
        let writing = try WritingLimit(stage, like: vault, readers: stage.keys.count)
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
            // A record for each check and each row, in files of 64 logs.
            limit: {
                try WritingLimit(
                    files: 2 * (options.cases + 63) / 64, records: 64, bytes: 64 * 600,
                    in: stage, readers: number + 1
                ).time(signing: 64)
            }
        ) {
            try vault.admit(card, confirming: card.fingerprint)
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
        try step("newcomer: let in by one reader", limit: { try writing.time() }) {
            try vault.catchUp()
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
