// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Somebody who is named in a case, as the first look shows them.
public struct PersonInCase: Hashable, Sendable {
    /// In what part somebody is named.
    public enum Role: String, Sendable {
        /// The person that the report is about.
        case reportedPerson = "reported-person"
        /// Who reported.
        case reporter
        /// Who saw or heard something.
        case witness
    }

    /// The person's name.
    public let name: String
    /// The part.
    public let role: Role
}

// MARK: - CustomStringConvertible, CustomReflectable

extension PersonInCase: CustomStringConvertible, CustomReflectable {
    /// The part only: the name is a secret.
    public var description: String { "PersonInCase(\(role.rawValue), redacted)" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
