// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// The errors of commands that are refused or fail, word for word, with nothing changed.
struct ErrorTextTests {
    /// Runs a command that must fail, and compares text, exit code and code; nothing may change.
    private func expect(
        _ scene: Scene, _ person: String, _ arguments: [String], input: String? = nil,
        exit: Int32, code: String, _ message: String, hint: String, file: String? = nil,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let before = scene.listing
        let result = try scene.run(person, arguments, input: input)
        let place = file.map { " (\($0))" } ?? ""
        let expected = "casevault: error: \(message)\(place)\ncasevault: hint: \(hint)\n"
        #expect(result.errors == expected, sourceLocation: location)
        #expect(result.text.isEmpty, sourceLocation: location)
        #expect(result.exit == exit, sourceLocation: location)
        let json = try scene.run(person, arguments + ["--json"], input: input)
        #expect(json.exit == exit, sourceLocation: location)
        #expect(json.errorCode == code, sourceLocation: location)
        let error = json.json["error"] as? [String: Any] ?? [:]
        #expect(error["message"] as? String == message, sourceLocation: location)
        #expect(error["hint"] as? String == hint, sourceLocation: location)
        #expect(error["file"] as? String == file, sourceLocation: location)
        #expect(scene.listing == before, sourceLocation: location)
    }

    @Test func keyFiles() throws {
        let scene = try Scene()
        try FileManager.default.createDirectory(at: scene.vault, withIntermediateDirectories: true)
        let key = scene.path("home-Robin/.config/casevault/key")
        try expect(
            scene, "Robin", ["card"], exit: 1, code: "noKey", "There is no key file.",
            hint: "Make one with: casevault key NAME, or name yours with --key FILE.", file: key)
        try expect(
            scene, "Robin", ["key", "Robin"], exit: 2, code: "needsAnswer",
            "The key file needs a passphrase, and there is no terminal to ask on.",
            hint: "Give it with --passphrase-fd N, or use --no-passphrase.")
        try expect(
            scene, "Robin", ["key", "a\u{7}b", "--no-passphrase"], exit: 1, code: "badInput",
            "This cannot be a member's name.",
            hint: "Use 1 to 100 visible characters in one line, at most 200 bytes.")
        try scene.makeKey("Robin")
        try expect(
            scene, "Robin", ["key", "Robin", "--no-passphrase"], exit: 1, code: "alreadyExists",
            "The file is there already.",
            hint: "Choose another name, or move the old file away first.", file: key)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        try expect(
            scene, "Robin", ["card"], exit: 1, code: "keyFileTooOpen",
            "Other users of this computer can read the key file.",
            hint: "Run: chmod 600 on the file, and think about who could have copied it. Where "
                + "that changes nothing the disk keeps no permissions: move it to one that does.",
            file: key)
        for (name, bytes) in [("empty", Data()), ("binary", Data(0...255))] {
            let path = scene.path(name)
            try bytes.write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            try expect(
                scene, "Robin", ["card", "--key", path], exit: 1, code: "notAKey",
                "This is not a CaseVault key file.", hint: "Name your own key file.", file: path)
        }
    }

    @Test func passphrases() throws {
        let scene = try Scene()
        let made = try scene.run(
            "Robin", ["key", "Robin", "--passphrase-fd", "0"], input: "right\n")
        #expect(made.exit == 0)
        let key = scene.path("home-Robin/.config/casevault/key")
        try expect(
            scene, "Robin", ["card"], exit: 2, code: "needsAnswer",
            "The key file needs a passphrase, and there is no terminal to ask on.",
            hint: "Give the passphrase with: --passphrase-fd N")
        try expect(
            scene, "Robin", ["card", "--passphrase-fd", "0"], input: "wrong\n", exit: 1,
            code: "wrongPassphrase", "The passphrase is wrong, or the key file was changed.",
            hint: "Try again, or restore the key from your printed backup.", file: key)
        try expect(
            scene, "Robin", ["card", "--passphrase-fd", "0"], input: "\n", exit: 1,
            code: "badInput", "The passphrase was empty.", hint: "Give at least one character.")
        try expect(
            scene, "Robin", ["card", "--passphrase-fd", "99"], exit: 1, code: "badInput",
            "The passphrase could not be read from that descriptor.",
            hint: "Open it, for example with: --passphrase-fd 3 3< FILE")
        let card = try scene.run("Robin", ["card", "--passphrase-fd", "0"], input: "right\n")
        #expect(card.exit == 0)
        #expect(card.text.hasPrefix("casevault-card/1 "))
    }

