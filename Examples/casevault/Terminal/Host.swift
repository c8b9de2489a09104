// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

private import CaseVaultBridge

/// The process around the command: streams, environment, the way out.
enum Host {
    /// Makes the process ready: no core dumps, no death by a closed pipe.
    static func prepare() {
        Terminal.disableCoreDumps()
        Terminal.disableCrashReports()
        Terminal.ignoreBrokenPipes()
        WaitNotice.set { holder in
            let who = holder.map { "another casevault (process \($0))" } ?? "another casevault"
            Host.say("casevault: waiting: \(who) is working on this vault.")
        }
    }

    /// Whether a person can be asked: standard input and standard error are a terminal.
    ///
    /// A script with its input redirected is not asked through the terminal it was started from.
    static var canAsk: Bool { Terminal.isTerminal(0) && Terminal.isTerminal(2) }

    /// The folder in which relative paths begin.
    static var currentFolder: String { Terminal.currentDirectory ?? "/" }

    /// Whether standard output is a screen.
    static var writesToScreen: Bool { Terminal.isTerminal(1) }

    /// Whether progress can be shown.
    static var showsProgress: Bool { Terminal.isTerminal(2) }

    /// The width of the terminal that standard output is; `nil` if it is none.
    static var columns: Int? { Terminal.columns(1) }

    /// Writes to standard output.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - mustBeRead: Whether it is an error that nobody reads it any more.
    /// - Throws: A failure when it could not be written.
    static func write(_ text: String, mustBeRead: Bool = false) throws {
        try write(Array(text.utf8), mustBeRead: mustBeRead)
    }

    /// Writes bytes to standard output.
    static func write(_ bytes: Span<UInt8>) throws {
        var copy: [UInt8] = []
        copy.reserveCapacity(bytes.count)
        for index in bytes.indices { copy.append(bytes[index]) }
        try write(copy)
    }

    /// Writes bytes to standard output. A script must not take half an answer for all of it.
    private static func write(_ bytes: [UInt8], mustBeRead: Bool = false) throws {
        do throws(TerminalError) {
            try Terminal.write(bytes, to: 1, mayBeUnread: !mustBeRead)
        } catch {
            throw Failure(
                code: "fileSystem", message: "The answer could not be written.",
                hint: "Look at where standard output goes. What the command did stands.")
        }
    }

    /// Writes a line to standard error.
    static func say(_ line: String) { sayInPlace(line + "\n") }

    /// Writes to standard error with no line break behind it.
    static func sayInPlace(_ text: String) {
        // There is nowhere left to say that this failed.
        try? Terminal.write(Array(text.utf8), to: 2)
    }

    /// Writes a warning to standard error.
    static func warn(_ sentence: String) { say("casevault: warning: \(sentence)") }

    /// The value of an environment variable; `nil` if it is empty.
    static func environment(_ name: String) -> String? {
        Terminal.environment(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Lets long work stop at Control-C and clean up, by its progress; a second one ends it.
    static func stopsWorkAtInterrupt() { Terminal.noteInterrupts() }

    /// Whether long work is to stop.
    static var isInterrupted: Bool { Terminal.wasInterrupted }

    /// Ends the process.
    static func exit(_ code: Int32) -> Never { Terminal.exit(code) }
}
