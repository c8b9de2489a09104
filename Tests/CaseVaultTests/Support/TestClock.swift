// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Synchronization

/// A clock that a test moves by hand.
final class TestClock: Sendable {
    /// Seconds since 1970.
    private let seconds: Mutex<Int64>

    /// A clock that stands at a fixed time in 2026.
    init(_ start: Int64 = 1_790_000_000) { seconds = Mutex(start) }

    /// The time.
    var now: Int64 { seconds.withLock { $0 } }

    /// Lets time pass.
    func advance(days: Int64 = 0, seconds more: Int64 = 0) {
        seconds.withLock { $0 += days * 86_400 + more }
    }
}
