// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// The keys of every command, as CLI.md has them.
struct JSONKeysTests {
    /// The keys of every act on access.
    private let access: Set<String> = ["granted", "revoked", "waiting", "cannotUndo"]

    @Test func keyAndCardAndCreateAndMembers() throws {
        let scene = try Scene()
        let made = try scene.must("Robin", ["key", "Robin", "--no-passphrase"])
        #expect(made.keys == ["key", "card", "fingerprint", "backup"])
        #expect(made.errors.contains("casevault: warning: "))
        let card = try scene.must("Robin", ["card"])
        #expect(card.keys == ["card", "name", "fingerprint", "id"])
        #expect(card.json["card"] as? String == made.json["card"] as? String)
        let created = try scene.must("Robin", ["create", "Local organizers"])
        #expect(created.keys == ["vault", "committee", "code"])
        #expect(created.json["vault"] as? String == scene.vault.path)
        let members = try scene.must("Robin", ["members"])
        #expect(members.keys == ["members", "code"])
        let first = try #require((members.json["members"] as? [[String: Any]])?.first)
        #expect(
            Set(first.keys) == [
                "name", "id", "fingerprint", "confirmedByMe", "since", "hasPower",
                "needsComparison",
            ])
        #expect(first["confirmedByMe"] as? Bool == true)
        #expect(members.json["code"] as? String == created.json["code"] as? String)
    }

    @Test func restoresAKeyFromItsBackup() throws {
        let scene = try Scene()
        let made = try scene.must("Robin", ["key", "Robin", "--no-passphrase"])
        let backup = try #require(made.json["backup"] as? String)
        let again = try scene.run(
            "other machine", ["key", "--from-backup", "--no-passphrase", "--json"], input: backup)
        #expect(again.exit == 0)
        #expect(again.keys == ["key", "card", "fingerprint"])
        #expect(again.json["card"] as? String == made.json["card"] as? String)
    }

    @Test func membersComeAndGo() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let fingerprint = try scene.makeKey("Kim")
        let admitted = try scene.must(
            "Sam", ["admit", scene.path("Kim.card"), "--fingerprint", fingerprint])
        #expect(admitted.keys.isSuperset(of: ["member", "waiting"]))
        #expect(admitted.json["member"] as? String == "Kim")
        let confirmed = try scene.must("Robin", ["confirm", "Kim", "--fingerprint", fingerprint])
        #expect(confirmed.json["member"] as? String == "Kim")
        let code = try #require(try scene.must("Kim", ["members"]).json["code"] as? String)
        try scene.must("Kim", ["confirm", "Robin", "--code", code])
        let removed = try scene.must("Robin", ["remove", "Kim"])
        #expect(removed.keys == access)
        #expect(try scene.run("Kim", ["members"]).text.contains("Kim") == false)
    }

    @Test func aCaseFromReportToRevocation() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam", "Kim")
        let report = try scene.write("What happened.", to: "report.txt")
        let about = try scene.write("Alex Doe; adoe\n", to: "about")
        let started = try scene.must(
            "Robin", ["report", report, "--about", about, "--withhold", "none"])
        #expect(started.keys == access.union(["case", "readers"]))
        #expect(started.json["readers"] as? [String] == ["Robin"])
        let waiting = try #require(started.json["waiting"] as? [[String: String]])
        #expect(waiting.contains { $0["member"] == "Sam" && $0["needs"] == "declaration" })
        let name = try #require(started.json["case"] as? String)

        let status = try scene.must("Sam", [])
        #expect(status.keys.isSuperset(of: ["checks", "offers", "due", "warnings"]))
        let check = try #require((status.json["checks"] as? [[String: Any]])?.first)
        #expect(Set(check.keys) == ["id", "people"])
        let person = try #require((check["people"] as? [[String: Any]])?.first)
        #expect(person["name"] as? String == "Alex Doe")
        #expect(person["aliases"] as? [String] == ["adoe"])
        let offers = status.json["offers"] as? [[String: String]]
        #expect(offers?.map { $0["act"] } == ["declare"])
        #expect((status.json["due"] as? [Any])?.isEmpty == true)

        #expect(try scene.must("Sam", ["declare", "--list"]).keys == ["checks"])
        let declared = try scene.declare("Sam", "noConflict")
        #expect(declared.keys.isSuperset(of: ["recorded"]))
        try scene.declare("Kim", "conflict")
        let caught = try scene.must("Robin", ["catch-up"])
        #expect(caught.keys == access)
        #expect(caught.json["granted"] as? [[String: String]] == [["case": name, "member": "Sam"]])

        let shown = try scene.must("Sam", ["show", name, "--first-look", "noConflict"])
        #expect(
            shown.keys == [
                "case", "people", "readers", "entries", "late", "related",
                "needsAnotherOrganizer", "version",
            ])
        let entry = try #require((shown.json["entries"] as? [[String: Any]])?.first)
        #expect(
            Set(entry.keys).isSuperset(of: [
                "id", "label", "kind", "day", "author", "text", "attachments",
            ]))
        #expect(entry["text"] as? String == "What happened.")
        #expect(shown.json["readers"] as? [String] == ["Robin", "Sam"])

        let read = try scene.must("Robin", ["access", name])
        #expect(read.keys.isSuperset(of: ["readers", "others"]))
        let reader = try #require((read.json["readers"] as? [[String: Any]])?.first)
        #expect(Set(reader.keys) == ["member", "since", "grantedBy"])
        let others = read.json["others"] as? [[String: String]]
        #expect(others == [["member": "Kim", "state": "conflict"]])

        let revoked = try scene.must("Robin", ["access", name, "revoke", "Sam"])
        #expect(revoked.keys == access)
        #expect((revoked.json["cannotUndo"] as? [[String: String]])?.isEmpty == false)
        #expect(try scene.run("Sam", ["show", name]).exit == 4)
        try scene.must("Robin", ["access", name, "grant", "Sam"])
        #expect(try scene.must("Sam", ["access", name, "recuse"]).keys == access)
        #expect(try scene.run("Sam", ["show", name]).exit == 4)
        try scene.must("Robin", ["catch-up"])
        #expect(try scene.run("Sam", ["show", name]).exit == 4)
    }

    @Test func entriesRowsAndAttachments() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        let picture = try scene.write("\u{0}picture", to: "picture.png")
        let added = try scene.must(
            "Robin",
            ["add", name, "discussion", "--day", "2026-10-01", "--attach", picture],
            input: "In scope.")
        #expect(
            added.keys.isSuperset(of: [
                "case", "entry", "entryID", "readers", "granted", "revoked", "waiting",
                "cannotUndo",
            ]))
        #expect(added.json["entry"] as? String == "2")
        let corrected = try scene.must(
            "Robin", ["add", name, "discussion", "--corrects", "2"], input: "In scope, really.")
        #expect(corrected.json["entry"] as? String == "3")
        let shown = try scene.must("Robin", ["show", name, "2"])
        let entry = try #require((shown.json["entries"] as? [[String: Any]])?.first)
        #expect(entry["day"] as? String == "2026-10-01")
        let attachment = try #require((entry["attachments"] as? [[String: Any]])?.first)
        #expect(Set(attachment.keys) == ["id", "name", "type", "size"])
        #expect(attachment["name"] as? String == "picture.png")
        let raw = try scene.run("Robin", ["show", name, "2", "--attachment", "1"])
        #expect(raw.output == Data("\u{0}picture".utf8))
        let saved = scene.path("copy.png")
        try scene.must("Robin", ["show", name, "2", "--attachment", "1", "--output", saved])
        #expect(try Data(contentsOf: URL(fileURLWithPath: saved)) == raw.output)

        try scene.write("Moderators watch\n", to: "actions")
        let row = try scene.must(
            "Robin",
            [
                "row", name.replacing(" ", with: "-").uppercased(), "status=ongoing",
                "safetyRisk=maybe", "actionsNeeded=@" + scene.path("actions"),
            ])
        #expect(row.keys == access.union(["case", "row", "warnings"]))
        #expect(row.json["warnings"] as? [String] == [])
        let register = try scene.must("Sam", ["show"])
        #expect(register.keys == ["register"])
        let expected = [
            "case": name, "safetyRisk": "maybe", "repeatRisk": "", "status": "ongoing",
            "dateTime": "", "actionsNeeded": "Moderators watch", "resolution": "",
        ]
        let line = try #require((register.json["register"] as? [[String: Any]])?.first)
        #expect(line.compactMapValues { $0 as? String } == expected)
        #expect(Set(line.keys).subtracting(expected.keys) == ["mine", "lastEntry", "due"])
        #expect(line["mine"] as? Bool == false)
        #expect(line["lastEntry"] is NSNull)
        let mine = try scene.must("Robin", ["show"]).json["register"] as? [[String: Any]]
        #expect(mine?.first?["mine"] as? Bool == true)
        #expect((mine?.first?["lastEntry"] as? String)?.count == 10)
        let due = try #require(mine?.first?["due"] as? [[String: String]])
        #expect(due.first.map { Set($0.keys) } == ["what", "by"])

        let second = try scene.write("Chris Placeholder\n", to: "second")
        let checked = try scene.must(
            "Robin", ["check", name, "--about", second, "--withhold", "none"])
        #expect(checked.keys == access.union(["checks"]))
        #expect((checked.json["checks"] as? [Any])?.count == 1)
    }

    @Test func erasingAndHolding() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        try scene.must("Robin", ["add", name, "witness"], input: "What Kim saw.")
        let held = try scene.must("Robin", ["hold", name, "on"])
        #expect(held.keys == access.union(["case", "isOnHold"]))
        #expect(held.json["case"] as? String == name)
        #expect(try scene.must("Robin", ["show", name]).json["isOnHold"] as? Bool == true)
        try scene.must("Robin", ["hold", name, "off"])
        let erased = try scene.must(
            "Robin", ["erase", name, "--entry", "2", "--confirm", name.uppercased()])
        #expect(erased.keys == access.union(["case", "entry", "entryID"]))
        #expect((erased.json["cannotUndo"] as? [[String: String]])?.count == 5)
        // A day passes before, in which a hold still arrives.
        let waiting = erased.json["waiting"] as? [[String: Any]]
        #expect(waiting?.map { $0["needs"] as? String } == ["erasureDay"])
        let shown = try scene.must("Robin", ["show", name])
        let entries = try #require(shown.json["entries"] as? [[String: Any]])
        #expect(entries.map { $0["label"] as? String } == ["1", "2"])
        #expect(entries[1]["isBeingErased"] as? Bool == true)
        #expect(entries[0]["isBeingErased"] == nil)
        #expect(try scene.run("Robin", ["show", name, "2"]).text.contains("  will be erased when"))
        let all = try scene.must(
            "Robin", ["erase", name, "--confirm", name.replacing(" ", with: "-")])
        #expect(all.keys == access.union(["case"]))
        let rest = try scene.must("Robin", ["show", name])
        #expect(rest.json["isBeingErased"] as? Bool == true)
        let register = try scene.must("Sam", ["show"]).json["register"] as? [[String: Any]]
        #expect(register?.first?["case"] as? String == name)
        #expect(
            try scene.run("Robin", ["show", name]).text.contains("This case will be erased when"))
    }

    @Test func aNewcomerIsAdmittedWithACheckWithheldAndThenOpened() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        _ = try scene.startCase("Robin")
        let check = try #require(try scene.checks("Robin").first)
        let fingerprint = try scene.makeKey("Kim")
        let admit = ["admit", scene.path("Kim.card"), "--fingerprint", fingerprint]
        let before = scene.listing
        let refused = try scene.run("Robin", admit + ["--json"])
        #expect(refused.exit == 2)
        #expect(refused.errors.contains("--withhold ID"))
        #expect(scene.listing == before)
        try scene.must("Robin", admit + ["--withhold", String(check.prefix(8))])
        #expect(try scene.checks("Kim").isEmpty)
        let opened = try scene.must("Robin", ["open", check, "Kim", "yes"])
        #expect(opened.keys == access)
        #expect(try scene.checks("Kim") == [check])
    }

    @Test func aCheckIsTakenOffAndAMemberLeaves() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        let first = try #require(try scene.checks("Robin").first)
        let about = try scene.write("Second Person\n", to: "about")
        try scene.must("Robin", ["check", name, "--about", about, "--withhold", "none"])
        let second = try #require(try scene.checks("Robin").first { $0 != first })
        let stays = try scene.run("Robin", ["access", name, "unlink", first])
        #expect(stays.exit == 1)
        #expect(stays.errors.contains("The case began with this conflict check, so it stays."))
        let unlinked = try scene.must(
            "Robin", ["access", name, "unlink", String(second.prefix(8))])
        #expect(unlinked.keys == access)
        let silent = try scene.run("Sam", ["leave"])
        #expect(silent.exit == 2)
        #expect(try scene.run("Sam", ["leave", "--confirm", "Robin"]).exit == 1)
        #expect(try scene.must("Sam", ["leave", "--confirm", "Sam"]).keys == access)
        #expect(try !scene.must("Robin", ["members"]).text.contains("Sam"))
    }

    @Test func aMailIsHandedOverWithItsAttachment() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let reports = Tool.root.appending(path: "Examples/reports")
        let mail = reports.appending(path: "conference-social.eml").path
        let about = reports.appending(path: "conference-social.about").path
        let started = try scene.must(
            "Robin",
            ["report", mail, "--about", about, "--handing-over", "--withhold", "none"])
        let name = try #require(started.json["case"] as? String)
        try scene.declare("Sam", "noConflict")
        let caught = try scene.must("Robin", ["catch-up"])
        #expect(caught.json["granted"] as? [[String: String]] == [["case": name, "member": "Sam"]])
        // Robin left when the case was started.
        #expect((caught.json["revoked"] as? [Any])?.isEmpty == true)
        #expect(try scene.run("Robin", ["show", name]).exit == 4)
        try scene.must("Sam", ["catch-up"])
        let shown = try scene.must("Sam", ["show", name, "--first-look", "noConflict"])
        #expect(shown.json["readers"] as? [String] == ["Sam"])
        let entry = try #require((shown.json["entries"] as? [[String: Any]])?.first)
        #expect((entry["report"] as? [String: Any])?["channel"] as? String == "mail")
        let attached = try #require(entry["attachments"] as? [[String: Any]])
        #expect(attached.map { $0["isOriginal"] as? Bool } == [nil, true])
        let original = try scene.run("Sam", ["show", name, "1", "--attachment", "2"])
        #expect(try original.text == String(contentsOfFile: mail, encoding: .utf8))
        let raw = try scene.run("Sam", ["show", name, "1", "--attachment", "1"])
        #expect(raw.text.hasPrefix("Friday 18 September 2026\n"))
    }

    @Test func textOverTheSameStreamAsThePassphrase() throws {
        let scene = try Scene()
        let fromInput = ["--passphrase-fd", "0"]
        let made = try scene.run("Robin", ["key", "Robin"] + fromInput, input: "pass")
        #expect(made.exit == 0)
        #expect(try scene.run("Robin", ["create", "Us"] + fromInput, input: "pass\n").exit == 0)
        let about = try scene.write("Alex Doe\n", to: "about")
        let started = try scene.run(
            "Robin", ["report", "--about", about, "--json"] + fromInput,
            input: "pass\nWhat happened.\n")
        let name = try #require(started.json["case"] as? String)
        let shown = try scene.run("Robin", ["show", name, "--json"] + fromInput, input: "pass\n")
        let entry = try #require((shown.json["entries"] as? [[String: Any]])?.first)
        #expect(entry["text"] as? String == "What happened.\n")
    }

    @Test func aGuestReadsOneCase() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        let fingerprint = try scene.makeKey("Gale")
        let grant = [
            "access", name, "grant", scene.path("Gale.card"), "--fingerprint", fingerprint,
        ]
        let asked = try scene.must("Robin", grant)
        #expect(asked.keys == access)
        try scene.declare("Gale", "noConflict")
        try scene.must("Robin", ["catch-up"])
        #expect(try scene.run("Gale", ["show", name, "--first-look", "noConflict"]).exit == 0)
        let readers = try scene.must("Robin", ["access", name]).json["readers"]
        let guests = (readers as? [[String: Any]] ?? []).filter { $0["guest"] as? Bool == true }
        #expect(guests.map { $0["member"] as? String } == ["Gale"])
        try scene.must("Robin", ["access", name, "revoke", "Gale"])
        #expect(try scene.run("Gale", ["show", name]).exit == 4)
        // In words: nobody was let in yet.
        let other = try scene.makeKey("Lane")
        let said = try scene.run(
            "Robin",
            ["access", name, "grant", scene.path("Lane.card"), "--fingerprint", other])
        #expect(said.text.hasPrefix("Lane is a guest and is asked.\nWaiting:\n"))
    }

    @Test func verifyWithAndWithoutAKey() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let keys: Set<String> = [
            "files", "ignored", "mine", "damaged", "unreadable", "missing", "problems", "code",
        ]
        let mine = try scene.must("Robin", ["verify"])
        #expect(mine.keys == keys)
        #expect(mine.json["files"] as? Int == mine.json["mine"] as? Int)
        #expect(try scene.must("Robin", ["verify", "--no-key"]).keys == keys)
        #expect(try scene.must("stranger", ["verify"]).json["mine"] as? Int == 0)
    }
}
