// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The rules that can be taken out, to see that a test notices. Only in a debug build: what ships
/// has all of them.
///
/// `Tests/authority/rules.py` has the same list, with what each of them is.
struct AuthorityRules: OptionSet, Sendable {
    let rawValue: UInt64

    static let twoVouchers = Self(rawValue: 1 << 0)
    static let ownStrength = Self(rawValue: 1 << 1)
    static let needsPower = Self(rawValue: 1 << 2)
    static let removalsFirst = Self(rawValue: 1 << 3)
    static let ownRemovals = Self(rawValue: 1 << 4)
    static let liftByName = Self(rawValue: 1 << 5)
    static let liftEach = Self(rawValue: 1 << 6)
    static let liftWaits = Self(rawValue: 1 << 7)
    static let liftNotOwn = Self(rawValue: 1 << 8)
    static let earlyRemoval = Self(rawValue: 1 << 9)
    static let leaveKeeps = Self(rawValue: 1 << 10)
    static let leaveNoRemoval = Self(rawValue: 1 << 11)
    static let leaveAll = Self(rawValue: 1 << 12)
    static let lastOne = Self(rawValue: 1 << 13)
    static let secondAlone = Self(rawValue: 1 << 14)
    static let rosterFirst = Self(rawValue: 1 << 15)
    static let guestBanned = Self(rawValue: 1 << 16)
    static let conflictCounts = Self(rawValue: 1 << 17)
    static let conflictStays = Self(rawValue: 1 << 18)
    static let answerAsked = Self(rawValue: 1 << 19)
    static let linkOfAll = Self(rawValue: 1 << 20)
    static let linkListed = Self(rawValue: 1 << 21)
    static let endNotSilent = Self(rawValue: 1 << 22)
    static let readsToAdmit = Self(rawValue: 1 << 23)
    static let holdsOfAll = Self(rawValue: 1 << 24)
    static let overNamed = Self(rawValue: 1 << 25)
    static let stillIn = Self(rawValue: 1 << 26)
    static let handOver = Self(rawValue: 1 << 27)
    static let handOverPower = Self(rawValue: 1 << 28)
    static let withheldStays = Self(rawValue: 1 << 29)
    static let rowNeedsCase = Self(rawValue: 1 << 30)
    static let bonds = Self(rawValue: 1 << 31)
    static let wasSigned = Self(rawValue: 1 << 32)
    static let wasCarries = Self(rawValue: 1 << 33)
    static let sign = Self(rawValue: 1 << 34)
    static let signRemovals = Self(rawValue: 1 << 35)
    static let views = Self(rawValue: 1 << 36)
    static let strangers = Self(rawValue: 1 << 37)
    static let liftOnly = Self(rawValue: 1 << 38)
    static let lastAgain = Self(rawValue: 1 << 39)
    static let oneVoice = Self(rawValue: 1 << 40)
    static let guestBack = Self(rawValue: 1 << 41)
    static let conflictHere = Self(rawValue: 1 << 42)
    static let starterStayed = Self(rawValue: 1 << 43)
    static let ownCases = Self(rawValue: 1 << 44)
    static let eraseSees = Self(rawValue: 1 << 45)
    static let endChain = Self(rawValue: 1 << 46)
    static let handOverIn = Self(rawValue: 1 << 47)
    static let wasTakesBack = Self(rawValue: 1 << 48)
    static let signAll = Self(rawValue: 1 << 49)

    /// What ships.
    static let all = Self(rawValue: 1 << 50 - 1)

    #if DEBUG
        /// Their names, as in `Tests/authority/rules.py`.
        static let names = [
            "two_vouchers", "own_strength", "needs_power", "removals_first", "own_removals",
            "lift_by_name", "lift_each", "lift_waits", "lift_not_own", "early_removal",
            "leave_keeps", "leave_no_removal", "leave_all", "last_one", "second_alone",
            "roster_first", "guest_banned", "conflict_counts", "conflict_stays", "answer_asked",
            "link_of_all", "link_listed", "end_not_silent", "reads_to_admit", "holds_of_all",
            "over_named", "still_in", "hand_over", "hand_over_power", "withheld_stays",
            "row_needs_case", "bonds", "was_signed", "was_carries", "sign", "sign_removals",
            "views", "strangers",
            "lift_only", "last_again", "one_voice", "guest_back", "conflict_here", "starter_stayed",
            "own_cases", "erase_sees", "end_chain", "hand_over_in", "was_takes_back", "sign_all",
        ]
    #endif
}
