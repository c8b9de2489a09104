// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

/// Collects figures and prints them.
final class Figures {
    /// One figure.
    struct Figure: Codable {
        /// What was done.
        let work: String
        /// How long it took, in seconds: the median.
        let seconds: Double
        /// How long the same calls took when made directly; `nil` where there is no such thing.
        let limit: Double?
        /// The ratio of both, round by round: the median.
        let ratio: Double?
        /// The smallest and the largest ratio of a round.
        let spread: [Double]?
        /// The most memory during the work, in MiB, where it was looked at.
        let peak: Double?
        /// What else there is to say.
        let note: String?
    }

    /// The figures so far.
    private var figures: [Figure] = []
    /// Whether to print JSON at the end in place of lines as they come.
    private let isJSON: Bool

    /// An empty report.
    init(isJSON: Bool) {
        self.isJSON = isJSON
        guard !isJSON else { return }
        show(
            Self.row(["work", "time", "limit", "x limit", "spread", "peak MiB", "note"]))
    }

    /// Prints a line at once, also into a pipe.
    private func show(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    /// Adds a figure.
    ///
    /// - Parameters:
    ///   - work: What was done.
    ///   - times: How long it took, round by round, in seconds.
    ///   - limits: How long the same calls took when made directly, in the same rounds.
    ///   - peak: The most memory, in MiB.
    ///   - note: What else there is to say.
    func add(
        _ work: String, _ times: [Double], limits: [Double] = [], peak: Double? = nil,
        note: String? = nil
    ) {
        let ratios = zip(times, limits).map { $0 / $1 }
        let figure = Figure(
            work: work, seconds: Self.median(times),
            limit: limits.isEmpty ? nil : Self.median(limits),
            ratio: ratios.isEmpty ? nil : Self.median(ratios),
            spread: ratios.isEmpty ? nil : [ratios.min() ?? 0, ratios.max() ?? 0],
            peak: peak, note: note)
        figures.append(figure)
        guard !isJSON else { return }
        show(
            Self.row([
                work, Self.time(figure.seconds), figure.limit.map(Self.time) ?? "",
                figure.ratio.map { String(format: "%.2f", $0) } ?? "",
                figure.spread.map { String(format: "%.2f-%.2f", $0[0], $0[1]) } ?? "",
                peak.map { String(format: "%.0f", $0) } ?? "", note ?? "",
            ]))
    }

    /// Prints what is left to print.
    func finish() throws {
        guard isJSON else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        print(String(decoding: try encoder.encode(figures), as: UTF8.self))
    }

    /// The middle value.
    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }

    /// A time in a unit that suits it.
    private static func time(_ seconds: Double) -> String {
        if seconds < 0.001 { return String(format: "%.1f us", seconds * 1e6) }
        if seconds < 1 { return String(format: "%.2f ms", seconds * 1e3) }
        return String(format: "%.2f s", seconds)
    }

    /// One line of the table.
    private static func row(_ cells: [String]) -> String {
        let widths = [46, 11, 11, 8, 11, 9, 0]
        return zip(cells, widths).map { cell, width in
            cell + String(repeating: " ", count: max(1, width - cell.count))
        }.joined()
    }
}
