// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// The folder, the account and the clock as they really are, seen through the command.
struct RealFolderTests {
    /// The whole environment of a run; nothing is added to it.
    private func run(
        _ scene: Scene, _ arguments: [String], _ environment: [String: String]
    ) throws -> Tool.Result {
        try Tool.run(
            arguments + ["--json"],
            environment: environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { told, _ in told },
            in: scene.folder)
    }

    /// Every name below a folder.
    private func names(_ folder: URL) -> Set<String> {
        let all = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String]
        return Set(all ?? [])
    }

    /// The day so many days from now.
    private func day(_ days: Int) -> String {
        let date = Date(timeIntervalSinceNow: Double(days) * 86_400)
        return String(ISO8601DateFormatter().string(from: date).prefix(10))
    }

    // MARK: - The disk

    @Test func whereADiskKeepsNoPermissionsThatIsSaid() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let name = try scene.startCase("Robin")
        try Data("attached".utf8).write(to: scene.folder.appending(path: "a.txt"))
        try scene.must(
            "Robin", ["add", name, "plan", "--attach", scene.path("a.txt")], input: "Text")
        let stick = scene.folder.appending(path: "stick")
        try FileManager.default.createDirectory(at: stick, withIntermediateDirectories: true)
        let mounts = Mounts()
        defer { mounts.undo() }
        try mounts.diskWithoutPermissions(stick.path, in: scene.path("image"))
        let sentence = "This disk keeps no permissions"
        for arguments in [
            ["show", name, "--html"], ["show", "--html"], ["show", "--csv"],
            ["show", name, "2", "--attachment", "1"],
        ] {
            for folder in ["stick", "."] {
                let file = scene.path(folder + "/page\(arguments.count)\(arguments.last ?? "")")
                let result = try scene.run("Robin", arguments + ["--output", file, "--json"])
                #expect(result.exit == 0, "\(result.errors)")
                let isSaid = result.errors.contains(sentence)
                #expect(isSaid == (folder == "stick"), "\(arguments) in \(folder)")
                #expect(result.text.contains(sentence) == isSaid)
            }
        }
        let export = try scene.run("Robin", ["export", stick.path + "/export"])
        #expect(export.exit == 0 && export.errors.contains(sentence))
        #expect(!export.text.contains("Only you"))
        let key = try scene.run(
            "Kim", ["key", "Kim", "--key", stick.path + "/key", "--no-passphrase"])
        #expect(key.exit == 1 && !FileManager.default.fileExists(atPath: stick.path + "/key"))
    }

    // MARK: - The account

    @Test(arguments: [
        [:], ["HOME": ""], ["HOME": "home"], ["HOME": "/"],
        ["HOME": "", "XDG_CONFIG_HOME": "conf", "XDG_STATE_HOME": "state"],
    ]) func nothingIsGuessedWhereThereIsNoHome(_ environment: [String: String]) throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let before = names(scene.folder)
        var all = environment
        all["CASEVAULT_DIR"] = scene.vault.path
        let root = try FileManager.default.contentsOfDirectory(atPath: "/")
        for arguments in [["key", "Robin", "--no-passphrase"], ["card"], ["show"], ["catch-up"]] {
            let result = try run(scene, arguments, all)
            #expect(result.exit == 1 && result.errorCode == "noHome", "\(arguments)")
            #expect(!result.errors.contains("/var/empty") && result.errors.contains("hint: Set "))
        }
        #expect(names(scene.folder) == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: "/") == root)
    }

    @Test func aRelativePlaceToRememberIsRefused() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let before = names(scene.folder)
        let key = scene.path("home-Robin/.config/casevault/key")
        for (name, value) in [("XDG_STATE_HOME", "state"), ("XDG_STATE_HOME", "./x")] {
            let result = try run(
                scene, ["show"],
                [
                    "HOME": scene.path("home-Robin"), "CASEVAULT_DIR": scene.vault.path,
                    "CASEVAULT_KEY": key, name: value,
                ])
            #expect(result.errorCode == "noHome" && result.errors.contains(name))
        }
        #expect(names(scene.folder) == before)
    }

    @Test func aBackupThatWasNotShownIsSaid() throws {
        let scene = try Scene()
        let full = try scene.shell("Robin", "$CASEVAULT key Robin --no-passphrase >/dev/full")
        #expect(full.exit == 1 && full.errors.contains("its printed backup was not shown"))
        #expect(full.errors.contains("casevault key --show-backup"))
        let shown = try scene.must("Robin", ["key", "--show-backup"])
        #expect((shown.json["backup"] as? String)?.isEmpty == false)
        // A reader that went away.
        let closed = try scene.shell(
            "Sam", "set -o pipefail; (sleep 1; exec $CASEVAULT key Sam --no-passphrase) | true")
        #expect(closed.exit == 1 && closed.errors.contains("was not shown"), "\(closed.errors)")
        #expect(try scene.must("Sam", ["key", "--show-backup"]).json["backup"] != nil)
    }

    // MARK: - Other processes

    @Test func whoWaitsForALockSaysForWhom() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        try scene.write(#"{"minimumReaders":2}"#, to: "rules.json")
        // The shell takes the lock and leaves its number, as a casevault does; it gives the lock up
        // as soon as the other one has said something.
        let waited = try scene.shell(
            "Robin",
            """
            lock=$(echo "$HOME"/.local/state/casevault/*.lock)
            exec 9<>"$lock" && flock 9 && echo $$ >"$lock" || exit 77
            start=$(date +%s%N)
            $CASEVAULT rules rules.json >/dev/null 2>said 9>&- &
            for i in $(seq 1000); do [ -s said ] && break; sleep 0.05; done
            end=$(date +%s%N)
            flock -u 9
            wait $!
            echo "$? $$ $(((end - start) / 1000000))"
            """)
        if waited.exit == 77 { try Test.cancel("there is no flock(1)") }
        let numbers = waited.text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        try #require(numbers.count == 3, "\(waited.text) \(waited.errors)")
        #expect(numbers[0] == 0, "it went on")
        #expect(numbers[2] >= 2000, "not before two seconds")
        let said = try String(contentsOfFile: scene.path("said"), encoding: .utf8)
        let notice = "another casevault (process \(numbers[1])) is working on this vault."
        #expect(said == "casevault: waiting: \(notice)\n")
    }

    @Test(arguments: [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGQUIT, SIGSYS])
    func aFatalSignalPrintsNothing(_ number: Int32) throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let name = try scene.startCase("Robin", about: "Zebulon Quux\n", text: "Zebulon did it.")
        let process = Process()
        // A test runner may have signals blocked, and children inherit that.
        let program = "/usr/bin/python3"
        guard FileManager.default.isExecutableFile(atPath: program) else {
            try Test.cancel("there is no python3 to start it with all signals")
        }
        let start =
            "import os, signal, sys; signal.pthread_sigmask(signal.SIG_SETMASK, []); "
            + "os.execv(sys.argv[1], sys.argv[1:])"
        process.executableURL = URL(fileURLWithPath: program)
        // It waits for the text of the entry, with the vault open and names in memory.
        process.arguments = ["-c", start, Tool.path, "add", name, "discussion", "-"]
        process.environment = [
            "HOME": scene.path("home-Robin"), "CASEVAULT_DIR": scene.vault.path,
            // A backtracer that is installed, and asked to tell everything.
            "SWIFT_BACKTRACE": "enable=yes,interactive=no,registers=all,images=all,timeout=0s",
        ]
        process.currentDirectoryURL = scene.folder
        let (input, output, errors) = (Pipe(), Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        input.fileHandleForWriting.write(Data("Zebulon said so.\n".utf8))
        // It has prepared itself, has taken the first line, and sleeps until there is more.
        let place = "/proc/\(process.processIdentifier)/"
        var asleep = 0
        for _ in 0..<600 where asleep < 4 {
            Thread.sleep(forTimeInterval: 0.05)
            let limits = (try? String(contentsOfFile: place + "limits", encoding: .utf8)) ?? ""
            let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file") } ?? ""
            let state = (try? String(contentsOfFile: place + "stat", encoding: .utf8)) ?? ""
            let isPrepared = core.split(separator: " ").suffix(3) == ["0", "0", "bytes"]
            asleep = isPrepared && state.contains(") S ") ? asleep + 1 : 0
        }
        #expect(asleep == 4)
        kill(process.processIdentifier, number)
        process.waitUntilExit()
        input.fileHandleForWriting.closeFile()
        #expect(process.terminationReason == .uncaughtSignal)
        #expect(process.terminationStatus == number)
        for pipe in [output, errors] {
            let said = String(
                decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            #expect(said.isEmpty, "\(said)")
        }
        #expect(!names(scene.folder).contains { $0.hasSuffix("core") })
    }

    // MARK: - The folder

    @Test(arguments: ["*.txt text", "*.txt text\n", "* binary\n", "* binary\n* text=auto\n"])
    func whatGitWasToldBeforeStays(_ before: String) throws {
        let scene = try Scene()
        try scene.makeKey("Robin")
        try FileManager.default.createDirectory(at: scene.vault, withIntermediateDirectories: true)
        let file = scene.vault.appending(path: ".gitattributes")
        try Data(before.utf8).write(to: file)
        try scene.must("Robin", ["create", "Local organizers"])
        let after = try String(contentsOf: file, encoding: .utf8)
        let lines = before.split(separator: "\n")
        #expect(after.hasPrefix(before))
        #expect(
            after.split(separator: "\n")
                == (lines.last == "* binary" ? lines : lines + ["* binary"]))
    }

    @Test func aFileOfAnotherVaultIsCalledThat() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let other = scene.folder.appending(path: "other")
        try scene.must("Robin", ["create", "Others", "--vault", other.path])
        for path in names(other) where path.split(separator: "/").last?.count == 64 {
            let place = scene.vault.appending(path: path)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: other.appending(path: path), to: place)
        }
        let found = try scene.run("Robin", ["verify"])
        #expect(found.exit == 3 && found.text.contains("it is of another vault, or forged"))
        // Without a key it is a file like any other.
        #expect(try scene.run("Nobody", ["verify", "--json"]).exit == 0)
    }

    @Test func aCaseOfWhichEveryFileIsGoneIsSaid() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let before = Set(scene.listing)
        let name = try scene.startCase("Robin")
        let new = Set(scene.listing).subtracting(before).compactMap {
            $0.split(separator: " ").first
        }
        try scene.declare("Sam", "noConflict")
        try scene.must("Robin", ["show", name])
        let later = scene.listing.compactMap { $0.split(separator: " ").first }
            .filter { $0.split(separator: "/").last?.count == 64 }
        // All of the case, its row and its check; only what was there before stays.
        let old = Set(before.compactMap { $0.split(separator: " ").first })
        for path in later where !old.contains(path) {
            try FileManager.default.removeItem(at: scene.vault.appending(path: String(path)))
        }
        #expect(!new.isEmpty)
        for round in 1...2 {
            for arguments in [
                ["show"], ["export", scene.path("out\(round)")], ["show", name], [], ["due"],
                ["search", "happened"],
            ] {
                let result = try scene.run("Robin", arguments + ["--json"])
                #expect(result.exit == 3, "\(arguments), \(round)")
                #expect(result.errors.contains("nothing is there any more"), "\(arguments)")
                let items = result.json["incomplete"] as? [[String: Any]]
                #expect(items?.isEmpty == false, "\(arguments)")
            }
        }
        // Whoever knows that it is gone says so, and it is quiet again.
        let logs = try #require(
            try scene.run("Robin", ["verify", "--json"]).json["problems"] as? [[String: Any]])
        for text in logs.compactMap({ $0["text"] as? String }) where text.hasPrefix("Log ") {
            let id = String(text.split(separator: " ")[1])
            _ = try scene.run("Robin", ["verify", "--accept", id])
        }
        #expect(try scene.run("Robin", ["show", "--json"]).exit == 0)
    }

    @Test func aVaultWithoutTheBytesOfAnAttachmentIsNotCalledWhole() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let name = try scene.startCase("Robin")
        let text = try scene.write("With a photo.", to: "text")
        let photo = try scene.write("PHOTO", to: "a.jpg")
        try scene.must("Robin", ["add", name, "discussion", text, "--attach", photo])
        #expect(try scene.run("Robin", ["verify"]).exit == 0)
        let path = try #require(
            names(scene.vault).map { scene.vault.appending(path: $0) }.first {
                (try? Data(contentsOf: $0).starts(with: Data("CVAF".utf8))) ?? false
            })
        let away = scene.folder.appending(path: "away")
        try FileManager.default.moveItem(at: path, to: away)
        let found = try scene.run("Robin", ["verify"])
        #expect(found.exit == 3 && found.text.contains("An attachment's bytes are not there."))
        #expect(!found.text.contains("is whole"))
        #expect(try scene.run("Robin", ["verify", "--json"]).errorCode == "incomplete")
        #expect(try scene.run("Robin", ["show", name]).exit == 3)
        try FileManager.default.moveItem(at: away, to: path)
        #expect(try scene.run("Robin", ["verify"]).exit == 0)
    }

    @Test func whoWasTakenOutIsNotToldThatSomethingIsMissing() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        try scene.declare("Sam", "noConflict")
        try scene.must("Robin", ["catch-up"])
        try scene.must("Sam", ["show", name, "--first-look", "noConflict"])
        try scene.must("Robin", ["access", name, "revoke", "Sam"])
        #expect(try scene.run("Sam", ["show", name, "--json"]).exit == 4)
        #expect(try scene.run("Sam", ["show", "--json"]).exit == 0)
    }

    // MARK: - The clock

    @Test func aDayAheadIsAskedAboutAndFarOffRefused() throws {
        let scene = try Scene()
        try scene.committee("Robin")
        let name = try scene.startCase("Robin")
        let text = try scene.write("Said.", to: "text")
        func add(_ day: String, _ more: String...) throws -> Tool.Result {
            try scene.run(
                "Robin", ["add", name, "discussion", text, "--day", day, "--json"] + more)
        }
        let before = scene.listing
        let asked = try add(day(5))
        #expect(asked.exit == 2 && asked.errorCode == "needsAnswer")
        #expect(asked.errors.contains("--day-is-right"))
        #expect(try add("2999-01-01").exit == 1)
        #expect(try add("2999-01-01", "--day-is-right").exit == 1, "nobody means that")
        #expect(scene.listing == before)
        #expect(try add(day(5), "--day-is-right").exit == 0)
        #expect(try add(day(-3000)).exit == 0)
    }

    @Test func aWrongClockIsAskedAboutBeforeAnythingIsSigned() throws {
        let scene = try Scene()
        try scene.committee("Robin", "Sam")
        let name = try scene.startCase("Robin")
        let text = try scene.write("Said.", to: "text")
        let clock = try ShiftedClock(in: scene)
        func add(_ days: Int, _ more: String...) throws -> Tool.Result {
            try scene.run(
                "Robin", ["add", name, "discussion", text, "--json"] + more,
                environment: clock.environment(days))
        }
        let before = scene.listing
        for days in [-3, -9000, 500, 30_000] {
            let result = try add(days)
            #expect(result.exit == 2 && result.errorCode == "needsAnswer", "\(days)")
            #expect(result.errors.contains("Your computer says it is"), "\(result.errors)")
            // Reading is no act.
            #expect(
                try scene.run("Robin", ["show", name], environment: clock.environment(days)).exit
                    == 0)
        }
        #expect(scene.listing == before)
        // What a colleague wrote arrives on a computer that says it is three days later.
        try scene.declare("Sam", "noConflict")
        let ahead = try add(3)
        #expect(ahead.exit == 2 && ahead.errors.contains("what came today from colleagues says"))
        #expect(try add(1).exit == 0)
        #expect(try add(500, "--day-is-right").exit == 0)
    }
}

/// Another clock for one process.
private struct ShiftedClock {
    /// What is loaded in front of the C library.
    private let library: String

    /// Builds it with the system's C compiler; the command must not be static.
    init(in scene: Scene) throws {
        let source = """
            #include <stdlib.h>
            #include <sys/syscall.h>
            #include <time.h>
            #include <unistd.h>
            int clock_gettime(clockid_t clock, struct timespec *now) {
                int result = (int)syscall(SYS_clock_gettime, clock, now);
                const char *days = getenv("SHIFTED_DAYS");
                if (result == 0 && clock == CLOCK_REALTIME && days) now->tv_sec += 86400L * atol(days);
                return result;
            }
            """
        library = scene.path("clock.so")
        let file = try scene.write(source, to: "clock.c")
        let made = try? Tool.run(
            program: "/usr/bin/cc", ["-shared", "-fPIC", "-o", library, file],
            environment: ["PATH": "/usr/bin:/bin"], in: scene.folder)
        guard made?.exit == 0 else { try Test.cancel("there is no C compiler for another clock") }
    }

    /// What makes the command's clock stand so many days from now.
    func environment(_ days: Int) -> [String: String] {
        ["LD_PRELOAD": library, "SHIFTED_DAYS": "\(days)"]
    }
}
