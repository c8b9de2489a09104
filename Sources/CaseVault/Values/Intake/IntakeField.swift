// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The fields of the page, by their numbers.
enum IntakeField: UInt8, CaseIterable {
    case immediateDanger = 1
    case ongoing, reporterName, reporterContact, staysAnonymous, consentToBeNamed
    case incidentDate, incidentTime, incidentPlace, behaviour, impact
    case reportedPersonDescription, circumstances, witnesses, retaliationConcern

    /// The last number.
    static let last: UInt8 = 15
    /// The only value of a field with a box.
    static let yes = "yes"
    /// The fields with a box.
    static let flags: Set<UInt8> = [1, 2, 5, 6]

    /// Puts a value into a report.
    func put(_ value: String, into report: inout Report) {
        switch self {
        case .immediateDanger: report.immediateDanger = true
        case .ongoing: report.ongoing = true
        case .reporterName: report.reporterName = value
        case .reporterContact: report.reporterContact = value
        case .staysAnonymous: report.staysAnonymous = true
        case .consentToBeNamed: report.consentToBeNamed = true
        case .incidentDate: report.incidentDate = value
        case .incidentTime: report.incidentTime = value
        case .incidentPlace: report.incidentPlace = value
        case .behaviour: report.behaviour = value
        case .impact: report.impact = value
        case .reportedPersonDescription: report.reportedPersonDescription = value
        case .circumstances: report.circumstances = value
        case .witnesses: report.witnesses = Self.people(value)
        case .retaliationConcern: report.retaliationConcern = value
        }
    }

    /// People, one a line, with a contact after a semicolon.
    private static func people(_ text: String) -> [Report.Witness] {
        text.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: ";", maxSplits: 1)
                .map { part in
                    let open = part.drop(while: \.isWhitespace).reversed()
                    return String(open.drop(while: \.isWhitespace).reversed())
                }
            guard let name = parts.first, !name.isEmpty else { return nil }
            return Report.Witness(name: name, contact: parts.count > 1 ? parts[1] : nil)
        }
    }
}
