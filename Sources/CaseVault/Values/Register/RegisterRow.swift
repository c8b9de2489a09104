// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// One line of the status register, which the committee sees.
///
/// It stays vague on purpose: members with a conflict read it too.
public struct RegisterRow: Identifiable, Hashable, Sendable {
    /// Names a row.
    public typealias ID = TypedID<Named.ARow>

    /// A column that can be changed. There will be more; the raw values are fixed.
    @nonexhaustive public enum Column: String, Sendable, CaseIterable {
        /// Is somebody's safety at risk: `yes`, `no`, `maybe`.
        case safetyRisk
        /// Could it happen again: `yes`, `no`, `maybe`.
        case repeatRisk
        /// `new`, `ongoing`, `resolved`, `appealed`; or, with a decision that has to be kept in
        /// mind, `flagged` or `banned`, which are resolved too.
        case status
        /// When it happened, in free words.
        case dateTime
        /// What the team has to do, in free words.
        case actionsNeeded
        /// What came of it, in free words.
        case resolution
        /// Who decided: `group`, `board`, `local` (local representatives), `nobody`.
        case resolutionSource
        /// The day of the resolution.
        case resolvedOn
        /// The day on which the resolution is looked at again.
        case reviewOn
        /// What was decided, from the rules' list of responses.
        case response

        /// The words that the column takes; `nil` for free words.
        public var words: [String]? {
            switch self {
            case .safetyRisk, .repeatRisk: ["yes", "no", "maybe"]
            case .status: ["new", "ongoing", "resolved", "appealed", "flagged", "banned"]
            case .resolutionSource: ["group", "board", "local", "nobody"]
            case .dateTime, .actionsNeeded, .resolution, .resolvedOn, .reviewOn, .response: nil
            }
        }

        /// Whether the column takes a day, written YYYY-MM-DD.
        public var isDay: Bool { self == .resolvedOn || self == .reviewOn }

        /// Whether the column takes free words, which could say anything.
        var isFree: Bool { words == nil && !isDay }

        /// The column's name, as JSON has it.
        public var name: String { rawValue }

        /// The number that stands for the column in a record.
        var number: UInt8 {
            switch self {
            case .safetyRisk: 1
            case .repeatRisk: 2
            case .status: 3
            case .dateTime: 4
            case .actionsNeeded: 5
            case .resolution: 6
            case .resolutionSource: 7
            case .resolvedOn: 8
            case .reviewOn: 9
            case .response: 10
            }
        }

        /// The column of a number; `nil` for one that is not known.
        init?(number: UInt8) {
            guard let column = Self.allCases.first(where: { $0.number == number }) else {
                return nil
            }
            self = column
        }
    }

    /// Which row.
    public let id: ID
    /// The case's title.
    public let codeName: CodeName
    /// Four digits that tell apart two rows of one code name.
    public let disambiguation: String
    /// The columns' values; empty text where nothing was written.
    public let values: [Column: String]

    /// What else was written into a column by somebody who did not know of its value, nor of each
    /// other: until somebody writes the column anew.
    public internal(set) var sideBySide: [Column: [String]] = [:]

    /// The value of a column, empty where nothing was written.
    public subscript(column: Column) -> String { values[column] ?? "" }

    /// The longest value in bytes of UTF-8.
    static let valueLimit = 2000

    /// Whether a value may stand in a column.
    static func isValid(_ value: String, for column: Column) -> Bool {
        guard value.utf8.count <= valueLimit else { return false }
        if value.isEmpty { return true }
        if column.isDay { return Day(value)?.description == value }
        return column.words.map { $0.contains(value) } ?? true
    }

    /// Whether the status says that there is a decision.
    public var isResolved: Bool { Self.isResolved(self[.status]) }

    /// Whether a status says that there is a decision.
    static func isResolved(_ status: String?) -> Bool {
        ["resolved", "flagged", "banned"].contains(status)
    }
}
