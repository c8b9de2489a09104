// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// The whole process of the source DevOps MSP, step by step, with its profile.
struct DevOpsMSPTests {
    @Test func followsAnAnonymousReport() throws {
        let team = try Committee("Robin", "Sam", "Noor", profile: "devops-msp")
        // Nobody knows who wrote it, so nobody can be told; that is said in the case.
        let name = try team.report(
            "Robin", "A note at the desk: somebody was shouted at.", about: "Alex Doe",
            fields: #"{"staysAnonymous": true, "immediateDanger": false}"#)
        try team.declare("Sam")
        try team.declare("Noor")
        try team.catchUp()
        try team.look("Sam", name)
        let people = try team.run("Sam", "show", name).json["people"] as? [[String: Any]] ?? []
        #expect(people.compactMap { $0["role"] as? String } == ["reported-person"])
    }

    @Test func followsTheWholeProcess() throws {
        let team = try Committee("Robin", "Sam", "Noor", profile: "devops-msp")
        // Taken personally, where nobody listens, with a support person.
        let name = try team.report(
            "Sam", "Told in the quiet room, with a friend beside them.", about: "Alex Doe",
            fields: #"""
                {"recorded": "asTold", "channel": "inPerson", "reporterName": "Casey Writer",
                 "immediateDanger": true}
                """#)
        // Immediate danger comes first, wherever the case is shown.
        let shown = try team.scene.run("Sam", ["show", name]).text
        let danger = try #require(shown.range(of: "danger", options: .caseInsensitive))
        let text = try #require(shown.range(of: "quiet room"))
        #expect(danger.lowerBound < text.lowerBound)
        // Help is offered: security, police, local services, an escort.
        try team.add(
            "Sam", name, "first-response", "Offered security, police, an escort. Took the escort.")
        try team.declare("Robin")
        try team.declare("Noor")
        try team.catchUp()
        try team.look("Robin", name)
        try team.add("Robin", name, "discussion", "In scope. They never meet on their own.")
        let proposal = try team.add("Robin", name, "consequences", "Expulsion from the spaces.")
        let tally = try team.vote([("Robin", "yes"), ("Sam", "yes")], on: proposal, of: name)
        #expect(tally["carried"] as? Bool == true)
        #expect(tally["open"] as? Int == 1)
        try team.add("Robin", name, "reported-person", "Told; the reporter was not named.")
        try team.add(
            "Robin", name, "outcome", "As voted.", "--response", "expulsion from community spaces")
        try team.add("Sam", name, "reporter", "Told the outcome.")
        try team.run(
            "Sam", "row", name, "safetyRisk=yes", "status=resolved", "resolution=Expulsion")
        try team.expectResolved(name, for: "Sam", response: "expulsion from community spaces")
    }
}