    @Test func backups() throws {
        let scene = try Scene()
        for input in ["", "Robin\n", "Robin\nAAAAA-BBBBB\n", String(repeating: "A", count: 9000)] {
            try expect(
                scene, "Robin", ["key", "--from-backup", "--no-passphrase", "--json"].dropLast(),
                input: input, exit: 1, code: "notABackup",
                "This is not a printed backup, or it has a typing mistake.",
                hint:
                    "Type the name and every group again; the letters O, I, L and U do not occur.",
                warning: true)
        }
        #expect(!FileManager.default.fileExists(atPath: scene.path("home-Robin/.config")))
    }

    /// The same as the other, for commands that warn before they fail.
    private func expect(
        _ scene: Scene, _ person: String, _ arguments: ArraySlice<String>, input: String,
        exit: Int32, code: String, _ message: String, hint: String, warning: Bool,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let result = try scene.run(person, arguments + ["--json"], input: input)
        #expect(result.exit == exit, sourceLocation: location)
        #expect(result.errorCode == code, sourceLocation: location)
        #expect(
            result.errors.hasSuffix("casevault: error: \(message)\ncasevault: hint: \(hint)\n"),
            sourceLocation: location)
    }

    @Test func folders() throws {
        let scene = try Scene()
        try scene.makeKey("Robin")
        try FileManager.default.createDirectory(at: scene.vault, withIntermediateDirectories: true)
        try expect(
            scene, "Robin", ["show"], exit: 1, code: "notAVault",
            "There is no vault in this folder.",
            hint: "Choose the folder that holds the file named VAULT.", file: scene.vault.path)
        let none = try scene.run("Robin", ["show"], environment: ["CASEVAULT_DIR": ""])
        #expect(none.exit == 1)
        #expect(
            none.errors == """
                casevault: error: There is no vault in this folder or above it.
                casevault: hint: Name it with --vault DIR or CASEVAULT_DIR. \
                All commands: casevault help

                """)
        try scene.write("mine", to: "vault/notes.txt")
        try expect(
            scene, "Robin", ["create", "Local organizers"], exit: 1, code: "alreadyExists",
            "The folder is not empty.", hint: "Choose a new folder for the vault.",
            file: scene.vault.path)
        for (text, code, exit) in [
            ("casevault/2\n" + String(repeating: "0", count: 64) + "\n", "newerVersion", 1),
            ("nonsense", "damaged", 3), ("", "damaged", 3),
        ] as [(String, String, Int32)] {
            try scene.write(text, to: "vault/VAULT")
            for arguments in [["show"], ["verify"], ["verify", "--no-key"]] {
                let result = try scene.run("Robin", arguments + ["--json"])
                #expect(result.exit == exit)
                #expect(result.errorCode == code)
            }
        }
    }

    @Test func cardsAndFingerprints() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let fingerprint = try scene.makeKey("Kim")
        let card = scene.path("Kim.card")
        for (name, text) in [("empty", ""), ("text", "hello"), ("cut", "casevault-card/1 AAAA")] {
            let path = try scene.write(text, to: name)
            try expect(
                scene, "Robin", ["admit", path, "--fingerprint", fingerprint], exit: 1,
                code: "notACard", "This is not a member's card, or it was changed on the way.",
                hint: "Ask the member to send the card again.", file: path)
        }
        let huge = try scene.write(String(repeating: "A", count: (1 << 20) + 1), to: "huge")
        try expect(
            scene, "Robin", ["admit", huge, "--fingerprint", fingerprint], exit: 1,
            code: "tooLarge", "The file is larger than 1048576 bytes.",
            hint: "Check that it is the right file.", file: huge)
        try expect(
            scene, "Robin", ["admit", scene.path("none"), "--fingerprint", fingerprint], exit: 1,
            code: "fileSystem", "There is no such file or folder.", hint: "Check the path.",
            file: scene.path("none"))
        try expect(
            scene, "Robin", ["admit", card], exit: 2, code: "needsAnswer",
            "The fingerprint that the owner of the card reads aloud is missing.",
            hint: "Give it with: --fingerprint \"DIGITS\"")
        try expect(
            scene, "Robin", ["admit", card, "--fingerprint", "12345"], exit: 1, code: "badInput",
            "A fingerprint has 40 digits.", hint: "Type all eight groups of five digits.")
        try expect(
            scene, "Robin",
            ["admit", card, "--fingerprint", String(repeating: "0", count: 40)], exit: 1,
            code: "fingerprintMismatch", "This is not the fingerprint of that card.",
            hint:
                "Ask the owner to read it again. If it stays different, somebody changed the card.")
        try expect(
            scene, "Robin", ["confirm", "Sam"], exit: 2, code: "needsAnswer",
            "The digits that were read aloud are missing.",
            hint: "Give them with: --digits \"DIGITS\"")
        try expect(
            scene, "Robin", ["confirm", "Sam", "--code", String(repeating: "0", count: 40)],
            exit: 1, code: "fingerprintMismatch",
            "This is not the code that this computer shows.",
            hint:
                "Let both computers sync, then compare again. If it stays different, stop and ask.")
        try expect(
            scene, "Robin", ["remove", "Nobody"], exit: 1, code: "unknownName",
            "There is no such member.", hint: "Look at the list of members.")
        try expect(
            scene, "Robin", ["remove", "Robin"], exit: 1, code: "refused",
            "You cannot remove yourself: who leaves never makes the new keys.",
            hint: "Ask a colleague to remove you.")
    }

    @Test func casesThatAreNotYoursAndCasesThatDoNotExistAreOneError() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        for word in [name, "home shelf", "no", ""] {
            for arguments in [
                ["show", word], ["show", word, "1"], ["access", word], ["access", word, "recuse"],
                ["row", word, "status=new"], ["hold", word, "on"],
                ["erase", word, "--confirm", "home shelf"],
            ] {
                try expect(
                    scene, "Sam", arguments, exit: 4, code: "notForYou",
                    "Your key does not open this, or it does not exist.",
                    hint: "Check the name, let your sync tool finish, or ask a colleague.")
            }
        }
        // A slip in the name of a case of one's own.
        let slip = name.dropLast() + (name.last == "z" ? "y" : "z")
        try expect(
            scene, "Robin", ["show", String(slip)], exit: 4, code: "notForYou",
            "Your key does not open this, or it does not exist.",
            hint: "Did you mean \(name)? Check the name, let your sync tool finish, or ask a "
                + "colleague.")
        try scene.makeKey("stranger")
        try expect(
            scene, "stranger", ["show"], exit: 4, code: "notForYou",
            "Your key opens nothing in this folder.",
            hint: "If you are new: send your card (casevault card) to a member, and wait until you "
                + "are admitted and the folder has synchronised.")
    }

    @Test func questionsThatCannotBeAsked() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        try expect(
            scene, "Robin", ["report"], input: "Text", exit: 2, code: "needsAnswer",
            "It is not said whom this is about.",
            hint: "Name a file with one reported person a line: --about FILE")
        let about = try scene.write("Alex Doe\n", to: "about-alex")
        for arguments in [["report", "--about", about], ["check", name, "--about", about]] {
            try expect(
                scene, "Robin", arguments, input: "Text", exit: 2, code: "needsAnswer",
                "It is not said whether a reported person is on the committee, or close to a member.",
                hint: "Keep it from them with --withhold MEMBER, or say --withhold none.")
        }
        try expect(
            scene, "Sam", ["declare"], exit: 2, code: "needsAnswer",
            "There are no answers on standard input, and no terminal to ask on.",
            hint: "Give the JSON that casevault help declare shows.")
        try scene.makeKey("Kim")
        let fingerprint = try scene.must("Kim", ["card"]).json["fingerprint"] as? String ?? ""
        try expect(
            scene, "Robin", ["admit", scene.path("Kim.card"), "--fingerprint", fingerprint],
            exit: 2, code: "needsAnswer", "Say which checks must be kept from the newcomer.",
            hint: "Give --withhold ID for each of them, or --withhold none.")
        try scene.declare("Sam", "noConflict")
        try scene.must("Robin", ["catch-up"])
        for arguments in [["show", name], ["show", name, "1"]] {
            try expect(
                scene, "Sam", arguments, exit: 2, code: "needsAnswer",
                "You have not said yet whether you have a conflict with anybody in this case.",
                hint: "Say it with --first-look noConflict or --first-look conflict.")
        }
        try expect(
            scene, "Sam", ["add", name, "discussion"], input: "Text", exit: 1,
            code: "firstLookNeeded", "Look at the people named in this case first.",
            hint: "Run: casevault show CASE")
        let left = try scene.run("Sam", ["show", name, "--first-look", "conflict", "--json"])
        #expect(left.exit == 4)
        #expect(left.errorCode == "notForYou")
        #expect(left.keys.isSuperset(of: ["granted", "revoked", "waiting", "cannotUndo"]))
        #expect(try scene.run("Sam", ["show", name]).exit == 4)
    }

    @Test func answersMustBeExact() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        _ = try scene.startCase("Robin")
        let check = try #require(try scene.checks("Sam").first)
        let answer = #"{"check":"\#(check)","answer":"noConflict"}"#
        for input in [
            "{", "[]", "{}", #"{"answers":{}}"#, #"{"answers":["\#(check)"]}"#,
            #"{"answers":[{"check":"\#(check)","answer":"none"}]}"#,
            #"{"answers":[{"check":"\#(check)"}]}"#,
            #"{"answers":[{"check":"\#(check)","answer":"conflict","why":"x"}]}"#,
            #"{"answers":[\#(answer)],"more":[]}"#, #"{"answers":[\#(answer),\#(answer)]}"#,
            #"{"answers":[{"check":"12345678","answer":"conflict"}]}"#,
        ] {
            try expect(
                scene, "Sam", ["declare"], input: input, exit: 1, code: "badInput",
                "The answers on standard input are not as they must be.",
                hint: "See: casevault help declare. Nothing was recorded.")
        }
        let other = String(repeating: "0", count: 64)
        try expect(
            scene, "Sam", ["declare"],
            input: #"{"answers":[\#(answer),{"check":"\#(other)","answer":"conflict"}]}"#, exit: 4,
            code: "notForYou", "Your key does not open this, or it does not exist.",
            hint: "Check the name, let your sync tool finish, or ask a colleague.")
        try expect(
            scene, "Robin", ["open", "1234", "Sam", "yes"], exit: 1, code: "badInput",
            "This is not the id of a check.",
            hint: "Give 64 digits, or at least the first 8; see: casevault declare --list")
    }

    @Test func theRegisterHoldsNoName() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        try scene.write("Talk to alex doe\n", to: "actions")
        for value in ["actionsNeeded=@" + scene.path("actions"), "resolution=ask ADOE"] {
            try expect(
                scene, "Robin", ["row", name, value], exit: 1, code: "refused",
                "The register must not hold a name from the case.",
                hint: "Write it without names; the whole committee sees the register.")
        }
        try expect(
            scene, "Robin", ["row", name, "safetyRisk=perhaps"], exit: 1, code: "badInput",
            "The column safetyRisk does not take this.", hint: "Use one of: yes, no, maybe.")
        try expect(
            scene, "Robin", ["access", name, "revoke", "Robin"], exit: 1, code: "lastReader",
            "This would leave the case without any reader.",
            hint: "Let somebody else in first, then try again.")
        try expect(
            scene, "Robin", ["access", name, "grant", "Sam"], exit: 1, code: "noDeclaration",
            "That member has not declared “no conflict” on every check of this case.",
            hint: "Ask them to answer the conflict checks. Silence is no.")
    }

    @Test func nothingIsErasedWithoutItsCodeName() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        let before = scene.listing
        for arguments in [["erase", name], ["erase", name, "--entry", "1"]] {
            try expect(
                scene, "Robin", arguments, exit: 2, code: "needsAnswer",
                "Nothing is erased without its code name.",
                hint: "Say it once more with --confirm CODENAME.")
            try expect(
                scene, "Robin", arguments + ["--confirm", "home shelf"], exit: 1, code: "refused",
                "That is not the code name of this case; nothing was erased.",
                hint: "Type the two words of the case that is to be erased for good.")
            try expect(
                scene, "Robin", arguments + ["--confirm", "yes"], exit: 1, code: "refused",
                "That is no code name; nothing was erased.",
                hint: "Type the two words of the case that is to be erased for good.")
        }
        try expect(
            scene, "Robin", ["erase", name, "--entry", "2", "--confirm", name], exit: 1,
            code: "unknownName", "The case has no such entry.",
            hint: "Show the case to see what its entries are called.")
        #expect(scene.listing == before)
        try scene.must("Robin", ["hold", name, "on"])
        for arguments in [["erase", name], ["erase", name, "--entry", "1"]] {
            try expect(
                scene, "Robin", arguments + ["--confirm", name], exit: 1, code: "onHold",
                "This case is on legal hold: nothing of it may be erased.",
                hint: "Lift the hold first, if that is right: casevault hold CASE off.")
        }
        try scene.must("Robin", ["hold", name, "off"])
        try scene.must("Robin", ["erase", name, "--entry", "1", "--confirm", name])
        try expect(
            scene, "Robin", ["erase", name, "--entry", "1", "--confirm", name], exit: 1,
            code: "refused", "This was erased already.", hint: "Nothing needs to be done.")
    }
}
