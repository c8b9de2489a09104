// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Synchronization

/// Makes the n-th file operation of a kind below a folder fail, once, when armed.
final class FaultInjector: Sendable {
    /// What is counted and what fails.
    private struct State {
        /// Below which folder.
        var folder = ""
        /// Which operations of the folder were made since arming.
        var seen = 0
        /// Which of them fails; `nil` only counts.
        var failing: Int?
        /// With what.
        var code: Int32 = 0
        /// Whether anything is counted.
        var isArmed = false
        /// What kind of operation failed.
        var failed: FileOperation?
    }

    /// The state, under a lock: files are written on several threads.
    private let state = Mutex(State())

    /// A file system whose calls go through this injector.
    var files: FileSystem {
        FileSystem { [self] operation, path in ask(operation, path) }
    }

    /// Counts from now on; the operation number `failing` fails with `code`.
    func arm(below folder: String, failing: Int?, code: Int32 = 0) {
        state.withLock {
            $0 = State(folder: folder, failing: failing, code: code, isArmed: true)
        }
    }

    /// Stops; how many operations there were, and what kind failed.
    func disarm() -> (count: Int, failed: FileOperation?) {
        state.withLock {
            $0.isArmed = false
            return ($0.seen, $0.failed)
        }
    }

    /// Decides about one call.
    private func ask(_ operation: FileOperation, _ path: String) -> FaultAction? {
        state.withLock { state in
            guard state.isArmed, path.hasPrefix(state.folder), operation != .close else {
                return nil
            }
            defer { state.seen += 1 }
            guard state.seen == state.failing else { return nil }
            state.failed = operation
            return .fail(state.code)
        }
    }
}
