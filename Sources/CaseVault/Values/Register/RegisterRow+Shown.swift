// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension RegisterRow.Column {
    /// The column's heading, as people see it.
    public var heading: String {
        switch self {
        case .safetyRisk: "Safety risk?"
        case .repeatRisk: "Risk of repeating?"
        case .status: "Status"
        case .dateTime: "Date & Time"
        case .actionsNeeded: "Actions needed"
        case .resolution: "Resolution"
        case .resolutionSource: "Decided by"
        case .resolvedOn: "Resolved on"
        case .reviewOn: "Review on"
        case .response: "Response"
        }
    }
}

extension RegisterRow {
    /// A column's value as people see it: fixed words with a capital, `-` for nothing.
    ///
    /// It is one line of visible characters: white space becomes one space, and what could act
    /// on a terminal is written out.
    public func shown(_ column: Column) -> String {
        let text = Self.oneLine(self[column])
        if text.isEmpty { return "-" }
        return column.words == nil ? text : text.prefix(1).uppercased() + text.dropFirst()
    }

    /// A text in one line of visible characters.
    static func oneLine(_ text: String) -> String {
        let words = text.unicodeScalars.split { $0.properties.isWhitespace }
        return SafeText.escaped(words.map { String($0) }.joined(separator: " "))
    }
}
