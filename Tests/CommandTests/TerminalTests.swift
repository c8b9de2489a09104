// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// What is asked on a terminal. Enter alone is never an answer.
struct TerminalTests {
    @Test func aPassphraseIsAskedTwiceAndNotShown() throws {
        let scene = try Scene()
        let made = try scene.type(
            "Robin", ["key", "Robin"],
            [
                ("new key file:", "first phrase"), ("again:", "other phrase"),
                ("new key file:", "first phrase"), ("again:", "first phrase"),
            ])
        #expect(made.exit == 0)
        #expect(made.text.contains("The two were not the same."))
        #expect(!made.text.contains("phrase\n"))
        let card = try scene.type("Robin", ["card"], [("Passphrase:", "first phrase")])
        #expect(card.exit == 0)
        #expect(!card.text.contains("first phrase"))
        let wrong = try scene.type(
            "Robin", ["card"], Array(repeating: ("Passphrase:", "other phrase"), count: 3))
        #expect(wrong.exit == 1)
    }

    @Test func controlCEndsAQuestion() throws {
        let scene = try Scene()
        let result = try scene.type("Robin", ["key", "Robin"], [("new key file:", "^C")])
        #expect(result.exit == 128 + SIGINT)
        #expect(!FileManager.default.fileExists(atPath: scene.path("home-Robin/.config")))
    }

