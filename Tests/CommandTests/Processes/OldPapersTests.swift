// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// A committee brings in what it has had for years: mails, notes, photos, letters and a spreadsheet,
/// as they lie in a shared drive. What comes of it is a register and a year's numbers.
struct OldPapersTests {
    /// Puts a file into the folder of papers, as if it had been copied only now.
    private func put(_ bytes: [UInt8], _ name: String, _ scene: Scene) throws {
        let file = scene.folder.appending(path: "papers/" + name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// The same with a text.
    private func put(_ text: String, _ name: String, _ scene: Scene) throws {
        try put(Array(text.utf8), name, scene)
    }

    /// The papers of two years.
    private func papers(_ scene: Scene) throws {
        // The spreadsheet, as a program of another country saves it: semicolons, Windows letters.
        let sheet =
            "Safety risk?;Risk of repeating?;Status;Code Name;Date & Time;Actions needed;"
            + "Resolution\r\n"
            + "Yes;Yes;Ongoing;Home Shelf;2025-02-03;\"Team on the lookout; all day\";-\r\n"
            + "No;Maybe;Resolved;stunned bulb;05.03.2025;-;Verbal warning, caf\u{e9}\r\n"
            + "No;No;Resolved;lost lamp;2025-08-09;;Talk\r\n"
            + "No;No;Closed;nobody knows;2025-08-10;;\r\n"
        try put(sheet.unicodeScalars.map { UInt8($0.value) }, "status.csv", scene)
        try put("* **Ulla Unknown** (she/her)\n", "lost lamp.about", scene)
        // A mail of a phone, with a photo, an answer to it, and a letter.
        try put(
            "From: =?utf-8?B?TMO8?= Writer <lue@example.org>\r\nTo: team@example.org\r\n"
                + "Cc: Pat Example <pat@example.org>\r\nDate: Mon, 3 Feb 2025 22:10:00 +0100\r\n"
                + "Subject: =?iso-8859-1?Q?Gestern_im_Caf=E9?=\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/html; "
                + "charset=utf-8\r\n\r\n<p>He came <del>once</del> three times.</p>\r\n--B\r\n"
                + "Content-Type: image/jpeg; name=IMG_1.JPG\r\nContent-Transfer-Encoding: base64\r\n"
                + "\r\n/9j/4AAQ\r\n--B--\r\n", "2025/Home Shelf/report.eml", scene)
        try put(
            "1. Example, Pat\n2. \"Jo Sample\" <jo@example.org>\n",
            "2025/Home Shelf/About.TXT", scene)
        try put(
            "From: team@example.org\nMessage-ID: <a@b>\nDate: Tue, 4 Feb 2025 09:00:00 +0100\n\n"
                + "We have it.\n", "2025/Home Shelf/mails/answer.txt", scene)
        try put("PK\u{3}\u{4}letter", "2025/Home Shelf/Attachments/letter.docx", scene)
        try put("Lock file", "2025/Home Shelf/~$letter.docx", scene)
        // A page that somebody saved, in another alphabet, and nothing else.
        let page: [UInt8] =
            Array("<html><meta charset=koi8-r><p>05.03.2025: ".utf8) + [0xEF, 0xCE]
            + Array("</html>".utf8)
        try put(page, "2025/Stunned Bulb/saved page.html", scene)
        try put("Lee Other; Lou\n", "2025/Stunned Bulb/about", scene)
        // Photos alone, with the day in the folder's name.
        try put([0xFF, 0xD8, 0xFF], "2025/20250607 photos/a.jpg", scene)
        try put("Noor Somebody\n", "2025/20250607 photos/about.md", scene)
        // Two reports of one incident, and notes in Latin-1.
        try put("On 2025-07-01 he shouted.\n", "2025/brass kettle/report-1.md", scene)
        try put(
            "From: Nia Second <nia@example.org>\nDate: Wed, 2 Jul 2025 08:00:00 +0000\nSubject: Me too"
                + "\nMIME-Version: 1.0\n\nI heard it.\n", "2025/brass kettle/report-2.eml", scene)
        try put(
            Array("2025-07-03: Gespr".utf8) + [0xE4] + Array("ch.\n".utf8),
            "2025/brass kettle/call 2025-07-03.txt", scene)
        try put("Ari Another\n", "2025/brass kettle/about", scene)
        // A letter of a word processor alone, without any day.
        try put("%PDF-1.4 letter", "2025/plain letter/letter.pdf", scene)
        try put("Max Muster\n", "2025/plain letter/about", scene)
        // What programs leave behind, and what is nothing.
        try put("x", "__MACOSX/2025/._report.eml", scene)
        try put("x", "2025/Thumbs.db", scene)
        try put("  \n", "2025/empty/notes.md", scene)
    }

    @Test func aDriveOfPapersBecomesARegisterAndNumbers() throws {
        let team = try Committee("Robin", "Sam", "Kim", profile: "newer-practice")
        let scene = team.scene
        try papers(scene)

        // Nothing says when the letter came: today it was not. Nothing is written.
        let open = try scene.run("Robin", ["import", scene.path("papers"), "--json"])
        #expect(open.exit == 2 && open.errorCode == "needsAnswer")
        let empty = try team.run("Robin", "show").json["register"] as? [Any]
        #expect(empty?.isEmpty == true)
        let done = try scene.must(
            "Robin", ["import", scene.path("papers"), "--day", "2025-09-10"])
        let cases = try #require(done.json["cases"] as? [[String: Any]])
        #expect(cases.count == 6)
        let warnings = (done.json["warnings"] as? [String] ?? []).joined(separator: "\n")
        for part in ["nothing in it", "no column takes: 1", "not UTF-8"] {
            #expect(warnings.contains(part), "\(part)")
        }
        // One line is about nobody who is known: it is counted, and stops nothing.
        #expect(done.errors.contains("have no folder are left out: 1"))
        // A word of Pat's name would have been asked about; here no member shares one.
        #expect(cases.allSatisfy { ($0["withheldFrom"] as? [String]) == [] })

        // The others answer; then each reads what they may.
        try team.declare("Sam")
        try team.declare("Kim", conflictWith: "Ari Another")
        try team.catchUp()
        let rows = try team.run("Sam", "show").json["register"] as? [[String: Any]] ?? []
        #expect(rows.count == 6)
        let lookout = try #require(
            rows.first { $0["actionsNeeded"] as? String == "Team on the lookout; all day" })
        #expect(lookout["status"] as? String == "ongoing")
        #expect(lookout["safetyRisk"] as? String == "yes")
        #expect(rows.contains { $0["resolution"] as? String == "Verbal warning, café" })
        let shelf = try #require(lookout["case"] as? String)
        let shown = try team.look("Sam", shelf).json["entries"] as? [[String: Any]] ?? []
        #expect(shown.count == 2)
        #expect((shown[0]["text"] as? String)?.contains("He came [struck out: once] three") == true)
        #expect((shown[0]["copiedTo"] as? String)?.contains("pat@example.org") == true)
        let files = (shown[0]["attachments"] as? [[String: Any]] ?? []).compactMap {
            $0["name"] as? String
        }
        #expect(files == ["IMG_1.JPG", "letter.docx", "message.html", "message.eml"])
        #expect(try !team.namesShown(to: "Sam").contains { $0.contains("she/her") })
        #expect(try team.namesShown(to: "Sam").isSuperset(of: ["Ulla Unknown", "Pat Example"]))

        // The register takes what newer practice has, and shows it.
        try team.run(
            "Robin", "row", shelf, "status=banned", "resolutionSource=board",
            "response=second suspension", "resolvedOn=2025-03-01", "reviewOn=2026-03-01")
        let table = try scene.run("Kim", ["show", "--register"]).text
        for word in ["Decided by", "Board", "Second suspension", "2025-03-01", "Banned"] {
            #expect(table.lowercased().contains(word.lowercased()), "\(word)")
        }
        let due = try team.run("Robin", "due").json["due"] as? [[String: Any]] ?? []
        let reviews = due.filter { $0["what"] as? String == "review" }
        #expect(reviews.compactMap { $0["case"] as? String } == [shelf])
        // Two reporters of one incident wait, each from the day of their own report.
        let waiting = due.filter { $0["report"] != nil && $0["what"] as? String == "acknowledge" }
        #expect(waiting.compactMap { $0["by"] as? String } == ["2025-07-02", "2025-07-03"])

        // A year's numbers, by half years as the rules say.
        func received(_ words: String...) throws -> Any? {
            let json = try scene.must("Robin", ["numbers"] + words).json
            return (json["counts"] as? [[String: Any]])?.first?["count"]
        }
        #expect(try received("2025-H1") as? Int == 3)
        #expect(try received("2025-H2") as? Int == 3)
        #expect(try received("2025") as? Int == 6)
        let part = try scene.must(
            "Robin", ["numbers", "--from", "2025-01-01", "--until", "2025-03-31"])
        #expect(part.json["forPublication"] as? Bool == false)
        #expect(part.errors.contains("Not for publication"))
        // Coming back with the same drive changes nothing.
        let again = try scene.must(
            "Robin", ["import", scene.path("papers"), "--day", "2025-09-10"])
        let added = (again.json["cases"] as? [[String: Any]] ?? []).map { $0["added"] as? Int }
        #expect(added == Array(repeating: 0, count: 6))
    }

    /// A terminal asks for what a script has to say.
    @Test func onATerminalDaysAndPeopleAreAsked() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        try put("x\n", "plain letter/report.md", scene)
        try put("Max Muster\n", "plain letter/about", scene)
        try put(
            "Status,Code Name,Date & Time,Resolution\nResolved,lost lamp,2025-08-09,Talk\n",
            "status.csv",
            scene)
        let seen = try scene.type(
            "Robin", ["import", scene.path("papers")],
            [
                ("Whom was lost lamp about", "Ulla Unknown"), ("> ", ""),
                ("plain letter received", "2025-09-10"),
            ])
        #expect(seen.exit == 0, "\(seen.text)")
        let rows = try scene.must("Robin", ["show"]).json["register"] as? [[String: Any]] ?? []
        #expect(rows.count == 2 && rows.contains { $0["resolution"] as? String == "Talk" })
    }
}
