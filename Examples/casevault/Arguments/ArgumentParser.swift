// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

private import CaseVault

#if canImport(FoundationEssentials)
    private import FoundationEssentials
#else
    private import Foundation
#endif

/// Turns words into a command with its arguments, by the command table.
///
/// Errors never quote an argument: somebody may have typed a name there.
enum ArgumentParser {
    /// Parses a command line without the name of the program.
    static func parse(_ words: [String]) throws -> Arguments {
        var command = CommandTable.plain
        var positionals: [String] = []
        var options: [String: [String]] = [:]
        var rest = words[...]
        var onlyPositionals = false
        while let word = rest.popFirst() {
            if !onlyPositionals, word == "--" {
                onlyPositionals = true
            } else if !onlyPositionals, word.hasPrefix("--") {
                let (option, value) = try option(word, of: command, &rest)
                if options[option.name] != nil, !option.repeats {
                    throw Failure.usage(command, "The option \(option.name) was given twice.")
                }
                options[option.name, default: []].append(value)
            } else if !onlyPositionals, word.hasPrefix("-"), word != "-" {
                throw Failure.usage(command, "Options begin with two hyphens.")
            } else if command.name.isEmpty {
                guard let found = CommandTable.command(named: word) else {
                    throw Failure.noSuchCommand(word)
                }
                command = found
            } else {
                positionals.append(word)
            }
        }
        try check(positionals, of: command)
        return Arguments(command: command, positionals: positionals, options: options)
    }

    /// Takes one option, and its value from behind `=` or from the next word.
    private static func option(
        _ word: String, of command: CommandSpec, _ rest: inout ArraySlice<String>
    ) throws -> (OptionSpec, String) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        let known = command.options + CommandTable.common
        guard let option = known.first(where: { $0.name == name }) else {
            throw Failure.usage(
                command, "There is no such option for this command.",
                suggestion: Suggestion.text(for: name, among: known.map(\.name)))
        }
        var value = parts.count == 2 ? String(parts[1]) : nil
        guard option.valueName != nil else {
            guard value == nil else {
                throw Failure.usage(command, "The option \(name) takes no value.")
            }
            return (option, "")
        }
        if value == nil, let next = rest.first, !next.hasPrefix("--") { value = rest.popFirst() }
        guard let value, !value.isEmpty else {
            throw Failure.usage(command, "The option \(name) needs a value.")
        }
        try check(value, is: option.value, name, of: command)
        return (option, value)
    }

    /// Checks number and kinds of the positional arguments.
    private static func check(_ positionals: [String], of command: CommandSpec) throws {
        for (index, argument) in command.arguments.enumerated() {
            guard index < positionals.count else {
                if argument.isRequired {
                    throw Failure.usage(command, "The argument \(argument.name) is missing.")
                }
                continue
            }
            let values = argument.repeats ? positionals[index...] : positionals[index...index]
            for value in values { try check(value, is: argument.value, argument.name, of: command) }
        }
        let takesAll = command.arguments.last?.repeats ?? false
        guard takesAll || positionals.count <= command.arguments.count else {
            throw Failure.usage(command, "There are too many arguments.")
        }
    }

    /// Checks one value.
    private static func check(
        _ value: String, is kind: ValueKind, _ name: String, of command: CommandSpec
    ) throws {
        switch kind {
        case .text, .command, .file, .folder, .caseName, .member: return
        case .entry:
            guard isEntry(value) else {
                throw Failure.usage(
                    command, "\(name) must be what show calls the entry, such as 2 or 2b.")
            }
        case .number(let least):
            guard let number = Int(value), number >= least else {
                throw Failure.usage(command, "\(name) must be a whole number from \(least).")
            }
        case .day:
            guard Day(written: value) != nil else {
                throw Failure.usage(
                    command, "\(name) must be a day: 2026-11-30, 30.11.2026 or 30 November 2026.")
            }
        case .choice(let words):
            guard words.contains(value) else {
                throw Failure.usage(
                    command, "\(name) must be one of: \(words.joined(separator: ", ")).")
            }
        }
    }

    /// Whether a word can name an entry: a number from 1, perhaps with letters behind it, or at
    /// least eight digits of an identifier.
    private static func isEntry(_ word: String) -> Bool {
        let word = word.lowercased()
        let digits = word.prefix { ("0"..."9").contains($0) }
        let letters = word.dropFirst(digits.count)
        if !digits.isEmpty, digits.first != "0", letters.allSatisfy({ ("a"..."z").contains($0) }) {
            return true
        }
        return word.utf8.count >= 8
            && word.allSatisfy { ("0"..."9").contains($0) || ("a"..."f").contains($0) }
    }
}
