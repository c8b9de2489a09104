// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// `casevault take`, with reports sealed outside by the second implementation.
@Suite(.enabled(if: Outside.canSeal, "\(Outside.why)"))
struct TakeCommandTests {
    /// A committee of three, and a reporter.
    private func scene() throws -> (Scene, Outside) {
        let scene = try Scene()
        try scene.committee("Robin", "Sam", "Kim")
        return (scene, try Outside(scene, by: "Robin"))
    }

    @Test func answersWithWhatEveryActAnswers() throws {
        let (scene, outside) = try scene()
        let mail = try scene.write(
            Outside.mail(around: outside.seal(to: ["Robin"], leavingOut: ["Kim"])), to: "mail.eml")
        let taken = try scene.must("Robin", ["take", mail, "--first-look", "noConflict"])
        #expect(
            taken.keys == [
                "case", "readers", "leftOut", "alsoSealedTo", "sameReport", "isFurther",
                "handedOver", "granted", "revoked", "waiting", "cannotUndo",
            ])
        #expect(taken.json["readers"] as? [String] == ["Robin"])
        #expect(try scene.checks("Kim").isEmpty)
        #expect(try scene.checks("Sam").count == 1)
    }

    @Test func fromStandardInputAndBehindALineThatSpeaksOfReports() throws {
        let (scene, outside) = try scene()
        let block = try outside.seal(to: ["Robin"])
        let begin = try #require(block.split(separator: "\n").first)
        let around = "They told me to send what begins with\n> \(begin)\nHere:\n\(block)"
        let taken = try scene.must(
            "Robin", ["take", "--first-look", "noConflict"], input: around)
        #expect(taken.json["case"] as? String != nil)
    }

    @Test func errorsSayWhatToDoAndChangeNothing() throws {
        let (scene, outside) = try scene()
        let block = try outside.seal(to: ["Sam"])
        let mine = try outside.seal(to: ["Robin"])
        let digits = Array(mine)
        var changed = digits
        let place = digits.count / 2
        changed[place] = digits[place] == "A" ? "B" : "A"
        let newer = mine.replacing(
            "REPORT-----\nQ1ZJUgE", with: "REPORT-----\nQ1ZJUgI")
        #expect(newer != mine)
        let before = scene.listing
        for (text, exit, code) in [
            ("Hello.\n", 1, "badInput"), ("", 1, "badInput"),
            (String(mine.prefix(2000)), 1, "badInput"), (block, 4, "notForYou"),
            (String(changed), 1, "badInput"), (newer, 1, "newerVersion"),
            (mine + (try outside.seal(to: ["Robin"])), 1, "badInput"),
        ] {
            let result = try scene.run("Robin", ["take", "--json"], input: text)
            #expect(result.exit == Int32(exit) && result.errorCode == code, "\(result.errors)")
            let lines = result.errors.split(separator: "\n")
            #expect(lines.count == 2 && lines[1].hasPrefix("casevault: hint: "), "\(lines)")
            #expect(result.json["people"] == nil && !result.errors.contains("Alex"))
        }
        #expect(scene.listing == before)
    }

    @Test func whatIsInAReportActsOnNothing() throws {
        let (scene, outside) = try scene()
        let hostile =
            "bell\u{7} red\u{1B}[31m \u{9B}2J rtl\u{202E}gnp zero\u{200B}w\u{FEFF} \u{7F} a\u{2028}b"
        let block = try outside.seal(
            to: ["Robin", "Sam"], leavingOut: ["Kim"],
            [
                "others": hostile, "about": "Alex \u{202E}Doe; a\u{1B}[1mdoe", "text": hostile,
                "fields": [[3, hostile], [9, hostile], [14, hostile + "; " + hostile]],
                "files": [["a/../\u{1B}[1m\u{202E}.txt", "text/\u{7}plain", "AAAA"]],
            ])
        let file = try scene.write(block, to: "sealed.txt")
        var runs = [try scene.run("Robin", ["take", file]), try scene.run("Kim", ["take", file])]
        // The names cannot be read, so they are said.
        #expect(runs[0].exit == 2 && runs[1].exit == 4)
        let about = try scene.write("Alex Doe\n", to: "about")
        let taking = ["take", file, "--about", about, "--withhold", "none", "--first-look"]
        runs.append(try scene.run("Robin", Array(taking.dropLast())))
        runs.append(try scene.run("Robin", taking + ["noConflict"]))
        #expect(runs.last?.exit == 0, "\(runs.last?.errors ?? "")")
        runs.append(try scene.run("Robin", taking + ["noConflict"]))
        #expect(runs.last?.exit == 1, "it was taken in already")
        let forbidden = "\u{7}\u{1B}\u{9B}\u{202E}\u{200B}\u{FEFF}\u{7F}\u{2028}\r".unicodeScalars
        for run in runs {
            let shown = (run.text + run.errors).unicodeScalars
            #expect(!shown.contains(where: forbidden.contains), "\(run.text)")
        }
        let json = try scene.run("Sam", ["take", file, "--about", about, "--json"])
        #expect(json.json["people"] != nil)
        #expect(!json.text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    @Test func onATerminalTheQuestionsComeInOrderAndEnterIsNoAnswer() throws {
        let (scene, outside) = try scene()
        let file = try scene.write(
            outside.seal(to: ["Robin"], leavingOut: ["Kim"], ["others": "Somebody in the shop"]),
            to: "sealed.txt")
        let conflict = "Do you have a conflict of interest with any of them? (yes or no)"
        let keep = "Keep names, row and existence from Kim? (yes or no)"
        let stopped = try scene.type("Robin", ["take", file], [(conflict, "^C")])
        #expect(stopped.exit == 128 + SIGINT)
        #expect(try scene.must("Robin", ["show"]).json["register"] as? [String] == [])
        let taken = try scene.type(
            "Robin", ["take", file],
            [(conflict, ""), (conflict, "no"), (keep, ""), (keep, "yes"), ("?", "no")])
        #expect(taken.exit == 0, "\(taken.text)")
        for words in [
            "reported person: Alex Doe", "does not want them to read it: Kim",
            "in the reporter's words: Somebody in the shop", "Started: ",
        ] {
            #expect(taken.text.contains(words), "\(words): \(taken.text)")
        }
        #expect(!taken.text.contains("It happened."), "a case is read with show")
        #expect(try scene.checks("Kim").isEmpty)
    }

    @Test func whoHasAConflictHandsItOnUnread() throws {
        let (scene, outside) = try scene()
        let file = try scene.write(outside.seal(to: ["Robin"]), to: "sealed.txt")
        let taken = try scene.must("Robin", ["take", file, "--first-look", "conflict"])
        let name = try #require(taken.json["case"] as? String)
        #expect(taken.json["handedOver"] as? Bool == true)
        #expect(!taken.text.contains("happened"))
        try scene.declare("Sam", "noConflict")
        for person in ["Robin", "Sam", "Robin"] { try scene.must(person, ["catch-up"]) }
        #expect(try scene.run("Robin", ["show", name]).exit == 4)
        let shown = try scene.must("Sam", ["show", name, "--first-look", "noConflict"])
        #expect(shown.text.contains("It happened."))
    }

    @Test func fiveMebibytesOfFilesComeThroughWhole() throws {
        let (scene, outside) = try scene()
        let bytes = Data((0..<(5 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })
        let halves = [bytes.prefix(3 << 20), bytes.dropFirst(3 << 20)]
        let files = halves.enumerated().map {
            ["part\($0).bin", "application/octet-stream", $1.base64EncodedString()]
        }
        let mail = Outside.mail(around: try outside.seal(to: ["Robin"], ["files": files]))
        let file = try scene.write(mail, to: "mail.eml")
        let taken = try scene.must("Robin", ["take", file, "--first-look", "noConflict"])
        let name = try #require(taken.json["case"] as? String)
        for (number, half) in halves.enumerated() {
            let out = scene.path("out\(number)")
            try scene.must(
                "Robin", ["show", name, "1", "--attachment", "\(number + 2)", "--output", out])
            #expect(try Data(contentsOf: URL(fileURLWithPath: out)) == Data(half))
        }
        #expect(try scene.run("Robin", ["verify", "--json"]).exit == 0)
    }
}
