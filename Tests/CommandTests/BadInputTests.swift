// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// Input that cannot be used: a typed error, the right exit code, nothing changed.
struct BadInputTests {
    /// A person may keep input behind a link; in the vault's folder others could have laid it.
    @Test func inputMayBeALink() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        try scene.makeKey("Sam")
        for (name, text) in [("about", "Alex Doe\n"), ("report.txt", "Text"), ("photo", "abc")] {
            try scene.write(text, to: "real-" + name)
            try FileManager.default.createSymbolicLink(
                atPath: scene.path(name), withDestinationPath: "real-" + name)
        }
        let started = try scene.must(
            "Robin", ["report", scene.path("report.txt"), "--about", scene.path("about")])
        let name = try #require(started.json["case"] as? String)
        try scene.must(
            "Robin", ["add", name, "discussion", "--attach", scene.path("photo")], input: "")
        let shown = try scene.run("Robin", ["show", name, "2", "--attachment", "1"])
        #expect(shown.text == "abc")

        let sealed = scene.vault.appending(path: "sealed")
        let files = try FileManager.default.contentsOfDirectory(atPath: sealed.path)
        try #require(files.count >= 4)
        for file in files {
            let path = sealed.appending(path: file)
            let elsewhere = scene.folder.appending(path: file)
            try FileManager.default.moveItem(at: path, to: elsewhere)
            try FileManager.default.createSymbolicLink(at: path, withDestinationURL: elsewhere)
        }
        let verified = try scene.run("Robin", ["verify", "--json"])
        // As if none of the files were there.
        #expect(verified.exit == 3)
    }

    /// A script must not take half an answer for the whole, nor nothing for an empty one.
    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func answerThatCannotBeWritten() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let name = try scene.startCase("Robin")
        let photo = try scene.write("abc", to: "photo")
        try scene.must("Robin", ["add", name, "discussion", "--attach", photo], input: "")
        let commands = [
            "members", "members --json", "help", "show \(name.replacing(" ", with: "-"))",
            "show \(name.replacing(" ", with: "-")) 2 --attachment 1",
        ]
        for command in commands {
            let result = try scene.shell("Robin", "\"$CASEVAULT\" \(command) >/dev/full")
            #expect(result.exit == 1, "\(command)")
            #expect(
                result.errors == """
                    casevault: error: The answer could not be written.
                    casevault: hint: Look at where standard output goes. What the command did stands.

                    """, "\(command)")
        }
        // Who has read enough closes the pipe; that is no failure.
        let closed = try scene.shell(
            "Robin",
            "(sleep 0.2; \"$CASEVAULT\" members; echo $? >code) | true; sleep 0.1; cat code")
        #expect(closed.text == "0\n")
        #expect(closed.errors.isEmpty)
    }

    @Test func reports() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let about = try scene.write("Alex Doe\n", to: "about")
        let before = scene.listing
        let inputs: [(bytes: Data, code: String, message: String)] = [
            (Data(), "badInput", "The report has no text."),
            (Data(" \n".utf8), "badInput", "The report has no text."),
            (
                Data(repeating: 0x61, count: 2 << 20), "badInput",
                "The field \"text\" is longer than 1048576 bytes."
            ),
        ]
        for input in inputs {
            let path = scene.path("input.txt")
            try input.bytes.write(to: URL(fileURLWithPath: path))
            let result = try scene.run("Robin", ["report", path, "--about", about, "--json"])
            #expect(result.exit == 1)
            #expect(result.errorCode == input.code)
            let error = result.json["error"] as? [String: Any]
            #expect(error?["message"] as? String == input.message)
            #expect(error?["file"] as? String == path)
        }
        for text in ["", "# nobody\n", "; alias\n", "a\u{202E}b\n", "Alex\nalex\n"] {
            let path = try scene.write(text, to: "about-bad")
            let result = try scene.run(
                "Robin", ["report", "--about", path, "--json"], input: "Text")
            #expect(result.exit == 1)
            #expect(result.errorCode == "badInput")
        }
        for text in [
            "", "[]", "{\"nonsense\":1}", "{\"channel\":\"smoke\"}", "\u{0}", "{\"impact\":\"a\",}",
            "{\"impact\":\"a\",\"impact\":\"b\"}", "{\"witnesses\":[{\"name\":\"a\"},]}",
        ] {
            let path = try scene.write(text, to: "fields")
            let result = try scene.run(
                "Robin", ["report", "--about", about, "--fields", path, "--json"], input: "Text")
            #expect(result.exit == 1)
            #expect(result.errorCode == "badInput")
        }
        let folder = try scene.run(
            "Robin", ["report", scene.folder.path, "--about", about, "--json"])
        #expect(folder.exit == 1)
        #expect(folder.errorCode == "fileSystem")
        #expect(scene.listing == before)
    }

    @Test func entries() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let name = try scene.startCase("Robin")
        let before = scene.listing
        for bytes in [Data(), Data("  \n".utf8)] {
            let path = scene.path("entry")
            try bytes.write(to: URL(fileURLWithPath: path))
            let result = try scene.run("Robin", ["add", name, "plan", path, "--json"])
            #expect(result.exit == 1)
            #expect(result.errorCode == "badInput")
        }
        let huge = String(repeating: "a", count: 3 << 20)
        #expect(try scene.run("Robin", ["add", name, "plan"], input: huge).exit == 1)
        let attached = try scene.run(
            "Robin", ["add", name, "plan", "--attach", scene.path("none"), "--json"], input: "Text")
        #expect(attached.exit == 1)
        #expect(attached.errorCode == "fileSystem")
        let corrected = try scene.run(
            "Robin", ["add", name, "plan", "--corrects", "9", "--json"], input: "Text")
        #expect(corrected.errorCode == "unknownName")
        let number = String(Int.max)
        #expect(
            try scene.run("Robin", ["show", name, number, "--json"]).errorCode == "unknownName")
        let attachment = ["show", name, "1", "--attachment", number]
        #expect(try scene.run("Robin", attachment).exit == 1)
        #expect(scene.listing == before)
    }

    @Test func aDamagedFileIsNamed() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        _ = try scene.startCase("Robin")
        let sealed = scene.vault.appending(path: "sealed")
        let names = FileManager.default.enumerator(atPath: sealed.path)?.allObjects as? [String]
        let name = try #require(names?.filter { $0.utf8.count > 60 }.sorted().first)
        let file = sealed.appending(path: name)
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 1
        try FileManager.default.removeItem(at: file)
        try bytes.write(to: file)
        for arguments in [["verify", "--no-key"], ["verify"]] {
            let result = try scene.run("Robin", arguments + ["--json"])
            #expect(result.exit == 3)
            #expect(result.json["ok"] as? Bool == false)
            #expect(result.errorCode == "damaged")
            let damaged = try #require(result.json["damaged"] as? [[String: String]])
            #expect(damaged == [["file": "sealed/" + name, "why": "nameDoesNotMatch"]])
            #expect(
                result.keys.isSuperset(of: ["files", "ignored", "mine", "missing", "problems"]))
            let text = try scene.run("Robin", arguments)
            #expect(text.exit == 3)
            #expect(
                text.errors == """
                    casevault: error: The vault is damaged: its bytes are not those that its name \
                    promises. (sealed/\(name))
                    casevault: hint: Let your sync tool finish, or restore the file from a \
                    colleague's copy.

                    """)
        }
    }

    @Test func whatToDoFitsWhatIsWrong() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let sealed = scene.vault.appending(path: "sealed")
        let there = Set(try FileManager.default.contentsOfDirectory(atPath: sealed.path))
        let free = try #require(
            (16...255).map { String($0, radix: 16) }.first { !there.contains($0) })
        try Data().write(to: sealed.appending(path: free))
        for arguments in [["verify", "--no-key"], ["verify"]] {
            let result = try scene.run("Robin", arguments)
            #expect(result.exit == 3)
            #expect(result.errors.contains("hint: Move the file or link out of the vault"))
            #expect(!result.errors.contains("colleague's copy"))
        }
        // Each thing that is to be done is said once.
        let some = try #require(there.sorted().first)
        try Data().write(
            to: sealed.appending(path: some).appending(
                path: some + String(repeating: "0", count: 62)))
        let both = try scene.run("Robin", ["verify"])
        #expect(
            both.errors.contains("Move the file or link") && both.errors.contains("colleague's"))
    }

    @Test func controlCharactersAreShownEscaped() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let bell = "Ring \u{7}\u{1B}[31m the \u{202E}bell"
        let name = try scene.startCase("Robin", text: bell)
        let attached = try scene.write("x", to: "a\u{1B}[1m.txt")
        try scene.must("Robin", ["add", name, "witness", "--attach", attached], input: "Seen.")
        try scene.must("Robin", ["row", name, "dateTime=noon\u{1B}[2J"])
        for arguments in [["show", name], ["show", "--register"]] {
            let text = try scene.run("Robin", arguments).text
            #expect(!text.contains("\u{1B}"))
            #expect(!text.contains("\u{7}"))
            #expect(!text.contains("\u{202E}"))
            #expect(text.contains("\\u{001B}"))
            let json = try scene.run("Robin", arguments + ["--json"])
            #expect(json.exit == 0)
            #expect(!json.text.contains("\u{1B}"))
        }
        let entries = try scene.must("Robin", ["show", name]).json["entries"] as? [[String: Any]]
        #expect(entries?.first?["text"] as? String == bell)
    }

    @Test func aFolderThatCannotBeWritten() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let name = try scene.startCase("Robin")
        let before = scene.listing
        // Root ignores permissions, so the folder is mounted again, read-only.
        let mounts = Mounts()
        try mounts.bindReadOnly(scene.vault.path)
        defer { mounts.undo() }
        let result = try scene.run("Robin", ["add", name, "plan", "--json"], input: "Text")
        #expect(result.exit == 1)
        #expect(result.errorCode == "fileSystem")
        #expect(try scene.run("Robin", ["show", name]).exit == 0, "reading goes on")
        #expect(scene.listing == before)
    }

    @Test func aFullDisk() throws {
        let scene = try Scene()
        let mounts = Mounts()
        try FileManager.default.createDirectory(at: scene.vault, withIntermediateDirectories: true)
        try mounts.smallDisk(scene.vault.path)
        defer { mounts.undo() }
        try scene.committee("Robin")
        let name = try scene.startCase("Robin")
        let before = scene.listing
        let bytes = Data(repeating: 7, count: 4 << 20)
        try bytes.write(to: scene.folder.appending(path: "large"))
        let result = try scene.run(
            "Robin", ["add", name, "plan", "--attach", scene.path("large"), "--json"], input: "Text"
        )
        #expect(result.exit == 1)
        #expect(result.errorCode == "diskFull")
        #expect(result.errors.contains("casevault: error: The disk is full."))
        #expect(scene.listing == before)
        #expect(try scene.run("Robin", ["verify"]).exit == 0)
    }
}
