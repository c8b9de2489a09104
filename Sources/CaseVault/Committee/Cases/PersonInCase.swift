// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Somebody who is named in a case, as the first look shows them.
public struct PersonInCase: Hashable, Sendable {
    /// In what part somebody is named.
    @nonexhaustive public enum Role: String, Sendable {
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
    /// For warnings only. It gives false alarms: for names that are ordinary words ("Will",
    /// "May"), and for somebody else who has a word of the name.
    ///
    /// - Parameters:
    ///   - text: What is about to be sent.
    ///   - others: Words that say nothing, because a reported person's name has them, too.
    /// - Returns: Whether there is something to warn of.
    func isHinted(in text: String, besides others: Set<String>) -> Bool {
        if isNamed(in: text) { return true }
        let text = Array(TextFolding.fold(text).unicodeScalars)
        return words.subtracting(others).contains {
            WordFinder($0)?.occurs(inFolded: text) == true
        }
    }

    /// The single words of all names, folded.
    ///
    /// Words of fewer than three letters are left out ("Jo", "de"), and what stands behind `@`.
    var words: Set<String> {
        let words = ([name] + aliases).flatMap { name in
            TextFolding.fold(name).prefix { $0 != "@" }.unicodeScalars
                .split { !CharacterClass.isWord($0) }
        }
        return Set(words.filter { $0.count { $0.properties.isAlphabetic } >= 3 }.map(String.init))
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
