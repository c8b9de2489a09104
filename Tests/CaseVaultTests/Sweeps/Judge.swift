// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

@testable import CaseVault

/// Says whether what a changed folder shows is allowed.
struct Judge {
    /// What the folder showed before it was changed.
    let truth: Truth
    /// What was reported before it was changed.
    let calm: VerifyReport
    /// Every text that was ever shown.
    let genuine: Set<String>

    /// What is allowed, and what is not.
    enum Verdict: Equatable {
        /// Nothing is different.
        case unchanged
        /// A typed error.
        case refused
        /// Something is missing, and it is said.
        case reported
        /// Not allowed.
        case broken(String)
    }

    /// Judges what a folder shows.
    ///
    /// - Parameters:
    ///   - shown: What it shows.
    ///   - report: What is reported about it.
    ///   - named: A path below the vault that the report must name as damaged.
    /// - Returns: What is allowed, or what is wrong.
    func verdict(of shown: Truth, _ report: VerifyReport, named: String? = nil) -> Verdict {
        let other = shown.texts.subtracting(genuine)
        if !other.isEmpty { return .broken("other text: \(other.sorted())") }
        if let named, !report.damaged.contains(where: { $0.file == named }) {
            return .broken("damaged file not named")
        }
        if shown == truth { return .unchanged }
        return isExplained(shown, report) ? .reported : .broken("silent gap")
    }

    /// Whether something is named that was not before: a file, a log or a case.
    private func isExplained(_ shown: Truth, _ report: VerifyReport) -> Bool {
        !Set(report.damaged).subtracting(calm.damaged).isEmpty
            || !Set(report.missing).subtracting(calm.missing).isEmpty
            || !Set(report.problems).subtracting(calm.problems).isEmpty
            || shown.waiting.subtracting(truth.waiting).contains { $0.hasPrefix("arrival") }
    }

    /// How often each verdict fell.
    struct Tally {
        /// Nothing was different.
        var unchanged = 0
        /// A typed error.
        var refused = 0
        /// Something was missing and named.
        var reported = 0
        /// All of them.
        var total: Int { unchanged + refused + reported }

        /// Counts one; answers what is wrong with it.
        mutating func count(_ verdict: Verdict) -> String? {
            switch verdict {
            case .unchanged: unchanged += 1
            case .refused: refused += 1
            case .reported: reported += 1
            case .broken(let why): return why
            }
            return nil
        }
    }
}
