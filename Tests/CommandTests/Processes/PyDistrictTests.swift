// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

/// The whole process of the source PyDistrict, step by step, with its profile.
struct PyDistrictTests {
    @Test func followsTheWholeProcess() throws {
        let team = try Committee("Robin", "Sam", "Kim", "Noor", "Toni", profile: "pydistrict")

        // 1. Received by mail, acknowledged within a day.
        let name = try team.report(
            "Robin",
            """
            From: Casey Writer <casey@example.org>
            Subject: In the hallway
            Date: Fri, 20 Nov 2026 09:00:00 +0000
            MIME-Version: 1.0

            On Thursday Alex Doe followed me from room to room. Lee Example saw it.
            """, about: "Alex Doe; adoe", file: "mail.eml",
            fields: #"""
                {"reporterName": "Casey Writer", "reporterContact": "casey@example.org",
                 "incidentDate": "2026-11-19", "incidentPlace": "hallway", "ongoing": true,
                 "witnesses": [{"name": "Lee Example", "contact": "lee@example.org"}],
                 "retaliationConcern": "Works in the same building.", "staysAnonymous": true}
                """#)
        try team.add(
            "Robin", name, "first-response", "We have your report and will write by Friday.")

        // 2. and 3. Conflicts: only the name is asked; whoever does not answer is not added.
        #expect(try team.namesShown(to: "Toni") == ["Alex Doe"])
        try team.declare("Sam")
        try team.declare("Kim", conflictWith: "Alex Doe")
        try team.declare("Noor")
        try team.catchUp()
        #expect(try team.reads("Sam", name) && team.reads("Noor", name))
        #expect(try !team.reads("Kim", name) && !team.reads("Toni", name))
        try team.declare("Toni")
        try team.catchUp()
        for member in ["Sam", "Noor", "Toni"] { try team.look(member, name) }

        // 4. Noor finds that the witness is a friend, and leaves.
        try team.run("Noor", "access", name, "recuse")
        try team.catchUp()
        #expect(try !team.reads("Noor", name))

        // 5. Evaluation: jurisdiction, impact, risk. 6. Plan and consequences.
        try team.add("Sam", name, "discussion", "In scope. Private, once. No earlier reports.")
        let plan = try team.add("Sam", name, "plan", "No contact; a talk with two of us.")
        let consequences = try team.add("Toni", name, "consequences", "Temporary removal.")
        try team.run(
            "Sam", "row", name, "safetyRisk=no", "repeatRisk=maybe", "status=ongoing",
            "dateTime=11/19 in the afternoon", "actionsNeeded=Team on the lookout")

        // 7. The vote: two thirds of those without a conflict.
        for entry in [plan, consequences] {
            let tally = try team.vote(
                [("Robin", "yes"), ("Sam", "yes"), ("Toni", "no")], on: entry, of: name)
            #expect(tally["denominator"] as? Int == 3)
            #expect(tally["needed"] as? Int == 2)
            #expect(tally["carried"] as? Bool == true)
            let listed = tally["notCounted"] as? [[String: String]] ?? []
            let reasons = Set(listed.map { "\($0["member"] ?? "") \($0["reason"] ?? "")" })
            #expect(reasons == ["Kim conflict", "Noor recused"])
        }

        // 8. Moderators are told, anonymised: a text with the reporter's name is warned about.
        let slip = try team.scene.must(
            "Sam", ["add", name, "moderators"], input: "Casey Writer asks for a removal.")
        #expect(!(slip.json["warnings"] as? [Any] ?? []).isEmpty)
        let wrong = try #require(slip.json["entry"] as? String)
        try team.add(
            "Sam", name, "moderators", "We recommend a temporary removal.", "--corrects",
            "\(wrong)")
        try team.add("Sam", name, "moderators", "They agree.")

        // 9. and 10. The reported person, who adds something; the committee looks again.
        try team.add("Toni", name, "reported-person", "Told what was done and what we ask.")
        try team.add("Toni", name, "discussion", "What was added changes nothing.")

        // 11. The reporter, within a week. Then the outcome and the register.
        try team.add("Robin", name, "reporter", "This is what will happen.")
        try team.add(
            "Sam", name, "outcome", "As voted.", "--response", "temporary removal", "--until",
            "2027-07-31")
        try team.run(
            "Sam", "row", name, "status=resolved", "actionsNeeded=",
            "resolution=Temporary removal, looked at again next year")
        #expect(
            try team.refused("Sam", "row", name, "resolution=Removal of Alex Doe") == "refused")

        try team.expectResolved(name, for: "Robin", response: "temporary removal")
        // Nobody is waiting for anything.
        #expect((try team.run("Robin").json["due"] as? [Any] ?? []).isEmpty)
        #expect(try team.scene.must("Robin", ["verify"]).json["problems"] as? [Any] != nil)
    }
}
