// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Synchronization

/// One time for all laptops, moved by hand.
final class SharedClock: Sendable {
    /// Seconds since 1970.
    private let seconds = Mutex<Int64>(1_790_000_000)

    /// The time.
    var now: Int64 { seconds.withLock { $0 } }

    /// Lets days pass.
    func advance(days: Int64) { seconds.withLock { $0 += days * 86_400 } }
}
