// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What the command line asked for.
struct Options {
    /// Which works to measure; empty means all.
    var works: [String] = []
    /// How many cases the big vaults have.
    var cases = 1000
    /// How many members the big vaults have.
    var members = 5
    /// How many bytes the attachment has.
    var bytes = 1 << 28
    /// How many rounds of each measurement.
    var rounds = 5
    /// Where the vaults are made. The settled ones of the works `vault`, `onboard`, `files` and
    /// `scaling` are kept there for another run.
    var folder: String?
    /// Whether to write JSON in place of the table.
    var isJSON = false

    /// What `--help` says.
    static let help = """
        usage: Tests/Benchmarks/run [WORK...] [--cases N] [--members N] [--bytes N] [--rounds N]
                                    [--folder PATH] [--json]

        With --folder the big vaults are kept in PATH, and found there by the next run.

        Each figure stands beside its limit: the same libsodium calls and durable writes, made
        directly, in the same process, in turns. WORK is any of:
          entry       seal and open an entry of 10 KB for 10 members
          attachment  attach a file, save it, encrypt it anew (--bytes)
          members     add an eleventh member to --cases cases, remove one of eleven
          vault       open a vault of --cases cases, print the register, add an entry, catch up
          onboard     admit a newcomer to --cases cases, declare, catch up, first opening
          files       how many files --cases cases leave after two members caught up on three days
          scaling     the acts on one case, one vault and one log, twice as much each time
          start       the command line tool to its first output
        """

    /// Reads the arguments; prints help or an error, and answers `nil`, when there is nothing
    /// to do.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--json": isJSON = true
            case "--folder":
                folder = rest.popFirst()
            case "--cases", "--members", "--bytes", "--rounds":
                guard let number = rest.popFirst().flatMap({ Int($0) }), number > 0 else {
                    print("benchmarks: \(argument) needs a number")
                    return nil
                }
                switch argument {
                case "--cases": cases = number
                case "--members": members = number
                case "--bytes": bytes = number
                default: rounds = number
                }
            case let work where !work.hasPrefix("-"): works.append(work)
            default:
                print(Self.help)
                return nil
            }
        }
    }
}
