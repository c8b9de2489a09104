// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// Sealed reports from the page in a real browser to the case, and answers back.
@Suite(.serialized)
struct IntakeTests {
    /// A committee of three with a page, in the file `report.html`.
    private func scene(_ options: String...) throws -> Scene {
        let tweetNaCl = "/usr/share/nodejs/tweetnacl/nacl-fast.js"
        guard FileManager.default.fileExists(atPath: tweetNaCl) else {
            try Test.cancel("there is no TweetNaCl.js; install node-tweetnacl")
        }
        let scene = try Scene()
        try scene.committee("Robin", "Sam", "Kim")
        try scene.write("Robin; robin@example.org; French\nSam; sam@example.org\n", to: "contacts")
        try scene.must(
            "Robin",
            [
                "intake", "page", "--output", scene.path("report.html"), "--contacts",
                scene.path("contacts"),
            ] + options)
        return scene
    }

    /// What a reporter fills in: Kim must not read it, Robin and Sam get it.
    private func wish(_ more: [String: Any] = [:], in scene: Scene) throws -> String {
        var wish: [String: Any] = [
            "out": ["Kim"], "get": ["Robin", "Sam"], "about": "Alex Doe; adoe\nBo Doe",
            "text": "It happened.\nWith <b>marks</b> & ümlauts.",
            "fields": ["f1": true, "f9": "Hall 1", "f14": "Ola Doe; ola@example.org"],
            "files": [try scene.write("a file", to: "note.txt")],
        ]
        wish.merge(more) { $1 }
        let data = try JSONSerialization.data(withJSONObject: wish)
        return try scene.write(String(decoding: data, as: UTF8.self), to: "wish.json")
    }

    /// Fills in and seals in a browser, and looks at what the browser says of the page.
    private func seal(
        _ browser: Browser, _ scene: Scene, address: String? = nil, _ more: [String: Any] = [:]
    ) throws -> [String: Any] {
        let said = try browser.run(
            "fill", address ?? "file://" + scene.path("report.html"),
            [try wish(more, in: scene), scene.folder.path], in: scene)
        #expect(said["refused"] == nil, "\(said)")
        #expect((said["problems"] as? [Any])?.isEmpty == true, "\(said)")
        #expect((said["requests"] as? [Any])?.count == 1, "nothing but the page: \(said)")
        #expect(said["stored"] as? Int == 0)
        #expect(said["focus"] as? String == "resultTitle")
        return said
    }

