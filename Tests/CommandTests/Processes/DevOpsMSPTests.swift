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

    @Test(arguments: Browser.all) func followsASealedReport(_ browser: Browser) throws {
        guard FileManager.default.fileExists(atPath: "/usr/share/nodejs/tweetnacl/nacl-fast.js")
        else { try Test.cancel("there is no TweetNaCl.js; install node-tweetnacl") }
        let team = try Committee("Robin", "Sam", "Noor", profile: "devops-msp")
        let page = team.scene.path("report.html")
        try team.run("Robin", "intake", "page", "--output", page)
        // Written anonymously, on a page, and not for Noor.
        let wish = try team.scene.write(
            #"""
            {"out": ["Noor"], "get": ["Sam"], "about": "Alex Doe", "text": "I was shouted at.",
             "fields": {"f1": true, "f5": true}}
            """#, to: "wish.json")
        let folder = team.scene.folder.path
        _ = try browser.run("fill", "file://" + page, [wish, folder], in: team.scene)
        let report = team.scene.path("sealed-report.txt")
        let taken = try team.run("Sam", "take", report, "--first-look", "noConflict").json
        let name = try #require(taken["case"] as? String)
        #expect(try team.namesShown(to: "Noor").isEmpty)
        try team.add("Sam", name, "first-response", "Security is on its way to the hall.")
        try team.declare("Robin")
        try team.catchUp()
        try team.look("Robin", name)
        #expect(try !team.reads("Noor", name))
        let proposal = try team.add("Robin", name, "consequences", "Expulsion from the spaces.")
        let tally = try team.vote([("Robin", "yes"), ("Sam", "yes")], on: proposal, of: name)
        #expect(tally["carried"] as? Bool == true)
        try team.add("Robin", name, "reported-person", "Told; the reporter is not known.")
        try team.add(
            "Robin", name, "outcome", "As voted.", "--response", "expulsion from community spaces")
        // Robin, who never had the sealed report, answers whom nobody knows.
        let answer = team.scene.path("answer.txt")
        try team.add(
            "Robin", name, "reporter", "They may not come back.", "--sealed", "--output", answer)
        let read = try browser.run(
            "read", "file://" + page, [team.scene.path("receipt.txt"), answer], in: team.scene)
        #expect(read["answers"] as? [String] == ["They may not come back."])
        try team.run(
            "Sam", "row", name, "safetyRisk=yes", "status=resolved", "resolution=Expulsion")
        try team.expectResolved(name, for: "Sam", response: "expulsion from community spaces")
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
