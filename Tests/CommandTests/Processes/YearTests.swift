// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// A year of a committee of five with three newcomers, and all that real committees go through.
struct YearTests {
    @Test func fiveMembersAndThreeNewcomers() throws {
        let team = try Committee("Robin", "Sam", "Kim", "Noor", "Toni", profile: "pydistrict")

        // January: by mail. Kim has a conflict, Toni is silent for now.
        let mail = try team.report(
            "Robin", "From: Casey Writer <casey@example.org>\nSubject: Remarks\n\nIn the chat.",
            about: "Alex Doe; adoe", file: "mail.eml")
        try team.declare("Sam")
        try team.declare("Kim", conflictWith: "Alex Doe")
        try team.declare("Noor")
        try team.catchUp()
        #expect(try team.reads("Sam", mail) && team.reads("Noor", mail))
        #expect(try !team.reads("Kim", mail) && !team.reads("Toni", mail))

        // March: by phone, about Kim, who must not know of it.
        let phone = try team.report(
            "Sam", "Read out from notes.", about: "Kim", fields: #"{"channel": "phone"}"#,
            "--withhold", "Kim")
        try team.declare("Noor")
        try team.declare("Toni")
        try team.catchUp()
        #expect(try team.namesShown(to: "Kim") == ["Alex Doe"])
        let kimSees = try team.run("Kim", "show").json["register"] as? [[String: Any]] ?? []
        #expect(kimSees.compactMap { $0["case"] as? String } == [mail])

        // May: in person, to Toni, who has a conflict and hands it over.
        let handed = try team.report(
            "Toni", "Told at the desk.", about: "Lee Friend", "--handing-over")
        for member in ["Robin", "Sam", "Kim", "Noor"] { try team.declare(member) }
        try team.catchUp()
        #expect(try !team.reads("Toni", handed) && team.reads("Kim", handed))

        // June: by chat, to Noor, before anybody answered. The last reader cannot leave.
        let chat = try team.report("Noor", "Pasted from the chat.", about: "Jo Sample; jsample")
        #expect(try team.refused("Noor", "access", chat, "recuse") == "lastReader")
        for member in ["Robin", "Sam", "Kim", "Toni"] { try team.declare(member) }
        try team.catchUp()
        for member in ["Robin", "Sam", "Noor", "Toni"] { try team.look(member, chat) }

        // A recusal makes the denominator smaller and is never a no.
        let entry = try team.add("Robin", chat, "consequences", "A warning.")
        try team.look("Kim", chat)
        try team.run("Kim", "access", chat, "recuse")
        try team.catchUp()
        let tally = try team.vote(
            [("Robin", "yes"), ("Sam", "yes"), ("Noor", "yes"), ("Toni", "no")], on: entry,
            of: chat)
        #expect(tally["denominator"] as? Int == 4)
        #expect(tally["carried"] as? Bool == true)
        try team.add("Robin", chat, "outcome", "As voted.", "--response", "warning")
        try team.run("Robin", "row", chat, "status=resolved", "resolution=Warning")

        // July: Kim, who may not see all names and has a conflict on one, onboards Lee. Others
        // complete it.
        try team.makeKey("Lee")
        try team.admit("Lee", by: "Kim")
        #expect(try team.namesShown(to: "Lee").isDisjoint(with: ["Alex Doe", "Kim"]))
        try team.openAll(to: "Lee", by: "Robin", except: [])
        #expect(try team.namesShown(to: "Lee").isSuperset(of: ["Alex Doe", "Kim"]))
        try team.declare("Lee", conflictWith: "Alex Doe")
        try team.catchUp()
        #expect(try team.reads("Lee", chat) && team.reads("Lee", phone))
        #expect(try !team.reads("Lee", mail))

        // August: Jo Sample joins, who was reported in June.
        try team.makeKey("Jo")
        let own = try #require(try team.check(of: "Jo Sample", seenBy: "Robin"))
        try team.admit("Jo", by: "Robin", withholding: own)
        try team.declare("Jo")
        try team.catchUp()
        #expect(try !team.namesShown(to: "Jo").contains("Jo Sample"))
        #expect(try !team.reads("Jo", chat) && team.reads("Jo", mail))
        let joSees = try team.run("Jo", "show").json["register"] as? [[String: Any]] ?? []
        #expect(!joSees.contains { $0["case"] as? String == chat })

        // September: other rules. Whoever joins from now on is asked about nothing earlier.
        let rules = try team.scene.write(
            #"{"name": "Ours", "newcomers": "newCasesOnly"}"#, to: "rules.json")
        try team.run("Robin", "rules", rules)
        try team.makeKey("Nia")
        try team.admit("Nia", by: "Sam")
        try team.catchUp()
        #expect(try team.namesShown(to: "Nia").isEmpty)

        // October: Noor's laptop is lost, and the backup, too. A new key in its place.
        try FileManager.default.removeItem(atPath: team.scene.path("home-Noor"))
        try team.makeKey("Noor")
        try team.admit("Noor", by: "Robin", withholding: "none", "--replaces", "Noor")
        #expect(try !team.reads("Noor", mail))

        // November: Toni is removed, before Toni is told.
        let removal = try team.remove("Toni", by: "Robin")
        #expect(!(removal.json["cannotUndo"] as? [[String: String]] ?? []).isEmpty)
        try team.catchUp()
        #expect(try team.scene.run("Toni", ["show", chat]).exit == 4)

        // December: numbers, a legal hold, and what is over its time.
        let numbers = try team.run("Robin", "numbers", "2026")
        #expect((numbers.json["covers"] as? String)?.isEmpty == false)
        #expect(!numbers.text.contains("Doe") && !numbers.text.contains(mail))
        try team.run("Robin", "hold", chat, "on")
        #expect(try team.refused("Robin", "erase", chat, "--confirm", chat) != nil)
        try team.run("Robin", "hold", chat, "off")
        #expect(try team.refused("Robin", "erase", chat, "--confirm", mail) != nil)
        let counts = try team.run("Robin", "numbers").json["counts"] as? [[String: Any]]
        #expect(counts?.first?["count"] as? Int == 4)
        let thisYear = try team.scene.run("Robin", ["numbers"]).text
        try team.run("Robin", "erase", chat, "--confirm", chat)
        // The year's numbers stay what they were.
        #expect(try team.scene.run("Robin", ["numbers"]).text == thisYear)
        try team.catchUp()
        #expect(try team.run("Sam", "show", chat).json["isBeingErased"] as? Bool == true)

        // The folder is whole for everybody, and for whoever hosts it.
        for member in team.members {
            let report = try team.run(member, "verify").json
            #expect((report["damaged"] as? [Any] ?? [1]).isEmpty)
            #expect((report["missing"] as? [Any] ?? [1]).isEmpty)
        }
    }
}
