// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

/// The passphrase asked once for a while, and asked again when it was mistyped.
struct UnlockTests {
    /// Whether the kernel's key store can be used; containers often forbid it.
    private static let works: Bool = {
        guard let one = try? SecretBytes(random: 1) else { return false }
        defer { SessionKeyring.remove("casevault-test:command") }
        return (try? SessionKeyring.keep(one, as: "casevault-test:command", seconds: 5)) != nil
    }()
    /// Why not.
    private static let why: Comment = "the kernel's key store cannot be used here"
    /// Good enough not to be warned of.
    private static let phrase = "copper lantern seven rivers"

    /// Somebody with a key that has a passphrase.
    private func scene() throws -> Scene {
        let scene = try Scene()
        for person in ["Robin", "Sam"] {
            let made = try scene.run(
                person, ["key", person, "--passphrase-fd", "0"], input: Self.phrase)
            #expect(made.exit == 0)
            #expect(made.errors.isEmpty)
        }
        return scene
    }

    /// Runs `card` where nobody can be asked; whether that worked without the passphrase.
    private func isUnlocked(_ scene: Scene, _ person: String) throws -> Bool {
        let card = try scene.run(person, ["card", "--json"])
        if card.exit == 0 { return true }
        #expect(card.errorCode == "needsAnswer")
        return false
    }

    @Test(.enabled(if: works, why)) func onceForAWhile() throws {
        let scene = try scene()
        defer { for person in ["Robin", "Sam"] { _ = try? scene.run(person, ["lock"]) } }
        #expect(try !isUnlocked(scene, "Robin"))
        let asked = try scene.run(
            "Robin", ["unlock", "--minutes", "1", "--passphrase-fd", "0"], input: Self.phrase)
        #expect(asked.exit == 0)
        #expect(
            asked.text == """
                Your key is unlocked for 1 minute, in this session.
                Lock it before that with: casevault lock

                """)
        #expect(try isUnlocked(scene, "Robin"))
        #expect(try !isUnlocked(scene, "Sam"), "only this key file")
        // Whoever hands a passphrase in is believed, not the store: the input goes on behind it.
        let wrong = try scene.run("Robin", ["card", "--passphrase-fd", "0"], input: "wrong\n")
        #expect(wrong.exit == 1)
        let locked = try scene.run("Robin", ["lock", "--json"])
        #expect(locked.json["wasUnlocked"] as? Bool == true)
        #expect(try !isUnlocked(scene, "Robin"))
        #expect(try scene.run("Robin", ["lock"]).text == "Your key was not unlocked.\n")
    }

    @Test(.enabled(if: works, why)) func anotherPassphraseLocksIt() throws {
        let scene = try scene()
        defer { _ = try? scene.run("Robin", ["lock"]) }
        let unlock = ["unlock", "--passphrase-fd", "0"]
        let asked = try scene.run("Robin", unlock + ["--json"], input: Self.phrase)
        #expect(asked.json["minutes"] as? Int == 15)
        let files = FileManager.default
        let key = scene.path("home-Robin/.config/casevault/key")
        try files.removeItem(atPath: key)
        try files.copyItem(atPath: scene.path("home-Sam/.config/casevault/key"), toPath: key)
        #expect(try !isUnlocked(scene, "Robin"))
    }

    @Test(.enabled(if: works, why)) func aWrongPassphraseUnlocksNothing() throws {
        let scene = try scene()
        let wrong = try scene.run(
            "Robin", ["unlock", "--passphrase-fd", "0", "--json"], input: "wrong")
        #expect(wrong.errorCode == "wrongPassphrase")
        #expect(try !isUnlocked(scene, "Robin"))
        for minutes in ["1441", "99999999"] {
            let long = try scene.run(
                "Robin", ["unlock", "--minutes", minutes, "--passphrase-fd", "0", "--json"],
                input: Self.phrase)
            #expect(long.errorCode == "badInput")
        }
        #expect(try !isUnlocked(scene, "Robin"))
    }

    @Test func aKeyWithoutPassphraseIsNeverLocked() throws {
        let scene = try Scene()
        _ = try scene.makeKey("Robin")
        let asked = try scene.run("Robin", ["unlock", "--json"])
        #expect(asked.exit == 1)
        #expect(asked.errorCode == "cannotStayUnlocked")
    }

    @Test(
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: "/usr/bin/strace"),
            "needs strace (apt-get install strace)"),
        arguments: ["add_key:error=EPERM", "keyctl:error=ENOSYS", "keyctl:error=EPERM:when=2+"])
    func whereTheKernelSaysNo(fault: String) throws {
        let scene = try scene()
        let call = fault.prefix { $0 != ":" }
        let refused = try Tool.run(
            program: "/usr/bin/strace",
            [
                "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e", "inject=\(fault)",
                Tool.path, "unlock", "--passphrase-fd", "0",
            ],
            environment: ["HOME": scene.path("home-Robin"), "SWIFT_BACKTRACE": "enable=no"],
            in: scene.folder, input: Data(Self.phrase.utf8))
        #expect(refused.exit == 1)
        #expect(refused.errors.hasPrefix("casevault: error: The key cannot be kept here.\n"))
        #expect(try !isUnlocked(scene, "Robin"))
    }

    @Test func aWrongPassphraseIsAskedThreeTimes() throws {
        let scene = try scene()
        let again = "This passphrase does not open your key file. Try again, or Control-C."
        let right = try scene.type(
            "Robin", ["card"],
            [
                ("Passphrase:", "coper lantern"), ("Passphrase:", ""), ("Passphrase:", "no"),
                ("Passphrase:", Self.phrase),
            ])
        #expect(right.exit == 0)
        #expect(right.text.contains("casevault-card/1 "))
        #expect(right.text.components(separatedBy: again).count == 3)
        #expect(right.text.contains("The passphrase was empty."))
        let wrong = try scene.type(
            "Robin", ["card"],
            [("Passphrase:", "one"), ("Passphrase:", "two"), ("Passphrase:", "three")])
        #expect(wrong.exit == 1)
        #expect(wrong.text.contains("The passphrase is wrong, or the key file was changed."))
    }

    @Test func aWeakPassphraseIsWarnedOf() throws {
        let scene = try Scene()
        let prompt = "Passphrase for the new key file:"
        let keep = "Keep the passphrase that you typed? (yes or no)"
        let made = try scene.type(
            "Robin", ["key", "Robin"],
            [
                (prompt, "abc"), (keep, ""), (keep, "no"), (prompt, "Robin2026robin"),
                (keep, "yes"), ("The same again:", "Robin2026robin"),
            ])
        #expect(made.exit == 0)
        #expect(made.text.contains("easily guessed: it has fewer than 12 characters."))
        #expect(made.text.contains("easily guessed: it is mostly a name, or words that"))
        #expect(!made.text.contains("obin2026"), "what was typed is not shown")
        let offers = made.text.split(separator: "\n").filter {
            $0.hasPrefix("    ") && $0.split(separator: " ").count == 5
                && $0.allSatisfy { $0 == " " || $0.isLowercase }
        }
        #expect(offers.count == 2)
        #expect(offers.first != offers.last)
        let script = try scene.run(
            "Sam", ["key", "Sam", "--passphrase-fd", "0"], input: "sam 123 sam!!")
        #expect(script.exit == 0)
        #expect(script.errors.hasPrefix("casevault: warning: This passphrase is easily guessed"))
    }
}