    @Test func conflictQuestionsNeedAWord() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        let question = "Do you have a conflict of interest? (yes or no)"
        let declared = try scene.type(
            "Sam", [],
            [
                ("Answer the conflict checks now? (yes or no)", "yes"), (question, ""),
                (question, "perhaps"), ("Type yes or no.", ""), (question, "no"),
                ("Number:", "done"),
            ])
        #expect(declared.exit == 0)
        #expect(declared.text.contains("1 answer recorded.\n"))
        let caught = try scene.type(
            "Robin", [], [("Catch up now? (yes or no)", "yes"), ("Number:", "8")])
        #expect(caught.text.contains("Sam can read \(name) now.\n"))
        let look = "Do you have a conflict of interest with any of them? (yes or no)"
        let shown = try scene.type("Sam", ["show", name], [(look, ""), (look, "no")])
        #expect(shown.exit == 0)
        #expect(shown.text.contains("reported person: Alex Doe (also: adoe)\n"))
        #expect(shown.text.contains("    What happened.\n"))
        let again = try scene.type("Sam", ["show", name], [])
        #expect(again.exit == 0, "the question is put once")
    }

    @Test func answersToManyChecksCanBeReviewedAndAreKept() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        for name in ["Cleo Doe", "Ben Doe", "Ada Doe", "Dan Doe"] {
            _ = try scene.startCase("Robin", about: name)
        }
        let more = "(yes, no, back or stop)"
        // One goes back, and presses Control-C at the fourth.
        let stopped = try scene.type(
            "Sam", ["declare"],
            [
                (
                    "1 of 4: A report involves Ada Doe. Do you have a conflict of interest? "
                        + "(yes, no or stop)", "no"
                ),
                (
                    "2 of 4: A report involves Ben Doe. Do you have a conflict of interest? \(more)",
                    "no"
                ),
                (
                    "3 of 4: A report involves Cleo Doe. Do you have a conflict of interest? \(more)",
                    "back"
                ),
                ("2 of 4: ", "yes"), ("3 of 4: ", "n"), ("4 of 4: ", "^C"),
                ("Record these 3 answers?", "3"), ("3 of 4: ", "no"),
                ("Record these 3 answers?", "yes"),
            ])
        #expect(stopped.exit == 0)
        #expect(stopped.text.contains("3 answers recorded.\n"))
        let listed =
            try scene.must("Sam", ["declare", "--list"]).json["checks"] as? [[String: Any]]
        #expect(
            listed?.map { $0["answer"] as? String } == [
                "noConflict", "conflict", "noConflict", nil,
            ])
        // The one that is left, and then another answer to one.
        let rest = try scene.type(
            "Sam", ["declare"], [("A report involves Dan Doe.", "no")])
        #expect(rest.text.contains("1 answer recorded.\n"))
        let changed = try scene.type(
            "Sam", ["declare", "--change"],
            [
                ("Type the number of the answer to change.", "2"),
                ("Ben Doe: change it to no conflict? (yes or no)", "yes"),
            ])
        #expect(changed.exit == 0)
        let now = try scene.must("Sam", ["declare", "--list"]).json["checks"] as? [[String: Any]]
        #expect(now?.allSatisfy { $0["answer"] as? String == "noConflict" } ?? false)
    }

    @Test func nothingIsRecordedOnASecondInterrupt() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        for name in ["Ada Doe", "Ben Doe"] { _ = try scene.startCase("Robin", about: name) }
        let stopped = try scene.type(
            "Sam", ["declare"],
            [("1 of 2: ", "no"), ("2 of 2: ", "^C"), ("Record this answer?", "^C")])
        #expect(stopped.exit == 128 + SIGINT)
        let listed =
            try scene.must("Sam", ["declare", "--list"]).json["checks"] as? [[String: Any]]
        #expect(listed?.allSatisfy { $0["answer"] as? String == nil } ?? false)
    }

    @Test func whoRemovesTypesTheName() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam", "Kim")
        let name = "Type the name Kim to go on:"
        let slip = try scene.type("Robin", ["remove", "Ki"], [(name, "Sam")])
        #expect(slip.exit == 1)
        #expect(
            slip.text.contains(
                "This takes Kim off the committee, and out of 0 cases that you read."))
        #expect(try scene.must("Robin", ["members"]).text.contains("Kim"))
        let removed = try scene.type("Robin", ["remove", "Kim"], [(name, "kim")])
        #expect(removed.exit == 0)
        #expect(try !scene.must("Robin", ["members"]).text.contains("Kim"))
    }

    @Test func aSlipInDigitsIsShownAndAskedAgain() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let members = try scene.must("Sam", ["members"]).json
        let code = try #require(members["code"] as? String)
        let last = code.last == "0" ? "1" : "0"
        let question = "Fingerprint or committee code that Sam reads aloud:"
        let done = try scene.type(
            "Robin", ["confirm", "Sam"],
            [
                (question, code.dropLast() + last), ("Group 8 of the eight differs.", ""),
                (question, code),
            ])
        #expect(done.exit == 0)
        let wrong = try scene.run("Robin", ["confirm", "--all", "--code", code.dropLast() + last])
        #expect(wrong.exit == 0, "everybody is compared already")
        let other = try scene.run(
            "Robin", ["confirm", "Sam", "--digits", code.dropLast() + last, "--json"])
        #expect(other.exit == 1)
        #expect(other.json["differs"] as? [Int] == [8])
    }

    @Test func aTypedTextIsNotLost() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        // What cannot end well is said before anybody types.
        for words in [["add", "no such", "discussion"], ["add", name, "discussion"]] {
            let refused = try scene.type("Sam", words, [])
            #expect(refused.exit != 0)
            #expect(!refused.text.contains("Type the text"))
        }
        // What fails afterwards keeps the text, encrypted, and offers it when it is asked for again.
        let late = try scene.type(
            "Robin", ["add", name, "discussion", "--day", "2999-01-01"],
            [("Type the text; end it with Control-D", "A LONG TEXT"), ("A LONG TEXT", "^D")])
        #expect(late.exit == 1)
        #expect(late.text.contains("What you typed is kept on this computer"))
        let kept = try scene.memory("Robin")
        #expect(kept.contains { $0.name.hasSuffix(".drafts") })
        #expect(!kept.contains { $0.bytes.range(of: Data("LONG".utf8)) != nil })
        let other = try scene.type(
            "Robin", ["add", name, "plan"], [("Type the text; end it with Control-D", "^C")])
        #expect(other.exit == 1, "another entry has another text; nothing was typed")
        let again = try scene.type(
            "Robin", ["add", name, "discussion"],
            [("    A LONG TEXT\nGo on with it? (yes, later or delete)", "yes")])
        #expect(again.exit == 0)
        #expect(again.text.contains("entry 2, discussion"))
        #expect(try !scene.memory("Robin").contains { $0.name.hasSuffix(".drafts") })
        // Control-C keeps what was typed up to it.
        let stopped = try scene.type(
            "Robin", ["add", name, "plan"],
            [("Type the text; end it with Control-D", "HALF A TEXT"), ("HALF A TEXT\n", "^C")])
        #expect(stopped.exit == 1)
        #expect(stopped.text.contains("What you typed is kept on this computer"))
        let gone = try scene.type(
            "Robin", ["add", name, "plan"],
            [
                ("HALF A TEXT\nGo on with it?", "delete"),
                ("Type the text; end it with Control-D", "A PLAN"), ("A PLAN\n", "^D"),
            ])
        #expect(gone.exit == 0)
        let shown = try scene.must("Robin", ["show", name, "--first-look", "noConflict"])
        let texts = (shown.json["entries"] as? [[String: Any]] ?? []).map { $0["text"] as? String }
        #expect(texts.dropFirst() == ["A LONG TEXT\n", "A PLAN\n"])
    }

    /// The bytes of an attachment, or of a page, can mean anything to a terminal.
    @Test func whatIsNotMadeForAScreenIsSaved() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        let bytes = Data([0x1B, 0x5B, 0x32, 0x4A, 0x00, 0xFF])
        try bytes.write(to: URL(filePath: scene.path("photo")))
        try scene.must(
            "Robin", ["add", name, "witness", "--attach", scene.path("photo")], input: "A photo.")
        let show = ["show", name, "2", "--attachment", "1"]
        let question = "Save it as (a file name, or - to show it here):"
        let asked = try scene.type("Robin", show, [(question, "saved")])
        #expect(asked.exit == 0)
        #expect(!asked.text.contains("\u{1B}[2J"))
        #expect(try Data(contentsOf: URL(filePath: scene.path("saved"))) == bytes)
        let page = try scene.type("Robin", ["show", name, "--html"], [(question, "page.html")])
        #expect(page.exit == 0)
        #expect(!page.text.contains("<html"))
        let shown = try scene.type("Robin", show, [(question, "-")])
        #expect(shown.text.contains("\u{1B}[2J"))
        let named = try scene.type("Robin", show + ["--output", "-"], [])
        #expect(named.exit == 0)
        #expect(named.text.contains("\u{1B}[2J"), "who says so gets it")
    }

    @Test func openQuestionsAreAskedByName() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        for name in ["Ben Doe", "Ada Doe"] {
            _ = try scene.startCase(
                "Sam", about: name, text: "What happened.", "--withhold", "Robin")
        }
        let fingerprint = try scene.makeKey("Kim")
        try scene.must(
            "Robin",
            ["admit", scene.path("Kim.card"), "--fingerprint", fingerprint, "--withhold", "none"])
        let listed = try scene.must("Sam", ["open"])
        let questions = try #require(listed.json["questions"] as? [[String: Any]])
        #expect(questions.map { $0["member"] as? String } == ["Kim", "Kim"])
        let answers = [
            ("May Kim be shown Ada Doe? (yes, no or later)", "no"),
            ("May Kim be shown Ben Doe? (yes, no or later)", "yes"),
        ]
        let later = answers.map { ($0.0, "later") }
        #expect(try scene.type("Sam", ["open"], later).text.contains("May Kim be shown Ada Doe?"))
        let asked = try scene.type("Sam", ["open"], answers)
        #expect(asked.exit == 0)
        #expect(asked.text.contains("Kim is not shown Ada Doe."))
        #expect(asked.text.contains("Kim is asked about Ben Doe."))
        #expect(try scene.checks("Kim").count == 1)
        #expect(try scene.must("Sam", ["open", "--list"]).json["questions"] as? [String] == [])
    }

    @Test func whoErasesTypesTheCodeName() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let name = try scene.startCase("Robin")
        let question = "Type the code name to go on:"
        let wrong = try scene.type("Robin", ["erase", name], [(question, ""), (question, "yes")])
        #expect(wrong.exit == 1)
        #expect(try scene.run("Robin", ["show", name]).text.contains("What happened."))
        let erased = try scene.type("Robin", ["erase", name], [(question, name)])
        #expect(erased.exit == 0)
        #expect(erased.text.contains("will be erased for good, on every computer.\n"))
        #expect(erased.text.contains("The case \(name) will be erased when a day is over"))
        // Until then a hold, or a removal of Robin, could still arrive.
        #expect(try scene.run("Robin", ["show", name]).text.contains("What happened."))
    }

    @Test func theFirstLookCanEndInLeaving() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        try scene.declare("Sam", "noConflict")
        try scene.must("Robin", ["catch-up"])
        let left = try scene.type("Sam", ["show", name], [("with any of them?", "yes")])
        #expect(left.exit == 4)
        #expect(!left.text.contains("What happened."))
        #expect(left.text.contains("casevault: error: You stepped back from this case.\n"))
        #expect(try scene.run("Sam", ["show", name]).exit == 4)
    }

    @Test func aReportedPersonWhoIsCalledLikeAMember() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam", "Kim")
        let report = try scene.write("What happened.", to: "report.txt")
        let keep = "Keep it from (numbers, or nobody):"
        let started = try scene.type(
            "Robin", ["report", report],
            [
                ("> ", "- Doe, Kim (they)"), ("> ", ""), (keep, ""), (keep, "7"), (keep, "1"),
            ])
        #expect(started.text.contains("Is one of these people on the committee, or close to"))
        // Whoever shares a word of the name comes first and is marked.
        #expect(started.text.contains("  1  Kim  (shares a name)\n"))
        #expect(started.text.contains("  2  Sam\n"))
        #expect(started.exit == 0)
        #expect(try scene.checks("Kim").isEmpty)
        #expect(try scene.checks("Sam").count == 1)
        #expect(try scene.must("Kim", ["show"]).json["register"] as? [[String: String]] == [])
    }

    @Test func whoAdmitsIsShownTheNames() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        _ = try scene.startCase("Robin")
        let fingerprint = try scene.makeKey("Kim")
        let numbers = "Numbers that must be kept from Kim, or none:"
        let admitted = try scene.type(
            "Robin", ["admit", scene.path("Kim.card")],
            [
                ("Fingerprint that Kim reads aloud:", fingerprint),
                (numbers, ""), (numbers, "2"), (numbers, "1"),
                ("Is this right? (yes or no)", "yes"),
            ])
        #expect(admitted.text.contains("  1  Alex Doe (also: adoe)\n"))
        #expect(admitted.exit == 0)
        #expect(try scene.checks("Kim").isEmpty)
    }

    @Test func whoIsCalledLikeTheNewcomerComesFirstAndTheSameNameTwiceIsSaid() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        for name in ["Zoe Ray", "Jo Sample", "Ada Ray", "Jo Sample; jsample"] {
            _ = try scene.startCase("Robin", about: name + "\n")
        }
        let fingerprint = try scene.makeKey("Kim Sample")
        let numbers = "Numbers that must be kept from Kim Sample, or none:"
        let right = "Is this right? (yes or no)"
        let admitted = try scene.type(
            "Robin", ["admit", scene.path("Kim Sample.card")],
            [
                ("Fingerprint that Kim Sample reads aloud:", fingerprint), (numbers, "1"),
                (right, "no"), (numbers, "1 2"), (right, "yes"),
            ])
        #expect(admitted.exit == 0)
        #expect(admitted.text.contains("  3  Ada Ray\n"))
        #expect(admitted.text.contains("  4  Zoe Ray\n"))
        #expect(admitted.text.contains("  (shares a name)\n"))
        #expect(admitted.text.contains("But 1 other entry has the same name, and will be seen."))
        #expect(admitted.text.contains("Kim Sample will be asked about 2 names."))
        #expect(try scene.checks("Kim Sample").count == 2)
    }

    @Test func aNameInATextForOutsideIsWarnedOf() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        try scene.write(#"{"reporterName":"Charlie Doe"}"#, to: "fields")
        let name = try scene.startCase("Robin", "--fields", scene.path("fields"))
        let text = try scene.write("A report came in.\nCharlie Doe told us.\n", to: "text")
        let warning =
            "The text is for people outside and has the name of the reporter, or a part of it."
        let stopped = try scene.type(
            "Robin", ["add", name, "public", text], [("Add it all the same? (yes or no)", "no")])
        #expect(stopped.exit == 1)
        #expect(
            stopped.text.contains(
                "casevault: warning: \(warning)\n  line 2: Charlie Doe told us.\nAdd"))
        let added = try scene.must("Robin", ["add", name, "public", text])
        #expect(added.json["warnings"] as? [String] == [warning])
        #expect(added.json["entry"] as? String == "2")
        #expect(!added.errors.contains("Charlie"))
    }
}
