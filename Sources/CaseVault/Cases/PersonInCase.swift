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

        /// What people call the part.
        public var label: String {
            switch self {
            case .reportedPerson: "reported person"
            case .reporter, .witness: rawValue
            }
        }
    }

    /// The person's name.
    public let name: String
    /// Other names that the person is known by.
    public let aliases: [String]
    /// The part.
    public let role: Role

    /// Whether the name or an alias stands in a text, as a whole word in any case.
    func isNamed(in text: String) -> Bool {
        ([name] + aliases).contains { TextFolding.containsWord($0, in: text) }
    }
}

// MARK: - CustomStringConvertible, CustomReflectable

extension PersonInCase: CustomStringConvertible, CustomReflectable {
    /// The part only: the name is a secret.
    public var description: String { "PersonInCase(\(role.rawValue), redacted)" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension Report {
    /// The reporter and the witnesses, as far as they are named.
    var peopleBesides: [PersonInCase] {
        let reporter = ([reporterName].compactMap(\.self) + reporterAliases).filter { !$0.isEmpty }
        let first = reporter.first.map {
            PersonInCase(name: $0, aliases: Array(reporter.dropFirst()), role: .reporter)
        }
        return [first].compactMap(\.self)
            + witnesses.map { PersonInCase(name: $0.name, aliases: [], role: .witness) }
    }
}
