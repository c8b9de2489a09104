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
        /// `new`, `ongoing`, `resolved`, `appealed`.
        case status = 3
        /// When it happened, in free words.
        case dateTime = 4
        /// What the team has to do, in free words.
        case actionsNeeded = 5
        /// What came of it, in free words.
        case resolution = 6

        /// The words that the column takes; `nil` for free words.
        public var words: [String]? {
            switch self {
            case .safetyRisk, .repeatRisk: ["yes", "no", "maybe"]
            case .status: ["new", "ongoing", "resolved", "appealed"]
            case .dateTime, .actionsNeeded, .resolution: nil
            }
        }

        /// The column's name, as the CLI and JSON have it.
        public var name: String {
            switch self {
            case .safetyRisk: "safetyRisk"
            case .repeatRisk: "repeatRisk"
            case .status: "status"
            case .dateTime: "dateTime"
            case .actionsNeeded: "actionsNeeded"
            case .resolution: "resolution"
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

    /// The value of a column, empty where nothing was written.
    public subscript(column: Column) -> String { values[column] ?? "" }

    /// The longest value in bytes of UTF-8.
    static let valueLimit = 2000

    /// Whether a value may stand in a column.
    static func isValid(_ value: String, for column: Column) -> Bool {
        guard value.utf8.count <= valueLimit else { return false }
        if value.isEmpty { return true }
        return column.words.map { $0.contains(value) } ?? true
    }
}
