// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

/// The whole process of the source OpenInfra, step by step, with its profile.
struct OpenInfraTests {
    @Test func followsTheWholeProcess() throws {
        let staff = try Committee("Robin", "Sam", "Noor", profile: "openinfra")

        // Recorded as told, by phone. The reporter wants to stay anonymous.
        let name = try staff.report(
            "Sam", "Written down as told, and read back.", about: "Alex Doe",
            fields: #"""
                {"recorded": "asTold", "channel": "phone", "receivedOn": "2026-11-20",
                 "reporterName": "Casey Writer", "reporterContact": "casey@example.org",
                 "staysAnonymous": true, "incidentTime": "about 15:00",
                 "behaviour": "Shouted in the queue.", "circumstances": "The queue was long.",
                 "witnesses": [{"name": "Lee Example"}]}
                """#)
        // The first answer asks for help, a safe person, a safe place.
        try staff.add(
            "Sam", name, "first-response",
            "Asked: help, a safe person, a safe place? Named a friend.")

        try staff.declare("Robin")
        try staff.declare("Noor")
        try staff.catchUp()
        try staff.look("Robin", name)
        try staff.look("Noor", name)

        // Whoever leads is told, and decides on counsel, authorities, witnesses, the public.
        try staff.add(
            "Robin", name, "moderators", "Told: no counsel needed; hear one witness more.")
        try staff.add("Noor", name, "witness", "Heard: the same.")

        // The reported person is told and heard before a conclusion; no contact meanwhile.
        let heard = try staff.add(
            "Noor", name, "reported-person", "Told and heard. No contact meanwhile.")
        try staff.add(
            "Noor", name, "discussion", "A joint meeting with a neutral person was declined.")
        let proposal = try staff.add(
            "Robin", name, "consequences", "Ban from future events for a year.")
        #expect(heard < proposal)
        let tally = try staff.vote(
            [("Robin", "yes"), ("Sam", "yes"), ("Noor", "yes")], on: proposal, of: name)
        #expect(tally["carried"] as? Bool == true)

        // Both are informed, the outcome is recorded.
        let outcome = try staff.add(
            "Robin", name, "outcome", "As voted.", "--response", "ban from future events",
            "--until",
            "2027-11-30")
        #expect(outcome > proposal)
        try staff.add("Robin", name, "reported-person", "Told the outcome.")
        try staff.add("Sam", name, "reporter", "Told the outcome.")
        try staff.run(
            "Sam", "row", name, "status=resolved", "safetyRisk=no", "repeatRisk=no",
            "resolution=Ban for a year")
        try staff.expectResolved(name, for: "Sam", response: "ban from future events")
    }
}
