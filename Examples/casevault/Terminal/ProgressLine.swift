// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// One line on standard error that says how far long work has come.
///
/// It is there only on a terminal, and only for work that takes longer than a moment.
final class ProgressLine {
    /// When the first report came.
    private var start: ContinuousClock.Instant?
    /// When the line was last written; `nil` while it is not there.
    private var shown: ContinuousClock.Instant?

    /// Takes a report of the library.
    func report(_ progress: WorkProgress) -> WorkProgress.Decision {
        if Host.isInterrupted { return .stop }
        let now = ContinuousClock.now
        let begin = start ?? now
        start = begin
        guard Host.showsProgress, now - begin > .seconds(1) else { return .proceed }
        if let shown, now - shown < .milliseconds(100) { return .proceed }
        shown = now
        let percent = progress.total > 0 ? progress.done * 100 / progress.total : 0
        Host.sayInPlace("\r\(progress.work.rawValue) \(percent) % ")
        return .proceed
    }

    /// Takes the line away.
    func clear() {
        if shown != nil { Host.sayInPlace("\r                    \r") }
        shown = nil
    }
}
