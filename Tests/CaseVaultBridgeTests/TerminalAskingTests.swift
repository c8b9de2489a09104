// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

/// Each test runs in a process of its own with a new terminal, into which a thread types.
///
/// A test waits for a process, and its end is noticed only when a long test beside it pauses.
@Suite(.endsAHang) struct TerminalAskingTests {
    /// Types into a terminal once the prompt is there, since what comes earlier is dropped.
    static func type(_ text: String, into master: Int32, after prompt: String = "? ") {
        Thread {
            _ = waitFor(prompt, from: master)
            try? Terminal.write(Array(text.utf8), to: master)
        }.start()
    }

    /// Reads what a terminal shows until it contains `text`.
    static func waitFor(_ text: String, from master: Int32) -> String {
        let handle = FileHandle(fileDescriptor: master, closeOnDealloc: false)
        var shown = ""
        while !shown.contains(text) {
            shown += String(decoding: handle.availableData, as: UTF8.self)
        }
        return shown
    }

    @Test func readsASecretWithoutShowingIt() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let master = Probe.takeNewTerminal()
            try #require(master >= 0)
            TerminalAskingTests.type("not shown\n", into: master)
            let answer = try Terminal.readSecret(prompt: "? ")
            try #require(exposed(answer) == Array("not shown".utf8))
            try #require(Probe.echoes() == true)
            // Whatever else was shown comes before this mark.
            Probe.show("MARK")
            let shown = TerminalAskingTests.waitFor("MARK", from: master)
            try #require(!shown.contains("shown"))
            exit(0)
        }
    }

    @Test func readsALine() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let master = Probe.takeNewTerminal()
            try #require(master >= 0)
            TerminalAskingTests.type("yes\n", into: master)
            try #require(try Terminal.readLine(prompt: "? ") == "yes")
            exit(0)
        }
    }

    @Test func endOfInputIsAnError() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let master = Probe.takeNewTerminal()
            try #require(master >= 0)
            TerminalAskingTests.type("\u{4}", into: master)
            #expect(throws: TerminalError.endOfInput) {
                _ = try Terminal.readSecret(prompt: "? ")
            }
            try #require(Probe.echoes() == true)
            exit(0)
        }
    }

    @Test(arguments: [1022, 1023, 1024]) func hasALimit(count: Int) async {
        await #expect(processExitsWith: .exitCode(0)) { [count = count as Int] in
            let master = Probe.takeNewTerminal()
            try #require(master >= 0)
            let text = String(repeating: "a", count: count)
            TerminalAskingTests.type(text + "\n", into: master)
            if count <= 1023 {
                try #require(try Terminal.readSecret(prompt: "? ").count == count)
            } else {
                #expect(throws: TerminalError.tooLong) {
                    _ = try Terminal.readSecret(prompt: "? ")
                }
            }
            try #require(Probe.echoes() == true)
            exit(0)
        }
    }

    /// Control-C kills as ever, after the echo is back: the handler of this test looks.
    @Test func anInterruptFindsTheEchoOn() async {
        await #expect(processExitsWith: .exitCode(3)) {
            let master = Probe.takeNewTerminal()
            try #require(master >= 0)
            signal(SIGINT) { _ in _exit(Probe.echoes() == true ? 3 : 4) }
            TerminalAskingTests.type("half\u{3}", into: master)
            _ = try? Terminal.readSecret(prompt: "? ")
            // Another thread may get the signal; this one waits for it.
            sleep(10)
            exit(5)
        }
    }

    /// So do signals that another process sends.
    @Test(arguments: [SIGTERM, SIGHUP]) func otherSignalsFindTheEchoOn(number: Int32) async {
        await #expect(processExitsWith: .exitCode(3)) { [number = number as Int32] in
            let master = Probe.takeNewTerminal()
            try #require(master >= 0)
            signal(number) { _ in _exit(Probe.echoes() == true ? 3 : 4) }
            Thread {
                _ = TerminalAskingTests.waitFor("? ", from: master)
                kill(getpid(), number)
            }.start()
            _ = try? Terminal.readSecret(prompt: "? ")
            sleep(10)
            exit(5)
        }
    }

    @Test func anInterruptKills() async {
        await #expect(processExitsWith: .signal(SIGINT)) {
            let master = Probe.takeNewTerminal()
            try #require(master >= 0)
            TerminalAskingTests.type("half\u{3}", into: master)
            _ = try? Terminal.readSecret(prompt: "? ")
            // Another thread may get the signal; this one waits for it.
            sleep(10)
            exit(5)
        }
    }

    @Test func quitIsACancel() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let master = Probe.takeNewTerminal()
            try #require(master >= 0)
            TerminalAskingTests.type("half\u{1C}", into: master)
            #expect(throws: TerminalError.interrupted(signal: SIGQUIT)) {
                _ = try Terminal.readSecret(prompt: "? ")
            }
            try #require(Probe.echoes() == true)
            exit(0)
        }
    }

    @Test func withoutATerminalThereIsNoAnswer() async {
        await #expect(processExitsWith: .exitCode(0)) {
            try #require(setsid() >= 0)
            #expect(throws: TerminalError.noTerminal) {
                _ = try Terminal.readSecret(prompt: "? ")
            }
            #expect(throws: TerminalError.noTerminal) {
                _ = try Terminal.readLine(prompt: "? ")
            }
            exit(0)
        }
    }

    @Test func knowsATerminalAndItsWidth() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let master = Probe.takeNewTerminal()
            try #require(master >= 0)
            Probe.setColumns(master, 93)
            try #require(Terminal.isTerminal(master))
            try #require(Terminal.columns(master) == 93)
            Probe.setColumns(master, 0)
            try #require(Terminal.columns(master) == nil)
            exit(0)
        }
    }
}
