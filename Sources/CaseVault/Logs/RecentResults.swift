// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

private import Synchronization

/// What was worked out about some people's computers, so that it is done once; few at a time, so
/// that a member with many keys of their own does not fill the memory.
final class RecentResults<Result: Sendable>: Sendable {
    private let known = Mutex<[CardID: Result]>([:])

    /// The most that are kept.
    private static var limit: Int { 64 }

    /// What is known of somebody's computer, or is worked out now.
    func callAsFunction(_ card: CardID, _ work: () -> Result) -> Result {
        if let result = known.withLock({ $0[card] }) { return result }
        let result = work()
        known.withLock {
            if $0.count >= Self.limit { $0.removeAll() }
            $0[card] = result
        }
        return result
    }
}
