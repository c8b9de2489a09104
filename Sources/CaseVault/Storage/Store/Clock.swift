// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(FoundationEssentials)
    private import FoundationEssentials
#else
    private import Foundation
#endif

/// Tells the time. It decides nothing about access; only how long old files are kept, and what
/// day an author claims.
struct Clock: Sendable {
    /// Seconds since 1970.
    let now: @Sendable () -> Int64

    /// The computer's clock.
    static let system = Clock { Int64(Date().timeIntervalSince1970.rounded(.down)) }

    /// Today, in UTC.
    var today: Day { Day.of(secondsSince1970: now()) }
}