    @Test(arguments: Browser.all + Browser.slow)
    func fromThePageToTheCaseAndBack(_ browser: Browser) throws {
        let scene = try scene()
        let said = try seal(browser, scene)
        #expect((said["receipt"] as? String)?.split(separator: " ").count == 14)
        #expect((said["sendTo"] as? String)?.contains("robin@example.org") == true)
        let report = scene.path("sealed-report.txt")
        let closed = try scene.run("Kim", ["take", report, "--json"])
        #expect(closed.exit == 4 && closed.errorCode == "notForYou")
        // Only who is named is shown, before the question is answered.
        let look = try scene.run("Robin", ["take", report, "--json"])
        #expect(look.exit == 2 && look.errorCode == "needsAnswer")
        let people = look.json["people"] as? [[String: Any]] ?? []
        #expect(
            people.compactMap { $0["name"] as? String } == ["Alex Doe", "Bo Doe", "Ola Doe"])
        #expect(look.json["leftOut"] as? [String] == ["Kim"])
        #expect(!look.text.contains("happened") && !look.text.contains("Hall"))
        let taken = try scene.must("Robin", ["take", report, "--first-look", "noConflict"])
        #expect(taken.json["alsoSealedTo"] as? [String] == ["Sam"])
        let name = try #require(taken.json["case"] as? String)
        let shown = try scene.must("Robin", ["show", name])
        let entry = try #require((shown.json["entries"] as? [[String: Any]])?.first)
        #expect(entry["text"] as? String == "It happened.\nWith <b>marks</b> & ümlauts.")
        // Kim learns of nothing.
        let kims = try scene.must("Kim", ["declare", "--list"]).json["checks"] as? [Any]
        #expect(kims?.isEmpty == true)
        let rows = try scene.must("Kim", ["show"]).json["register"] as? [Any]
        #expect(rows?.isEmpty == true)
        // The answer, and a further message.
        try scene.must(
            "Robin",
            ["add", name, "reporter", "--sealed", "--output", scene.path("answer.txt")],
            input: "We have got it. <i>Ümlauts</i>\nThank you.")
        let read = try browser.run(
            "read", "file://" + scene.path("report.html"),
            [scene.path("receipt.txt"), scene.path("answer.txt")], in: scene)
        #expect(read["answers"] as? [String] == ["We have got it. <i>Ümlauts</i>\nThank you."])
        #expect((read["problems"] as? [Any])?.isEmpty == true)
        let receipt = try String(contentsOfFile: scene.path("receipt.txt"), encoding: .utf8)
        _ = try seal(
            browser, scene, ["further": receipt, "text": "It happened again.", "files": []])
        let further = try scene.must("Robin", ["take", report, "--first-look", "noConflict"])
        #expect(further.json["case"] as? String == name && further.json["entry"] as? String == "3")
    }

    @Test(arguments: Browser.all) func worksOverPlainHTTP(_ browser: Browser) throws {
        let scene = try scene()
        let server = try WebServer(in: scene)
        defer { server.stop() }
        _ = try seal(browser, scene, address: server.address + "/report.html", ["get": []])
        #expect(server.requests == ["/report.html"], "nothing else was asked for")
        let report = scene.path("sealed-report.txt")
        for person in ["Robin", "Sam"] {
            let taken = try scene.run(
                person, ["take", report, "--first-look", "noConflict", "--json"])
            #expect(taken.exit == 0, "drawn from those who were not left out")
        }
        #expect(try scene.run("Kim", ["take", report]).exit == 4)
    }

    @Test(arguments: Browser.all) func isSeenAndUsedByEverybody(_ browser: Browser) throws {
        let scene = try scene("--until", "2001-01-02")
        let old = try browser.run(
            "over", "file://" + scene.path("report.html"), [], in: scene)
        #expect(old["isSealDisabled"] as? Bool == true)
        #expect((old["told"] as? String)?.contains("2001-01-02") == true)
        try FileManager.default.removeItem(atPath: scene.path("report.html"))
        try scene.must("Robin", ["intake", "page", "--output", scene.path("report.html")])
        let said = try browser.run(
            "look", "file://" + scene.path("report.html"), [scene.folder.path], in: scene)
        #expect(said["wrong"] as? [String] == [])
        #expect((said["problems"] as? [Any])?.isEmpty == true)
        let quiet = said["withoutScript"] as? [String: Any]
        #expect((quiet?["problems"] as? [Any])?.isEmpty == true)
    }

    /// The most that a report can hold, and one byte more.
    @Test(arguments: Browser.all) func fiveMebibytesGoThroughThePage(_ browser: Browser) throws {
        let scene = try scene()
        let bytes = Data((0..<5 << 20).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 8) })
        let file = scene.path("large.bin")
        try bytes.write(to: URL(fileURLWithPath: file))
        let said = try seal(browser, scene, ["files": [file]])
        #expect(said["isShown"] as? Bool == false, "too long to be copied as a text")
        let report = scene.path("sealed-report.txt")
        let taken = try scene.must("Robin", ["take", report, "--first-look", "noConflict"])
        let name = try #require(taken.json["case"] as? String)
        // The first is the key for answers.
        let saved = scene.path("saved.bin")
        try scene.must("Robin", ["show", name, "1", "--attachment", "2", "--output", saved])
        #expect(try Data(contentsOf: URL(fileURLWithPath: saved)) == bytes)
        #expect(try scene.run("Kim", ["take", report]).exit == 4)
        try (bytes + [1]).write(to: URL(fileURLWithPath: file))
        let more = try browser.run(
            "fill", "file://" + scene.path("report.html"),
            [try wish(["files": [file]], in: scene), scene.folder.path], in: scene)
        #expect((more["refused"] as? String)?.contains("5 MiB") == true, "\(more)")
        #expect(more["focus"] as? String == "files")
    }

    @Test func whatIsMissingIsAskedFor() throws {
        guard let browser = Browser.all.first else { return }
        let scene = try scene()
        let address = "file://" + scene.path("report.html")
        for (more, field, words) in [
            (["text": "", "files": []] as [String: Any], "text", "what happened"),
            (["out": ["Kim", "Robin", "Sam"], "get": []], "out0", "Nobody is left"),
            (["further": "abacus abacus"], "furtherWords", "14 words"),
        ] {
            let said = try browser.run(
                "fill", address, [try wish(more, in: scene), scene.folder.path], in: scene)
            #expect((said["refused"] as? String)?.contains(words) == true, "\(said)")
            #expect(said["focus"] as? String == field)
        }
    }

    @Test func theCheckOfAPageIsSaid() throws {
        let scene = try scene()
        let page = scene.path("report.html")
        let good = try scene.must("Sam", ["intake", "check", page])
        #expect(good.json["isUnchanged"] as? Bool == true)
        let text = try String(contentsOfFile: page, encoding: .utf8)
        try scene.write(text.replacing("nacl.randomBytes(32)", with: "fixed(1)"), to: "changed")
        let bad = try scene.run("Sam", ["intake", "check", scene.path("changed"), "--json"])
        #expect(bad.exit == 1 && bad.errorCode == "pageDiffers")
        let removed = try scene.run("Robin", ["remove", "Kim"])
        #expect(removed.errors.contains("casevault intake page"))
        let after = try scene.run("Robin", ["intake", "check", page, "--json"])
        #expect(after.exit == 1 && after.text.contains("formerMember"))
    }
}
