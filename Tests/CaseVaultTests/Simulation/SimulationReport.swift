// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// Runs simulations in a process of their own, and says what came of them.
struct SimulationReport {
    /// How many seeds ran.
    private var seeds = 0
    /// How many acts were done in all.
    private var acts = 0
    /// Entries that only a revocation's deleted file had held.
    private var lost = 0
    /// Entries that only a lost laptop had held.
    private var lostWithLaptop = 0
    /// Files of which the readers were checked.
    private var files = 0
    /// Files of several logs among them.
    private var shared = 0
    /// Pairs of files of a log of which one was found to make the other superfluous.
    private var ordered = 0

    /// Logs in which machines differ about people on whom a question is open.
    private var disputed = 0
    /// Entries that were erased.
    private var erased = 0
    /// Files that were searched for erased texts.
    private var searched = 0
    /// A hash over all stories: two runs of the same seeds have the same.
    private let stories = BLAKE2bStream()

    /// Runs one seed; ends the process with the story if something went wrong.
    mutating func run(seed: UInt64) throws {
        PredictableRandom.start(seed: seed)
        let mishaps = Simulation.Mishaps(
            removesMembers: seed % 3 == 0, losesLaptop: seed % 4 == 1, backDates: seed % 5 == 2)
        let simulation = try ThreadLimit.$current.withValue(1) {
            let simulation = try Simulation(
                seed: seed, size: 3 + Int(seed % 2), mishaps: mishaps)
            // An error that nothing here expects ends this seed's story, not its report.
            do { try simulation.run(steps: 60) } catch { simulation.stopped(by: error) }
            return simulation
        }
        seeds += 1
        acts += simulation.acts
        lost += simulation.lostToRevocation
        lostWithLaptop += simulation.lostWithLaptop
        files += simulation.checkedFiles
        shared += simulation.sharedFiles
        ordered += simulation.orderedFiles
        disputed += simulation.disputed
        erased += simulation.erased.count
        searched += simulation.searchedFiles
        stories.update(Array(simulation.trace.joined(separator: "\n").utf8).span)
        guard !simulation.failures.isEmpty else { return }
        print("failed: \(simulation.failures)")
        print(simulation.trace.joined(separator: "\n"))
        print(
            "replay with: SWIFT_DETERMINISTIC_HASHING=1 CASEVAULT_SEED=\(seed) "
                + "swift test --filter SimulationTests")
        // With success, because the story of a failed process is not handed on.
        exit(0)
    }

    /// Says how much was tried.
    func finish() {
        print(
            "simulation: \(seeds) seeds, \(acts) acts, readers of \(files) new files checked, "
                + "\(shared) of them of several logs, \(ordered) pairs ordered, "
                + "\(searched) searched for \(erased) erased entries, "
                + "\(lostWithLaptop) entries lost with a laptop, \(lost) to a revocation, "
                + "\(disputed) logs with a question open; "
                + "story \(stories.finish().hex.prefix(8))")
    }
}
