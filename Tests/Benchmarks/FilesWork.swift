// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

@testable import CaseVault

/// How many files a vault of many cases holds, after two members caught up on three days.
enum FilesWork {
    /// Counts.
    static func run(_ options: Options, _ report: Figures) throws {
        var stage: Stage?
        let time = try Measure.time { stage = try VaultWork.settled(options) }
        guard let stage else { return }
        defer { stage.remove() }
        let count = try stage.count()
        let each = String(format: "%.3f", Double(count.files) / Double(options.cases))
        report.add(
            "\(options.cases) cases, caught up on three days", [time],
            note: "\(count.files) files, \(each) a case, \(count.bytes >> 10) KiB")
    }
}
