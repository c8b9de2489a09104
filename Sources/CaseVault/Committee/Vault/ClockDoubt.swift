// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A reason to ask whether the computer's clock is right before anything is signed with its day.
///
/// A day decides nothing about access. But a report that says it is from 1970 misleads everybody
/// who reads it, and what is signed cannot be changed.
public struct ClockDoubt: Hashable, Sendable {
    /// The day of the computer's clock.
    public let today: Day
    /// The newest day that is known.
    public let newest: Day

    /// What speaks against the clock.
    public let reason: Reason

    /// What speaks against a clock.
    @nonexhaustive public enum Reason: Hashable, Sendable {
        /// It stands before the newest day that is known.
        case behind
        /// It stands long after the newest day that is known.
        case longAfter
        /// It stands more than a day after what colleagues' computers said in what came today.
        case afterNeighbours
    }

    /// Whether the clock stands before the newest day.
    public var isBehind: Bool { reason == .behind }

    /// How many days the clock may be ahead of the newest day, as after a long pause.
    static let longestPause = 400
    /// A day on which this program was there already.
    static let earliest = Day(daysSince1970: 20_454)
}

extension Vault {
    /// Why the computer's clock may be wrong; `nil` if nothing speaks against it.
    ///
    /// What one person of several alone claims is no reason, unless it is you: anybody can sign
    /// any day.
    public var clockDoubt: ClockDoubt? {
        var newest: [CardID: Day] = [:]
        for log in store.logs.values where isOpenToMe(log) {
            for record in log.history.counting {
                let author = record.record.author
                newest[author] = max(newest[author] ?? record.record.day, record.record.day)
            }
        }
        let mine = newest.removeValue(forKey: me.id)
        let others = newest.values.sorted(by: >)
        let days = [mine, others.dropFirst().first ?? others.first].compactMap { $0 }
        let today = store.clock.today
        if let doubt = Self.clockDoubt(today: today, newest: days.max()) { return doubt }
        // Whoever signed with this day before was asked before.
        guard mine != today, let neighbours = store.seen.neighbours,
            neighbours.isRecent(at: store.clock.now()), neighbours.day.adding(days: 1) < today
        else { return nil }
        return ClockDoubt(today: today, newest: neighbours.day, reason: .afterNeighbours)
    }

    /// Why the computer's clock may be wrong, before there is a vault to compare it with.
    public static var clockDoubt: ClockDoubt? {
        clockDoubt(today: Clock.system.today, newest: nil)
    }

    /// Why a clock may be wrong that shows this day.
    ///
    /// - Parameters:
    ///   - today: The day of the clock.
    ///   - newest: The newest day that is known, if any is.
    /// - Returns: The doubt; `nil` if there is none.
    static func clockDoubt(today: Day, newest: Day?) -> ClockDoubt? {
        let known = max(newest ?? ClockDoubt.earliest, ClockDoubt.earliest)
        let latest = (newest == nil ? today : known).adding(days: ClockDoubt.longestPause)
        guard today < known || today > latest else { return nil }
        return ClockDoubt(
            today: today, newest: known, reason: today < known ? .behind : .longAfter)
    }

    /// Whether a day of an entry lies ahead: days in the future are asked about.
    public func isInFuture(_ day: Day) -> Bool {
        day > store.clock.today.adding(days: 1)
    }

    /// Whether a day lies so far ahead that nobody can mean it: it is refused.
    public func isTooFarAhead(_ day: Day) -> Bool {
        day > store.clock.today.adding(days: ClockDoubt.longestPause)
    }

    /// Refuses a day that nothing can have happened on yet.
    func refuseFarFuture(_ day: Day) throws(VaultError) {
        guard isTooFarAhead(day) else { return }
        throw .dayTooFarAhead
    }
}
