// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

@testable import CaseVault

// Runs pieces of the search for histories that break what must hold: see `--help`.

let usage = """
    usage: search list [--full]                    the pieces, by number, the longest first
           search run PIECE… [--full]              runs pieces
           search walk COMMITTEE FIRST LAST        runs random ways in one committee, by their seeds
           search without RULE FIRST LAST [NAME]   looks for a random way that tells the rules from
                                                   the rules without this one, in any committee or
                                                   in those whose name has NAME in it
           search --help

    RULE is a name in AuthorityRules, or all. What is broken is printed with how it came to it.
    """

var words = Array(CommandLine.arguments.dropFirst())
let isFull = words.contains("--full")
words.removeAll { $0 == "--full" }

/// Prints a line at once, also into a pipe.
func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

func stop(_ what: String) -> Never {
    FileHandle.standardError.write(Data((what + "\n").utf8))
    exit(2)
}

/// Says what a piece came to; ends with a line that can be added up.
func show(_ search: AuthoritySearch, _ result: AuthoritySearch.Result, _ seconds: Double) {
    let what: String
    switch search.way {
    case .complete: what = "complete"
    case .part: what = "a part"
    case .walks: what = "random ways"
    }
    for (broken, trace) in result.broken.sorted(by: { $0.key < $1.key }) {
        say("BROKEN \(broken): \(trace.joined(separator: "; "))")
    }
    say(
        "piece: \(result.graphs) graphs, \(result.seeds) seeds, \(result.broken.count) broken: "
            + "\(search.setting.name), \(what), \(Int(seconds.rounded())) s")
}

func run(_ search: AuthoritySearch) -> Bool {
    let start = Date()
    let result = search.run()
    show(search, result, Date().timeIntervalSince(start))
    return result.broken.isEmpty
}

func seeds(_ words: ArraySlice<String>) -> Range<UInt64> {
    let numbers = words.compactMap(UInt64.init)
    guard numbers.count == 2, numbers[0] <= numbers[1] else { stop(usage) }
    return numbers[0]..<numbers[1] + 1
}

/// The shortest random way without a rule that breaks something, and breaks nothing with it.
func tell(
    _ rule: AuthorityRules, _ seeds: Range<UInt64>, in name: String
) -> (String, UInt64, [String])? {
    for setting in AuthoritySettings.large where name.isEmpty || setting.name.contains(name) {
        for seed in seeds {
            let world = AuthorityWorld.walk(setting, seed: seed, rules: .all.subtracting(rule))
            guard let (what, trace) = world.broken.min(by: { $0.value.count < $1.value.count }),
                AuthorityWorld.walk(setting, seed: seed).broken.isEmpty
            else { continue }
            return (setting.name, seed, [what] + trace)
        }
    }
    return nil
}

var isFine = true
switch words.first {
case "list" where words.count == 1:
    for (number, piece) in AuthoritySearch.pieces(isFull: isFull).enumerated() {
        say("\(number) \(piece.setting.name)")
    }
case "run":
    let pieces = AuthoritySearch.pieces(isFull: isFull)
    for word in words.dropFirst() {
        guard let number = Int(word), pieces.indices.contains(number) else { stop(usage) }
        if !run(pieces[number]) { isFine = false }
    }
case "walk" where words.count == 4:
    guard let setting = AuthoritySettings.large.first(where: { $0.name == words[1] }) else {
        stop("there is no committee “\(words[1])”")
    }
    isFine = run(AuthoritySearch(setting: setting, way: .walks(seeds(words[2...]))))
case "without" where words.count == 4 || words.count == 5:
    let wanted = words[1].split(separator: ",").map(String.init)
    for (i, name) in AuthorityRules.names.enumerated()
    where wanted == ["all"] || wanted.contains(name) {
        let found = tell(
            AuthorityRules(rawValue: 1 << UInt64(i)), seeds(words[2...3]),
            in: words.count == 5 ? words[4] : "")
        if found == nil { isFine = false }
        say(
            found.map { "without \(name): \($0.0), \($0.1): \($0.2.joined(separator: "; "))" }
                ?? "without \(name): nothing found")
    }
case "--help": say(usage)
default: stop(usage)
}
exit(isFine ? 0 : 1)
