// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What a record states. The number is part of the format and never reused.
enum RecordKind: UInt8, Sendable, CaseIterable {
    // Roster.
    case founded = 1
    case admitted = 2
    case confirmed = 3
    case removed = 4
    case rulesChanged = 5
    case was = 7
    // Conflict check.
    case checkStarted = 20
    case named = 21
    case declared = 22
    // Register row.
    case rowStarted = 30
    case rowChanged = 31
    // Check and row.
    case opened = 40
    // Case file.
    case caseStarted = 50
    case reported = 51
    case entered = 52
    case checkLinked = 53
    case granted = 54
    case revoked = 55
    case invited = 57
    case voted = 58
    // Any log.
    case gapAccepted = 71
    // Check, row and case file.
    case erased = 72
    // Case file.
    case held = 73
    // Any log.
    case counted = 74
    case left = 75
    // Case file.
    case ended = 76

    /// The logs in which a record of this kind has a meaning.
    func belongs(in log: LogKind) -> Bool {
        switch self {
        case .founded, .admitted, .confirmed, .removed, .rulesChanged, .was: log == .roster
        case .checkStarted, .named, .declared: log == .check
        case .rowStarted, .rowChanged: log == .row
        case .opened: log == .check || log == .row
        case .caseStarted, .reported, .entered, .checkLinked, .granted, .invited, .voted, .held,
            .ended:
            log == .caseFile
        case .revoked, .erased: log != .roster
        case .gapAccepted, .counted, .left: true
        }
    }

    /// Whether the body can be taken out for good: only of what has no part in who reads.
    ///
    /// Whatever access rests on must be there for everybody to see, forever.
    var isErasable: Bool {
        switch self {
        case .named, .rowChanged, .reported, .entered, .voted: true
        case .founded, .admitted, .confirmed, .removed, .rulesChanged, .was, .checkStarted,
            .declared, .rowStarted, .opened, .caseStarted, .checkLinked, .granted, .revoked,
            .invited, .gapAccepted, .erased, .held, .counted, .left, .ended:
            false
        }
    }

    /// The kind of log that a record of this kind starts, if it starts one.
    var starts: LogKind? {
        switch self {
        case .founded: .roster
        case .checkStarted: .check
        case .rowStarted: .row
        case .caseStarted: .caseFile
        default: nil
        }
    }
}
