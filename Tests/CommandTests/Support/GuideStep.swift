// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// One block of commands in the guide, with the comment in front of it.
///
/// The comment is `<!-- WHO; DIRECTIVE; … -->`. WHO is `as NAME`, or `everybody` for each pair of
/// members. Directives: `add OPTIONS` to the first command; `for A B C` runs the block once for
/// each, with A replaced by them; `answers ANSWER` to all open checks; `say "WORDS"` for the code
/// name of the new case; `opens` answers whether names may be shown; `new computer` forgets key
/// and state; `backup` types it in. `page` is left out where no page for reports can be made;
/// `sealed FILE` seals a report with it first, for who types, and leaves a mail.
struct GuideStep {
    /// The directives.
    var directives: [String]
    /// The commands, one a line.
    var commands: [String]
    /// Where it stands in the guide.
    let line: Int

    /// Who types; `nil` for everybody.
    var actor: String? {
        directives.first.flatMap { $0.hasPrefix("as ") ? String($0.dropFirst(3)) : nil }
    }

    /// What stands behind a directive's name.
    func value(of name: String) -> String? {
        directives.first { $0.hasPrefix(name + " ") }.map { String($0.dropFirst(name.count + 1)) }
    }

    /// Whether a directive without a value is there.
    func has(_ name: String) -> Bool { directives.contains(name) }

    /// The step with another person in the place of one.
    func replacing(_ one: String, by other: String) -> GuideStep {
        func swap(_ text: String) -> String {
            text.replacing("{\(one)}", with: "{\(other)}").replacing(
                one.capitalized, with: other.capitalized
            ).replacing("\(one).", with: "\(other).")
        }
        var step = self
        step.directives = directives.map { $0 == "as " + one ? "as " + other : swap($0) }
        step.commands = commands.map(swap)
        return step
    }

    /// All blocks of a guide; one without a comment, or with an unknown directive, is an issue.
    static func all(in guide: String) throws -> [GuideStep] {
        var steps: [GuideStep] = []
        var directives: [String] = []
        var commands: [String]?
        for (number, line) in guide.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if line.hasPrefix("<!-- "), line.hasSuffix(" -->") {
                directives = line.dropFirst(5).dropLast(4).split(separator: ";").map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
            } else if line == "```sh" {
                commands = []
            } else if line.hasPrefix("```"), let block = commands {
                try #require(!directives.isEmpty, "line \(number): nobody types these commands")
                for directive in directives {
                    try #require(isKnown(directive), "line \(number): unknown: \(directive)")
                }
                steps.append(GuideStep(directives: directives, commands: block, line: number))
                (directives, commands) = ([], nil)
            } else {
                commands?.append(String(line))
            }
        }
        return steps
    }

    /// Whether a directive has a meaning.
    private static func isKnown(_ directive: String) -> Bool {
        ["everybody", "opens", "new computer", "backup", "page"].contains(directive)
            || ["as ", "add ", "for ", "answers ", "say ", "sealed "].contains(
                where: directive.hasPrefix)
    }
}
