// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

/// The whole process of the source All Systems Go!, step by step, with its profile.
struct AllSystemsGoTests {
    @Test func followsTheWholeProcess() throws {
        let team = try Committee("Robin", "Sam", "Noor", "Toni", profile: "all-systems-go")

        // A written report is preferred; it says when it happened and when it was made.
        let name = try team.report(
            "Robin", "A speaker made remarks about a person in the first row.",
            about: "Alex Doe; speaker with a blue badge",
            fields: #"""
                {"channel": "inPerson", "receivedOn": "2026-11-20", "receivedAt": "14:10",
                 "incidentDate": "2026-11-20", "incidentTime": "about 13:45",
                 "circumstances": "In the main hall.", "reporterName": "Casey Writer"}
                """#)
        for member in ["Sam", "Noor", "Toni"] { try team.declare(member) }
        try team.catchUp()
        for member in ["Sam", "Noor", "Toni"] { try team.look(member, name) }

        // The meeting at once answers four questions.
        try team.add(
            "Robin", name, "discussion",
            """
            What happened: remarks during a talk. Is anything being done: yes.
            By whom: Sam and Toni. When: in the next break.
            """)
        try team.add(
            "Robin", name, "first-response", "Somebody sits beside them until the evening.")
        // The reported person gives their side.
        try team.add("Toni", name, "reported-person", "Heard: was meant as a joke.")
        let proposal = try team.add("Sam", name, "consequences", "Do not publish the talk.")
        let tally = try team.vote(
            [("Robin", "yes"), ("Sam", "yes"), ("Noor", "yes"), ("Toni", "abstain")], on: proposal,
            of: name)
        #expect(tally["carried"] as? Bool == true)
        #expect(
            try team.refused("Sam", "add", name, "outcome", "--response", "a fine") != nil)
        try team.add("Sam", name, "outcome", "As voted.", "--response", "talk not published")
        try team.add("Sam", name, "reporter", "Told the outcome.")
        try team.run("Sam", "row", name, "status=resolved", "resolution=Talk not published")

        // An appeal; what was decided stands meanwhile.
        try team.add("Noor", name, "appeal", "The reported person appeals.")
        try team.run("Noor", "row", name, "status=appealed")
        try team.add(
            "Noor", name, "discussion", "Looked at by those who did not propose it: it stands.")
        try team.add("Noor", name, "reported-person", "The appeal was looked at; it stands.")
        // A statement to the public names neither: a slip is warned about.
        let slip = try team.scene.must(
            "Noor", ["add", name, "public"], input: "We thank casey writer for speaking up.")
        #expect(!(slip.json["warnings"] as? [Any] ?? []).isEmpty)
        try team.add(
            "Noor", name, "public", "A talk will not be published.", "--corrects",
            "\(try #require(slip.json["entry"] as? String))")
        try team.run("Noor", "row", name, "status=resolved")
        try team.expectResolved(name, for: "Noor", response: "talk not published")
    }
}
