// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// `casevault` on a terminal leads through an evening, with the mistakes that people make.
struct LeadingSessionTests {
    @Test func anEveningWithMistakes() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let first = try scene.startCase("Robin")

        // Sam answers what waits, mistypes, and looks around.
        let sam = try scene.type(
            "Sam", [],
            [
                ("Answer the conflict checks now? (yes or no)", "maybe"),
                ("Type yes or no.", "yes"),
                ("Do you have a conflict of interest? (yes or no)", "back"),
                ("What do you want to do?\n  1  What waits for you\n", ""),
                ("Number:", "nonsense"),
                ("Type one of the numbers, or quit.", "1"),
                ("Answer the conflict checks now? (yes or no)", "yes"),
                ("Do you have a conflict of interest? (yes or no)", "no"),
                ("1 answer recorded.", ""),
                ("Number:", "4"), ("You read no case.", ""),
                ("Number:", "members"), ("Type one of the numbers", "the members"),
                ("Committee code:", ""),
                ("Number:", "quit"),
            ])
        #expect(sam.exit == 0)

        // Robin lets Sam in, and starts a report; Control-C leads back to the list, and loses nothing.
        let about = "Whom is it about? One person a line"
        let robin = try scene.type(
            "Robin", [],
            [
                ("Catch up now? (yes or no)", "yes"), ("Sam can read \(first) now.", ""),
                ("Number:", "3"), (about, "Kim Doe"), ("> ", ""),
                ("Type the report", "Kim said things."), ("said things.\n", "^D"),
                ("Is anybody in danger now? (yes, no)", ""), ("still going on? (yes, no)", "hm"),
                ("Type yes or no, or Enter.", "no"), ("When did it happen?", "on Monday"),
                ("At what time?", "^C"),
                ("What you typed is kept on this computer", ""),
                ("Number:", "a new report"),
                ("    Kim said things.\nGo on with it? (yes, later or delete)", "yes"),
                ("Is anybody in danger now? (yes, no)", "no"), ("At what time?", "late"),
                ("Where?", "stop"),
                ("Keep it from (numbers, or nobody):", "^C"),
                ("What you typed is kept on this computer", ""),
                ("Number:", "quit"),
            ])
        #expect(robin.exit == 0, "\(robin.text.suffix(900))")
        #expect(try cases(scene) == 1)

        // The next day it is offered; then Robin writes something in the old case.
        let next = try scene.type(
            "Robin", [],
            [
                ("Go on with the report that you typed and did not sign? (yes or no)", "yes"),
                ("    Kim said things.\nGo on with it?", "yes"),
                ("Where?", "stop"), ("Keep it from (numbers, or nobody):", "nobody"),
                ("Started: ", ""),
                ("Number:", "5"), ("Which case? Number or name:", "no such"),
                ("Type a number or a name of the list, or back.", first),
                ("What is it about? Number:", "discussion"),
                ("Type the text", "We talked."), ("talked.\n", "^D"),
                ("Added to \(first)", ""),
                ("Number:", "open a case"), ("Which case?", first),
                ("    We talked.\n", ""),
                ("Number:", "done"),
            ])
        #expect(next.exit == 0, "\(next.text.suffix(900))")
        #expect(try cases(scene) == 2)
        #expect(try !scene.memory("Robin").contains { $0.name.hasSuffix(".drafts") })
    }

    /// How many cases Robin reads.
    private func cases(_ scene: Scene) throws -> Int {
        let shown = try scene.must("Robin", ["show", "--mine"])
        return (shown.json["register"] as? [Any])?.count ?? 0
    }

    /// Control-C at the list, or the end of the input, ends it and changes nothing.
    @Test func controlCEndsIt() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        for answer in ["^C", "^D", "quit", "back", "done", "8"] {
            let ended = try scene.type("Robin", [], [("Number:", answer)])
            #expect(ended.exit == 0, "\(answer)")
        }
        let piped = try scene.run("Robin", [])
        #expect(!piped.text.contains("What do you want to do?"), "a script is asked nothing")
    }
}
