// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// Names are read as people write lists, and whoever may be meant is asked about.
struct NameLineTests {
    @Test(arguments: [
        "Sam Doe", "- Sam Doe", "* Sam Doe", "• Sam Doe", "1. Sam Doe", "12) Sam Doe", "– Sam Doe",
        "- [ ] Sam Doe", "> Sam Doe", "**Sam Doe**", "- **Sam Doe**", "_Sam Doe_", "`Sam Doe`",
        "Sam Doe,", "Sam Doe ,", "Sam Doe.", "\"Sam Doe\"", "“Sam Doe”", "'Sam Doe'", "«Sam Doe»",
        "Sam Doe (she/her)", "Sam Doe (they)", "Sam Doe [he/him]", "Sam Doe they/them",
        "(1) Sam Doe", "a) Sam Doe", "(b) Sam Doe", "→ Sam Doe",
        "Sam  Doe", "  Sam Doe\t", "1. \"Sam Doe\" (she/they),", "Sam Doe:",
    ])
    func oneName(_ line: String) throws {
        let people = try ReportedPerson.list(reading: Array(line.utf8))
        #expect(people == [ReportedPerson(name: "Sam Doe")])
    }

    @Test(arguments: [
        ("Sam Doe <sam@example.org>", "Sam Doe", ["sam@example.org"]),
        ("Sam Doe sam@example.org", "Sam Doe", ["sam@example.org"]),
        ("Sam Doe (sdoe)", "Sam Doe", ["sdoe"]), ("Doe, Sam", "Sam Doe", ["Doe, Sam"]),
        ("- Doe, Sam (she/her); sdoe", "Sam Doe", ["Doe, Sam", "sdoe"]),
        ("Sam Doe; \"Sammy\"; @sdoe", "Sam Doe", ["Sammy", "@sdoe"]),
        ("sam@example.org", "sam@example.org", []), ("<sam@example.org>", "sam@example.org", []),
        ("Sam Doe, Jr.", "Sam Doe, Jr.", []), ("Sam O'Doe", "Sam O'Doe", []),
        ("Sam D.", "Sam D.", []), ("A. Doe", "A. Doe", []), ("(Sam) Doe", "Doe", ["Sam"]),
        ("Anne-Sam Doe", "Anne-Sam Doe", []), ("-Sam", "-Sam", []),
        ("金 Kim 🦊", "金 Kim 🦊", []), ("@sdoe", "@sdoe", []), ("Sam (a", "Sam a", []),
    ])
    func namesWithMore(_ line: String, _ name: String, _ aliases: [String]) throws {
        let people = try ReportedPerson.list(reading: Array(line.utf8))
        #expect(people == [ReportedPerson(name: name, aliases: aliases)])
    }

    @Test func severalInOneLine() throws {
        let people = try ReportedPerson.list(reading: Array("Sam Doe, Kim Roe\n- - -\n3. Lee".utf8))
        #expect(people.map(\.name) == ["Sam Doe", "Kim Roe", "Lee"])
    }

    @Test(arguments: [
        ("Noor", "Noor Haddad"), ("金 Kim 🦊", "Fuchs, Kim"), ("Sam Doe", "DOE"),
        ("Sam Müller-O'Brien", "muller obrien"), ("René", "rene x"), ("Jørgen", "Jorgen"),
        ("Łukasz", "lukasz@example.org"), ("Sam Doe", "**Sam**"), ("Straße", "strasse"),
        ("Jörg Müller", "Mueller"), ("Soeren", "Søren X"), ("Åse", "Aase"), ("山田太郎", "山田"),
        ("Ünal D'Artagnan", "dartagnan"), ("Ｓａｍ", "sam"),
    ])
    func sharedWords(_ member: String, _ reported: String) {
        #expect(NameWords.share(member, reported))
    }

    @Test(arguments: [("Sam", "Samantha"), ("Noor", "No Or"), ("Kim 🦊", "🦊"), ("", "Sam")])
    func otherWords(_ member: String, _ reported: String) {
        #expect(!NameWords.share(member, reported))
    }

    @Test func membersWhoMayBeMeantAreFound() throws {
        let committee = try TestCommittee("Robin", "Sam Doe", "Kim")
        let vault = try committee.vault("Robin")
        for line in ["- Sam Example", "Example, DOE", "sam.x@example.org"] {
            let people = try ReportedPerson.list(reading: Array(line.utf8))
            #expect(vault.membersWhoShareAName(with: people).map(\.name) == ["Sam Doe"], "\(line)")
        }
        #expect(vault.membersWhoShareAName(with: [ReportedPerson(name: "Robin")]).isEmpty)
    }
}
