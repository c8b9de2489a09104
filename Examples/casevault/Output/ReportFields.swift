// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// The fields of a report besides its text, as far as they are known.
struct ReportFields {
    /// The key in JSON, the same as in a file for `--fields`.
    let key: String
    /// What people call it.
    let label: String
    /// The value in JSON.
    let json: JSONValue
    /// The value for people.
    let text: String

    /// All known fields, in the order in which a form would ask for them.
    static func of(_ report: Report) -> [ReportFields] {
        var fields: [ReportFields] = []
        func add(_ key: String, _ label: String, _ value: String?) {
            guard let value else { return }
            fields.append(
                ReportFields(key: key, label: label, json: .text(value), text: Shown.line(value)))
        }
        func add(_ key: String, _ label: String, _ value: Bool?) {
            guard let value else { return }
            fields.append(
                ReportFields(key: key, label: label, json: .flag(value), text: value ? "yes" : "no")
            )
        }
        add("recorded", "recorded", report.recorded.map(name))
        add("receivedOn", "received on", report.receivedOn.map { "\($0)" })
        add("receivedAt", "received at", report.receivedAt)
        add("channel", "channel", report.channel.map(name))
        add("immediateDanger", "immediate danger", report.immediateDanger)
        add("reporterName", "reporter", report.reporterName)
        if !report.reporterAliases.isEmpty {
            fields.append(
                ReportFields(
                    key: "reporterAliases", label: "reporter, other names",
                    json: .texts(report.reporterAliases), text: Shown.names(report.reporterAliases))
            )
        }
        add("staysAnonymous", "wishes to stay anonymous", report.staysAnonymous)
        add("consentToBeNamed", "agrees to be named", report.consentToBeNamed)
        add("reporterContact", "reach the reporter at", report.reporterContact)
        add("incidentDate", "date of the incident", report.incidentDate)
        add("incidentTime", "time of the incident", report.incidentTime)
        add("incidentPlace", "place of the incident", report.incidentPlace)
        add("ongoing", "going on", report.ongoing)
        add("behaviour", "behaviour", report.behaviour)
        add("impact", "impact", report.impact)
        add(
            "reportedPersonDescription", "the reported person, besides the name",
            report.reportedPersonDescription)
        add("circumstances", "circumstances", report.circumstances)
        if !report.witnesses.isEmpty { fields.append(witnesses(report.witnesses)) }
        add("retaliationConcern", "fear of retaliation", report.retaliationConcern)
        return fields
    }

    /// The witnesses in one field.
    private static func witnesses(_ witnesses: [Report.Witness]) -> ReportFields {
        ReportFields(
            key: "witnesses", label: "witnesses",
            json: .list(
                witnesses.map { witness in
                    var members = [("name", JSONValue.text(witness.name))]
                    if let contact = witness.contact { members.append(("contact", .text(contact))) }
                    return .object(members)
                }),
            text: Shown.names(
                witnesses.map { witness in
                    witness.contact.map { "\(witness.name) (\($0))" } ?? witness.name
                }))
    }

    /// The name of a way of recording.
    private static func name(_ recording: Report.Recording) -> String {
        switch recording {
        case .verbatim: "verbatim"
        case .asTold: "asTold"
        }
    }

    /// The name of a channel.
    private static func name(_ channel: Report.Channel) -> String {
        switch channel {
        case .mail: "mail"
        case .chat: "chat"
        case .phone: "phone"
        case .inPerson: "inPerson"
        case .form: "form"
        case .other: "other"
        }
    }
}
