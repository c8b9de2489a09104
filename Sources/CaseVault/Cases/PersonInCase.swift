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

    /// Whether the name, an alias, or a single word of one stands in a text, in any case.
    ///
    /// For warnings only. Words of fewer than three letters are left out ("Jo", "de"), and what
    /// stands behind an `@`. It gives false alarms: for names that are ordinary words ("Will",
    /// "May"), and for somebody else who has a word of the name, such as a family name.
    func isHinted(in text: String) -> Bool {
        if isNamed(in: text) { return true }
        let text = Array(TextFolding.fold(text).unicodeScalars)
        return ([name] + aliases).contains { name in
            let words = TextFolding.fold(name).prefix { $0 != "@" }.unicodeScalars
                .split { !CharacterClass.isWord($0) }
            return words.contains { word in
                word.count { $0.properties.isAlphabetic } >= 3
                    && WordFinder(String(word))?.occurs(inFolded: text) == true
            }
        }
    }
}

// MARK: - CustomStringConvertible, CustomReflectable

extension PersonInCase: CustomStringConvertible, CustomReflectable {
    /// The part only: the name is a secret.
    public var description: String { "PersonInCase(\(role.rawValue), redacted)" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
