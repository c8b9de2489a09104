// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// How far long work has come.
public struct WorkProgress: Sendable {
    /// What is being worked on.
    @nonexhaustive public enum Work: String, Sendable {
        /// Files are read and opened.
        case opening
        /// New files are sealed and written.
        case writing
        /// An attachment is encrypted or decrypted; the unit is bytes.
        case attachment
    }

    /// What is being worked on.
    public let work: Work
    /// How many items or bytes are done.
    public let done: Int
    /// How many there are in all.
    public let total: Int

    /// What the caller wants after a report.
    public enum Decision: Sendable {
        /// Go on.
        case proceed
        /// Stop before the next item; what is finished stays.
        case stop
    }

    /// Is called between items, on the calling thread.
    public typealias Handler = (WorkProgress) -> Decision
}

extension Optional where Wrapped == WorkProgress.Handler {
    /// Reports, and throws if the caller wants to stop, or the task that an act runs in was
    /// cancelled: that needs no handler. Opening goes on: who reads must never get a part.
    func report(_ work: WorkProgress.Work, _ done: Int, of total: Int) throws(VaultError) {
        if work != .opening, Task.isCancelled { throw .cancelled }
        guard let self else { return }
        if self(WorkProgress(work: work, done: done, total: total)) == .stop { throw .cancelled }
    }
}
