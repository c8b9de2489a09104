// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

/// The process of the source SoCal Python with its profile: it has responses and nothing more.
struct SoCalPythonTests {
    @Test func followsTheWholeProcess() throws {
        // An organizer, a moderator and somebody who runs the site: each may take a report.
        let team = try Committee("Robin", "Sam", "Noor", profile: "socal-python")
        var names: [String] = []
        for (member, channel) in [("Robin", "inPerson"), ("Sam", "chat"), ("Noor", "mail")] {
            names.append(
                try team.report(
                    member, "Messages in the chat.", about: "Alex Doe",
                    fields: #"{"channel": "\#(channel)"}"#))
        }
        for member in ["Robin", "Sam", "Noor"] { try team.declare(member) }
        try team.catchUp()
        for member in ["Robin", "Sam", "Noor"] {
            for name in names where try team.reads(member, name) { try team.look(member, name) }
        }
        // The three are about one person, which only those see who may read them all.
        let related = try team.run("Robin", "show", names[0]).json["related"] as? [String] ?? []
        #expect(Set(related) == Set(names.dropFirst()))

        let responses = [
            "warning", "expulsion from an event", "expulsion from lists, chats and boards",
        ]
        for (name, response) in zip(names, responses) {
            try team.add("Robin", name, "reported-person", "Heard and told.")
            let proposal = try team.add("Sam", name, "consequences", response)
            let tally = try team.vote(
                [("Robin", "yes"), ("Sam", "yes"), ("Noor", "yes")], on: proposal, of: name)
            #expect(tally["carried"] as? Bool == true)
            try team.add("Sam", name, "outcome", "As voted.", "--response", response)
            try team.add("Noor", name, "reporter", "Told the outcome.")
            try team.run("Noor", "row", name, "status=resolved", "resolution=Told")
            try team.expectResolved(name, for: "Noor", response: response)
        }
    }
}
