// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The command: parses, runs one entry of the command table, and prints its answer.
enum Program {
    /// The version, as `--version` tells it.
    static let version = "0.1.0"

    /// Runs one command line and gives the exit code.
    static func run(_ words: [String]) -> Int32 {
        Host.prepare()
        // Found before parsing, so that an error of parsing comes as JSON too.
        let isJSON = words.prefix { $0 != "--" }.contains("--json")
        let result: Answer
        do { result = try answer(to: words) } catch { result = Answer(failing: Failure(error)) }
        var failure = result.failure
        do {
            try Host.write(
                isJSON ? result.object.text + "\n" : result.text,
                mustBeRead: result.unshown != nil)
        } catch { failure = failure ?? result.unshown ?? Failure(error) }
        if let failure { say(failure) }
        return failure?.exit ?? 0
    }

    /// Parses and runs.
    private static func answer(to words: [String]) throws -> Answer {
        let options = words.prefix { $0 != "--" }
        if options.contains("--help") || options.contains("-h") {
            let command = options.lazy.compactMap(CommandTable.command).first
            return HelpText.answer(command)
        }
        if options.contains("--version") {
            return Answer(
                json: [("version", .text(version))], text: "casevault \(version)\n")
        }
        let arguments = try ArgumentParser.parse(words)
        return answer(of: Session(arguments: arguments))
    }

    /// Runs the command of a session.
    static func answer(of session: Session) -> Answer {
        defer { session.progress.clear() }
        do { return session.finished(try session.arguments.command.run(session)) } catch {
            return session.finished(Failure(error))
        }
    }

    /// Says on stderr what went wrong and what to do.
    static func say(_ failure: Failure) {
        let place = failure.file.map { " (\(Shown.line($0)))" } ?? ""
        Host.say("casevault: error: \(failure.message)\(place)")
        Host.say("casevault: hint: \(failure.hint)")
    }
}
