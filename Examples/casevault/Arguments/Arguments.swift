// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A parsed command line.
struct Arguments: Sendable {
    /// The command.
    let command: CommandSpec
    /// The positional arguments, without the verb.
    let positionals: [String]
    /// The values by option name; one empty value each time for an option without value.
    let options: [String: [String]]

    /// The value of an option that can be given once.
    subscript(option: String) -> String? { options[option]?.first }

    /// All values of an option.
    func all(_ option: String) -> [String] { options[option] ?? [] }

    /// Whether an option was given.
    func has(_ option: String) -> Bool { options[option] != nil }

    /// The value of an option that takes a number. The parser has checked it.
    func number(_ option: String) -> Int? { self[option].flatMap { Int($0) } }

    /// A positional argument, if there are so many.
    func positional(_ index: Int) -> String? {
        positionals.indices.contains(index) ? positionals[index] : nil
    }

    /// A positional argument that the table calls required.
    func required(_ index: Int) throws -> String {
        guard let word = positional(index) else {
            throw Failure.usage(command, "An argument is missing.")
        }
        return word
    }
}
