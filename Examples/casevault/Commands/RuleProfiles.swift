// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The rules of `Examples/rules`, in the program: who installed it has no such folder at hand.
///
/// A test sees that both are the same.
enum RuleProfiles {
    /// The profile of a name, with or without `.json`; `nil` if there is none.
    static func named(_ name: String) -> String? {
        let name = name.hasSuffix(".json") ? String(name.dropLast(5)) : name
        return all.first { $0.name == name }?.json
    }

    /// Every profile's name, in alphabetical order.
    static var names: [String] { all.map(\.name) }

    /// Every profile.
    private static let all: [(name: String, json: String)] = [
        (
            "all-systems-go",
            #"""
            {
              "name": "After All Systems Go!",
              "minimumReaders": 2,
              "newcomers": "allCases",
              "responses": [
                {"name": "warning"},
                {"name": "no interaction or proximity"},
                {"name": "early end of a talk"},
                {"name": "talk not published"},
                {"name": "no future talks"},
                {"name": "end of volunteer duties"},
                {"name": "no future volunteering"},
                {"name": "leaving the event"},
                {"name": "ban from events", "timed": true},
                {"name": "public account"},
                {"name": "call for resignation"}
              ],
              "majority": "twoThirds",
              "quorum": null,
              "recusalLimit": 2,
              "deadlines": {
                "acknowledgeHours": 24, "followUpDays": 7, "moderatorsDays": 7,
                "appealDays": null, "appealAnswerDays": null
              },
              "columns": [
                {"name": "safetyRisk", "label": "Safety risk?"},
                {"name": "repeatRisk", "label": "Risk of repeating?"},
                {"name": "status", "label": "Status"},
                {"name": "dateTime", "label": "Date & Time"},
                {"name": "actionsNeeded", "label": "Actions needed"},
                {"name": "resolution", "label": "Resolution"}
              ],
              "contacts": [
                {"role": "organizers", "task": "meet at once: what happened, what is done, by whom, when"}
              ],
              "retention": {"months": null, "responses": {}},
              "appeals": {"to": "organizers", "outcomeStands": true},
              "numbersBy": "year"
            }

            """#
        ),
        (
            "devops-msp",
            #"""
            {
              "name": "After DevOps MSP",
              "minimumReaders": 2,
              "newcomers": "allCases",
              "responses": [
                {"name": "warning"},
                {"name": "expulsion from community spaces"}
              ],
              "majority": "twoThirds",
              "quorum": null,
              "recusalLimit": 2,
              "deadlines": {
                "acknowledgeHours": 24, "followUpDays": 7, "moderatorsDays": 7,
                "appealDays": null, "appealAnswerDays": null
              },
              "columns": [
                {"name": "safetyRisk", "label": "Safety risk?"},
                {"name": "repeatRisk", "label": "Risk of repeating?"},
                {"name": "status", "label": "Status"},
                {"name": "dateTime", "label": "Date & Time"},
                {"name": "actionsNeeded", "label": "Actions needed"},
                {"name": "resolution", "label": "Resolution"}
              ],
              "contacts": [
                {"role": "report taker", "task": "makes sure that the reporter is safe and not overheard"},
                {"role": "support person", "task": "comes along if the reporter wishes"},
                {"role": "venue security"},
                {"role": "police"},
                {"role": "local support services"},
                {"role": "escort", "task": "walks with who does not feel safe"}
              ],
              "retention": {"months": null, "responses": {}},
              "appeals": null,
              "numbersBy": "year"
            }

            """#
        ),
        (
            "newer-practice",
            #"""
            {
              "name": "After newer practice of large committees",
              "minimumReaders": 2,
              "newcomers": "allCases",
              "responses": [
                {"name": "no violation"},
                {"name": "out of scope"},
                {"name": "no action"},
                {"name": "warning"},
                {"name": "suspension", "timed": true, "steps": 2},
                {"name": "ban"}
              ],
              "majority": "twoThirds",
              "quorum": 3,
              "recusalLimit": 2,
              "deadlines": {
                "acknowledgeHours": 24, "followUpDays": 7, "moderatorsDays": 7,
                "appealDays": null, "appealAnswerDays": null
              },
              "columns": [
                {"name": "safetyRisk", "label": "Safety risk?"},
                {"name": "repeatRisk", "label": "Risk of repeating?"},
                {"name": "status", "label": "Status"},
                {"name": "resolutionSource", "label": "Decided by"},
                {"name": "dateTime", "label": "Date & Time"},
                {"name": "actionsNeeded", "label": "Actions needed"},
                {"name": "response", "label": "Response"},
                {"name": "resolvedOn", "label": "Resolved on"},
                {"name": "reviewOn", "label": "Review on"},
                {"name": "resolution", "label": "Resolution"}
              ],
              "contacts": [
                {"role": "board", "task": "decides what the group cannot decide"},
                {"role": "local representatives", "task": "decide about a local event, and tell the group within a day"}
              ],
              "retention": {"months": null, "responses": {}},
              "appeals": null,
              "numbersBy": "halfYear"
            }

            """#
        ),
        (
            "openinfra",
            #"""
            {
              "name": "After OpenInfra",
              "minimumReaders": 2,
              "newcomers": "allCases",
              "responses": [
                {"name": "order to cease"},
                {"name": "no interaction or proximity"},
                {"name": "ban from channels"},
                {"name": "end of volunteer duties"},
                {"name": "leaving the event"},
                {"name": "ban from future events", "timed": true},
                {"name": "removal from membership and roles"}
              ],
              "majority": "twoThirds",
              "quorum": null,
              "recusalLimit": 2,
              "deadlines": {
                "acknowledgeHours": 24, "followUpDays": 7, "moderatorsDays": 7,
                "appealDays": null, "appealAnswerDays": null
              },
              "columns": [
                {"name": "safetyRisk", "label": "Safety risk?"},
                {"name": "repeatRisk", "label": "Risk of repeating?"},
                {"name": "status", "label": "Status"},
                {"name": "dateTime", "label": "Date & Time"},
                {"name": "actionsNeeded", "label": "Actions needed"},
                {"name": "resolution", "label": "Resolution"}
              ],
              "contacts": [
                {"role": "staff", "task": "writes the report, or records it as told"},
                {"role": "executive director", "task": "decides on counsel, authorities and public statements"},
                {"role": "neutral third party", "task": "is present if both sides meet"},
                {"role": "legal counsel"}
              ],
              "retention": {"months": null, "responses": {}},
              "appeals": null,
              "numbersBy": "year"
            }

            """#
        ),
        (
            "pydistrict",
            #"""
            {
              "name": "After PyDistrict",
              "minimumReaders": 2,
              "newcomers": "allCases",
              "responses": [
                {"name": "none"},
                {"name": "warning"},
                {"name": "final warning"},
                {"name": "temporary removal", "timed": true},
                {"name": "permanent removal"},
                {"name": "published account"}
              ],
              "majority": "twoThirds",
              "quorum": null,
              "recusalLimit": 2,
              "deadlines": {
                "acknowledgeHours": 24, "followUpDays": 7, "moderatorsDays": 7,
                "appealDays": null, "appealAnswerDays": null
              },
              "columns": [
                {"name": "safetyRisk", "label": "Safety risk?"},
                {"name": "repeatRisk", "label": "Risk of repeating?"},
                {"name": "status", "label": "Status"},
                {"name": "dateTime", "label": "Date & Time"},
                {"name": "actionsNeeded", "label": "Actions needed"},
                {"name": "resolution", "label": "Resolution"}
              ],
              "contacts": [
                {"role": "moderators and administrators", "task": "hear the recommendation, without names"},
                {"role": "another organizer", "task": "steps in when too many are recused"}
              ],
              "retention": {"months": null, "responses": {}},
              "appeals": null,
              "numbersBy": "year"
            }

            """#
        ),
        (
            "socal-python",
            #"""
            {
              "name": "After SoCal Python",
              "minimumReaders": 2,
              "newcomers": "allCases",
              "responses": [
                {"name": "warning"},
                {"name": "expulsion from an event"},
                {"name": "expulsion from lists, chats and boards"},
                {"name": "expulsion from the group"}
              ],
              "majority": "twoThirds",
              "quorum": null,
              "recusalLimit": 2,
              "deadlines": {
                "acknowledgeHours": 24, "followUpDays": 7, "moderatorsDays": 7,
                "appealDays": null, "appealAnswerDays": null
              },
              "columns": [
                {"name": "safetyRisk", "label": "Safety risk?"},
                {"name": "repeatRisk", "label": "Risk of repeating?"},
                {"name": "status", "label": "Status"},
                {"name": "dateTime", "label": "Date & Time"},
                {"name": "actionsNeeded", "label": "Actions needed"},
                {"name": "resolution", "label": "Resolution"}
              ],
              "contacts": [
                {"role": "organizers", "task": "take reports"},
                {"role": "moderators", "task": "take reports"},
                {"role": "site administrators", "task": "take reports"}
              ],
              "retention": {"months": null, "responses": {}},
              "appeals": null,
              "numbersBy": "year"
            }

            """#
        ),
    ]
}
