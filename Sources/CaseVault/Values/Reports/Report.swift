// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What was reported: a text, and what else is known about it.
///
/// Everything but the text is optional. A report is secret: its description and its mirror
/// show nothing, and it is not `Codable`, so that it cannot be written out by accident.
public struct Report: Hashable, Sendable {
    /// The report in the words of the reporter, or as a member wrote it down.
    public var text: String
    /// Whether the text is word for word.
    public var recorded: Recording?
    /// The day the report was received.
    public var receivedOn: Day?
    /// The time the report was received, such as "14:30".
    public var receivedAt: String?
    /// How the report arrived.
    public var channel: Channel?
    /// Whether somebody is in danger now.
    public var immediateDanger: Bool?
    /// The name of the reporter.
    public var reporterName: String?
    /// Other names the reporter is known by.
    public var reporterAliases: [String] = []
    /// Whether the reporter wishes to stay anonymous.
    public var staysAnonymous: Bool?
    /// Whether the reporter agrees to be named to the reported person.
    public var consentToBeNamed: Bool?
    /// How the reporter can be reached.
    public var reporterContact: String?
    /// The date of the incident, as told.
    public var incidentDate: String?
    /// The time of the incident, as told.
    public var incidentTime: String?
    /// The place of the incident, as told.
    public var incidentPlace: String?
    /// Whether the behaviour is going on.
    public var ongoing: Bool?
    /// What was done, in neutral words.
    public var behaviour: String?
    /// What the behaviour led to.
    public var impact: String?
    /// What identifies the reported person beyond a name.
    public var reportedPersonDescription: String?
    /// The circumstances of the incident.
    public var circumstances: String?
    /// People who saw it or know of it.
    public var witnesses: [Witness] = []
    /// What the reporter fears in return for the report.
    public var retaliationConcern: String?

    /// A report of which only the text is known.
    ///
    /// - Parameter text: the text.
    public init(text: String) {
        self.text = text
    }

    /// How the text of a report came about.
    @nonexhaustive public enum Recording: String, Hashable, Sendable, CaseIterable {
        /// The text is word for word what the reporter wrote.
        case verbatim
        /// A member wrote down what was told.
        case asTold

        /// The number that stands for it in a record.
        var number: UInt8 {
            switch self {
            case .verbatim: 1
            case .asTold: 2
            }
        }

        /// What a number stands for; `nil` for one that is not known.
        init?(number: UInt8) {
            guard let found = Self.allCases.first(where: { $0.number == number }) else {
                return nil
            }
            self = found
        }
    }

    /// How a report arrived.
    @nonexhaustive public enum Channel: String, Hashable, Sendable, CaseIterable {
        /// By mail.
        case mail
        /// In a chat.
        case chat
        /// On the phone.
        case phone
        /// Face to face.
        case inPerson
        /// Through a form.
        case form
        /// In another way.
        case other

        /// The number that stands for it in a record.
        var number: UInt8 {
            switch self {
            case .mail: 1
            case .chat: 2
            case .phone: 3
            case .inPerson: 4
            case .form: 5
            case .other: 6
            }
        }

        /// What a number stands for; `nil` for one that is not known.
        init?(number: UInt8) {
            guard let found = Self.allCases.first(where: { $0.number == number }) else {
                return nil
            }
            self = found
        }
    }

    /// Somebody who saw the incident or knows of it.
    public struct Witness: Hashable, Sendable {
        /// The name of the witness.
        public var name: String
        /// How the witness can be reached.
        public var contact: String?

        /// A witness.
        ///
        /// - Parameters:
        ///   - name: the name.
        ///   - contact: how the witness can be reached.
        public init(name: String, contact: String? = nil) {
            self.name = name
            self.contact = contact
        }
    }
}

// MARK: - Limits

extension Report {
    /// The most bytes of the text in UTF-8.
    static let longestText = 1 << 20
    /// The most bytes of any other field in UTF-8.
    static let longestField = 16 << 10
    /// The most witnesses.
    static let mostWitnesses = 50
    /// The most aliases of the reporter.
    static let mostAliases = 50

    /// Checks every field against its limit.
    ///
    /// - Throws: an error that names the first field that is empty, too long or too many.
    func checkLimits() throws(VaultError) {
        if text.unicodeScalars.allSatisfy({ $0.properties.isWhitespace }) { throw .emptyReport }
        guard text.utf8.count <= Self.longestText else { throw .tooLong("text", Self.longestText) }
        guard witnesses.count <= Self.mostWitnesses else {
            throw .tooMany("witnesses", Self.mostWitnesses)
        }
        guard reporterAliases.count <= Self.mostAliases else {
            throw .tooMany("reporterAliases", Self.mostAliases)
        }
        for (name, path) in Self.textFields
        where (self[keyPath: path]?.utf8.count ?? 0) > Self.longestField {
            throw .tooLong(name, Self.longestField)
        }
        for alias in reporterAliases where alias.utf8.count > Self.longestField {
            throw .tooLong("reporterAliases", Self.longestField)
        }
        for witness in witnesses
        where max(witness.name.utf8.count, witness.contact?.utf8.count ?? 0) > Self.longestField {
            throw .tooLong("witnesses", Self.longestField)
        }
    }

    /// The first field with a name of which nothing is to be seen; `nil` if there is none.
    var blankName: String? {
        if reporterName.map(CharacterClass.isBlank) == true { return "reporterName" }
        if reporterAliases.contains(where: CharacterClass.isBlank) { return "reporterAliases" }
        return witnesses.contains { CharacterClass.isBlank($0.name) } ? "witnesses" : nil
    }

    /// Leaves out names of which nothing is to be seen, in what a mail or a page says.
    mutating func removeBlankNames() {
        if reporterName.map(CharacterClass.isBlank) == true { reporterName = nil }
        reporterAliases.removeAll(where: CharacterClass.isBlank)
        witnesses.removeAll { CharacterClass.isBlank($0.name) && $0.contact == nil }
    }

    /// The optional text fields by their names.
    static var textFields: [(name: String, path: WritableKeyPath<Report, String?>)] {
        [
            ("receivedAt", \.receivedAt), ("reporterName", \.reporterName),
            ("reporterContact", \.reporterContact), ("incidentDate", \.incidentDate),
            ("incidentTime", \.incidentTime), ("incidentPlace", \.incidentPlace),
            ("behaviour", \.behaviour), ("impact", \.impact),
            ("reportedPersonDescription", \.reportedPersonDescription),
            ("circumstances", \.circumstances), ("retaliationConcern", \.retaliationConcern),
        ]
    }

    /// The yes-or-no fields by their names.
    static var flagFields: [(name: String, path: WritableKeyPath<Report, Bool?>)] {
        [
            ("immediateDanger", \.immediateDanger), ("staysAnonymous", \.staysAnonymous),
            ("consentToBeNamed", \.consentToBeNamed), ("ongoing", \.ongoing),
        ]
    }
}

// MARK: - Redaction

extension Report: CustomStringConvertible, CustomReflectable {
    /// A fixed text: what is in a report is secret.
    public var description: String { "Report(redacted)" }
    /// A mirror without children, so that a dump shows nothing either.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension Report.Witness: CustomStringConvertible, CustomReflectable {
    /// A fixed text: who saw something is secret.
    public var description: String { "Witness(redacted)" }
    /// A mirror without children, so that a dump shows nothing either.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
