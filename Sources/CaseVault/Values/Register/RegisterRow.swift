// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// One line of the status register, which the committee sees.
///
/// It stays vague on purpose: members with a conflict read it too.
public struct RegisterRow: Identifiable, Hashable, Sendable {
    /// Names a row.
    public typealias ID = TypedID<Named.ARow>

    /// A column that can be changed.
    public enum Column: UInt8, Sendable, CaseIterable {
        /// Is somebody's safety at risk: `yes`, `no`, `maybe`.
        case safetyRisk = 1
        /// Could it happen again: `yes`, `no`, `maybe`.
        case repeatRisk = 2
        /// `new`, `ongoing`, `resolved`, `appealed`; or, with a decision that has to be kept in
        /// mind, `flagged` or `banned`, which are resolved too.
        case status = 3
        /// When it happened, in free words.
        case dateTime = 4
        /// What the team has to do, in free words.
        case actionsNeeded = 5
        /// What came of it, in free words.
        case resolution = 6
        /// Who decided: `group`, `board`, `local` (local representatives), `nobody`.
        case resolutionSource = 7
        /// The day of the resolution.
        case resolvedOn = 8
        /// The day on which the resolution is looked at again.
        case reviewOn = 9
        /// What was decided, from the rules' list of responses.
        case response = 10

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

        /// The column's name, as the CLI and JSON have it.
        public var name: String {
            switch self {
            case .safetyRisk: "safetyRisk"
            case .repeatRisk: "repeatRisk"
            case .status: "status"
            case .dateTime: "dateTime"
            case .actionsNeeded: "actionsNeeded"
            case .resolution: "resolution"
            case .resolutionSource: "resolutionSource"
            case .resolvedOn: "resolvedOn"
            case .reviewOn: "reviewOn"
            case .response: "response"
            }
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
