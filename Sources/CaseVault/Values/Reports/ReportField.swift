// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// One known field of a report besides its text, with what people call it.
public struct ReportField: Sendable {
    /// What a field holds.
    @nonexhaustive public enum Value: Hashable, Sendable {
        /// A text, a day or one of the fixed words.
        case text(String)
        /// Yes or no.
        case flag(Bool)
        /// Several texts.
        case texts([String])
        /// People with their contacts.
        case witnesses([Report.Witness])
    }

    /// The key in JSON, the same as in a file of fields.
    public let key: String
    /// What people call it.
    public let label: String
    /// What it holds.
    public let value: Value

    /// What it holds, for people. Stored text: escape it before it is shown.
    public var text: String {
        switch value {
        case .text("asTold") where key == "recorded": "as told"
        case .text("inPerson") where key == "channel": "in person"
        case .text(let text): text
        case .flag(let flag): flag ? "yes" : "no"
        case .texts(let texts): texts.joined(separator: ", ")
        case .witnesses(let witnesses):
            witnesses.map { witness in
                witness.contact.map { "\(witness.name) (\($0))" } ?? witness.name
            }.joined(separator: ", ")
        }
    }

    /// Whether the field says that somebody is in danger now, which is shown before all else.
    public var isAlarm: Bool { key == "immediateDanger" && value == .flag(true) }
}

// MARK: - CustomStringConvertible, CustomReflectable

extension ReportField: CustomStringConvertible, CustomReflectable {
    /// The key only: what is in a report is secret.
    public var description: String { "ReportField(\(key), redacted)" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension Report {
    /// The fields that are known, immediate danger first, then as a form would ask for them.
    public var fields: [ReportField] {
        var fields: [ReportField] = []
        func add(_ key: String, _ label: String, _ value: ReportField.Value?) {
            guard let value else { return }
            fields.append(ReportField(key: key, label: label, value: value))
        }
        func add(_ key: String, _ label: String, _ text: String?) {
            add(key, label, text.map(ReportField.Value.text))
        }
        func add(_ key: String, _ label: String, _ flag: Bool?) {
            add(key, label, flag.map(ReportField.Value.flag))
        }
        add("immediateDanger", "immediate danger", immediateDanger)
        add("recorded", "recorded", recorded?.name)
        add("receivedOn", "received on", receivedOn?.description)
        add("receivedAt", "received at", receivedAt)
        add("channel", "channel", channel?.name)
        add("reporterName", "reporter", reporterName)
        add(
            "reporterAliases", "reporter, other names",
            reporterAliases.isEmpty ? nil : .texts(reporterAliases))
        add("staysAnonymous", "wishes to stay anonymous", staysAnonymous)
        add("consentToBeNamed", "agrees to be named", consentToBeNamed)
        add("reporterContact", "reach the reporter at", reporterContact)
        add("incidentDate", "date of the incident", incidentDate)
        add("incidentTime", "time of the incident", incidentTime)
        add("incidentPlace", "place of the incident", incidentPlace)
        add("ongoing", "going on", ongoing)
        add("behaviour", "behaviour", behaviour)
        add("impact", "impact", impact)
        add(
            "reportedPersonDescription", "the reported person, besides the name",
            reportedPersonDescription)
        add("circumstances", "circumstances", circumstances)
        add(
            "witnesses", "others involved and witnesses",
            witnesses.isEmpty ? nil : .witnesses(witnesses))
        add("retaliationConcern", "fear of retaliation or for safety", retaliationConcern)
        return fields
    }
}

extension Report.Recording {
    /// The name in JSON.
    public var name: String {
        switch self {
        case .verbatim: "verbatim"
        case .asTold: "asTold"
        }
    }
}

extension Report.Channel {
    /// The name in JSON.
    public var name: String {
        switch self {
        case .mail: "mail"
        case .chat: "chat"
        case .phone: "phone"
        case .inPerson: "inPerson"
        case .form: "form"
        case .other: "other"
        }
    }
}
