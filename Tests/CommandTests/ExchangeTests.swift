// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// Cases leave as Markdown and come back, through the command.
struct ExchangeTests {
    @Test func outAndInAgain() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let samples = Tool.root.appending(path: "Examples/reports").path
        let first = try scene.must("Robin", ["import", samples])
        #expect(
            first.keys == [
                "cases", "granted", "revoked", "cannotUndo", "waiting", "warnings",
            ])
        let cases = try #require(first.json["cases"] as? [[String: Any]])
        #expect(cases.count == 3)
        #expect(
            Set(try #require(cases.first).keys) == [
                "case", "number", "new", "added", "alreadyThere", "withheldFrom",
            ])
        let names = cases.compactMap { $0["case"] as? String }
        try scene.must("Robin", ["add", names[0], "plan"], input: "The plan.")
        let out = scene.path("out")
        let exported = try scene.must("Robin", ["export", out])
        #expect(exported.keys == ["folder", "files", "waiting", "warnings"])
        let files = try #require(exported.json["files"] as? [String])
        #expect(files.count == 9)
        #expect(exported.errors.contains("the vault no longer protects it"))
        #expect((exported.json["waiting"] as? [Any])?.isEmpty == true)

        let before = scene.listing
        let again = try scene.must("Robin", ["import", out])
        let counts = (again.json["cases"] as? [[String: Any]] ?? []).map { $0["added"] as? Int }
        #expect(counts == [0, 0, 0])
        #expect(scene.listing == before, "nothing is doubled")

        let other = try Scene()
        try other.committee("Lou")
        let moved = try other.must("Lou", ["import", out])
        let copies = (moved.json["cases"] as? [[String: Any]] ?? [])
            .compactMap { $0["case"] as? String }
        #expect(copies.count == 3)
        #expect(Set(copies).isDisjoint(with: names))
        let plans = try copies.filter { name in
            let entries = try other.must("Lou", ["show", name]).json["entries"]
            return (entries as? [[String: Any]])?.last?["text"] as? String == "The plan."
        }
        #expect(plans.count == 1)
    }

    @Test func controlCLeavesNothing() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let name = try scene.startCase("Robin")
        let large = scene.folder.appending(path: "large")
        try Data(count: 96 << 20).write(to: large)
        try scene.must("Robin", ["add", name, "witness", "--attach", large.path], input: "x")
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/python3") else {
            try Test.cancel("there is no python3 to send the signal")
        }
        // Not from here: a test runner may have the signal blocked, and children inherit that.
        let script = """
            import os, signal, subprocess, sys, time
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            tool, out = sys.argv[1:]
            run = subprocess.Popen([tool, "export", out])
            end = time.time() + 30
            while run.poll() is None and time.time() < end and not os.path.exists(out):
                time.sleep(0.0005)
            run.send_signal(signal.SIGINT)
            sys.exit(run.wait() % 256)
            """
        let result = try Tool.run(
            program: "/usr/bin/python3", ["-c", script, Tool.path, scene.path("out")],
            environment: [
                "HOME": scene.path("home-Robin"), "CASEVAULT_DIR": scene.vault.path,
                "SWIFT_BACKTRACE": "enable=no",
            ], in: scene.folder)
        #expect(result.exit == 1)
        #expect(result.errors.contains("casevault: error: Stopped on request.\n"))
        #expect(!FileManager.default.fileExists(atPath: scene.path("out")))
    }

    @Test func whatWasNotLookedAtWaits() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin", text: "MARKTEXT")
        try scene.declare("Sam", "noConflict")
        try scene.must("Robin", ["catch-up"])
        let out = scene.path("out")
        let exported = try scene.must("Sam", ["export", out])
        #expect(
            exported.json["waiting"] as? [[String: String]] == [
                ["case": name, "needs": "firstLook"]
            ])
        #expect(
            exported.json["files"] as? [String] == ["register.md", "register.csv", "README.md"])
        let text = try scene.run("Sam", ["export", scene.path("out2")])
        #expect(text.text.contains("  \(name): You have to look at the people named in it first"))
        #expect(!text.text.contains("MARKTEXT"))
    }

    @Test func placesThatAreRefused() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let name = try scene.startCase("Robin")
        try scene.write("x", to: "full/file".replacing("full/", with: ""))
        let before = scene.listing
        let full = try scene.run("Robin", ["export", scene.folder.path, "--json"])
        #expect(full.exit == 1)
        #expect(full.errorCode == "alreadyExists")
        for words in [
            ["export", scene.vault.path + "/out"],
            ["show", "--html", "--output", scene.vault.path + "/page.html"],
            ["show", name, "--html", "--output", scene.vault.path + "/page.html"],
            ["show", "--csv", "--output", scene.vault.path + "/sealed/page.csv"],
        ] {
            let result = try scene.run("Robin", words + ["--json"])
            #expect(result.exit == 1)
            #expect(result.errorCode == "refused", "\(words)")
        }
        #expect(scene.listing == before)
    }

    @Test func everythingThatIsMissingIsListedWithoutNames() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        for folder in ["docs/Secretname one", "docs/Secretname two", "docs/three"] {
            try FileManager.default.createDirectory(
                atPath: scene.path(folder), withIntermediateDirectories: true)
        }
        try scene.write("MARKTEXT", to: "docs/Secretname one/report.md")
        try scene.write("Secretname; x\nSECRETNAME\n", to: "docs/Secretname two/about")
        try scene.write("MARKTEXT", to: "docs/Secretname two/report.md")
        try scene.write("fine", to: "docs/three/report.md")
        try scene.write("Kim\n", to: "docs/three/about")
        let before = scene.listing
        let text = try scene.run("Robin", ["import", scene.path("docs")])
        #expect(text.exit == 1)
        #expect(
            text.text == """
                Case 1: it is not said whom it is about: a file called about, one person a line.
                Case 2, document 1: line 2: this name stands in an earlier line.

                """)
        #expect(
            text.errors == """
                casevault: error: 2 things in the folder cannot be imported.
                casevault: hint: Mend all that is listed and try again; nothing was changed. \
                Cases and documents are counted in the order of their names.

                """)
        let json = try scene.run("Robin", ["import", scene.path("docs"), "--json"])
        #expect(json.exit == 1)
        #expect(json.errorCode == "badInput")
        #expect(json.keys == ["error", "cases", "problems"])
        let problems = try #require(json.json["problems"] as? [[String: Any]])
        #expect(problems.map { $0["case"] as? Int } == [1, 2])
        #expect(problems.map { $0["document"] as? Int } == [nil, 1])
        for mark in ["Secretname", "SECRETNAME", "MARKTEXT"] {
            #expect(!(text.text + text.errors + json.text + json.errors).contains(mark))
        }
        #expect(scene.listing == before)
        // On a terminal, whoever imports is shown where.
        let seen = try scene.type("Robin", ["import", scene.path("docs")])
        #expect(seen.text.contains("Secretname two/about"))
        #expect(scene.listing == before)
    }

    @Test func whoIsReportedIsKeptOut() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        try FileManager.default.createDirectory(
            atPath: scene.path("docs/a"), withIntermediateDirectories: true)
        try scene.write("sam\n", to: "docs/a/about")
        try scene.write("x", to: "docs/a/report.md")
        // The files are of today, and say no other day: it has to be given.
        let open = try scene.run("Robin", ["import", scene.path("docs"), "--json"])
        #expect(open.exit == 2 && open.errorCode == "needsAnswer")
        #expect(open.errors.contains("case 1") || open.text.contains("case 1"))
        let done = try scene.run(
            "Robin", ["import", scene.path("docs"), "--day", "2025-03-04"])
        #expect(done.exit == 0)
        #expect(try scene.run("Robin", ["numbers", "2025"]).exit == 0)
        #expect(done.text.contains("kept from Sam, who shares a name with a reported person\n"))
        #expect(try scene.checks("Sam").isEmpty)
        #expect(try scene.must("Sam", ["show"]).json["register"] as? [[String: String]] == [])
    }
}
