// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Completions for fish.
enum FishCompletions {
    /// The script.
    static var script: String {
        var lines = [Completions.origin + "fish", ""] + condition
        lines += ["", "complete -c casevault -f"]
        lines += CommandTable.common.map { option($0, when: nil) }
        for command in Completions.commands {
            lines.append(
                "complete -c casevault -n '__casevault_at 0' -a \(command.name) -d "
                    + Completions.quoted(command.summary))
        }
        for command in Completions.commands {
            lines += command.options.map { option($0, when: "__casevault_in \(command.name)") }
            for (index, argument) in command.arguments.enumerated() {
                if let offer = offer(argument.value) {
                    lines.append(
                        "complete -c casevault -n '__casevault_at \(index + 1) \(command.name)' "
                            + offer)
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Functions that tell which command is being completed and which of its arguments.
    private static var condition: [String] {
        [
            "function __casevault_words", "    set -l takes no",
            "    for word in (commandline -opc)[2..-1]", "        if test $takes = yes",
            "            set takes no", "            continue", "        end",
            "        switch $word",
            "            case \(Completions.optionsWithValue.joined(separator: " "))",
            "                set takes yes", "            case '-*'", "            case '*'",
            "                echo $word", "        end", "    end", "end",
            "function __casevault_in", "    set -l words (__casevault_words)",
            "    test \"$words[1]\" = $argv[1]", "end", "function __casevault_at",
            "    set -l words (__casevault_words)", "    test (count $words) -eq $argv[1]",
            "    and test \"$words[1]\" = \"$argv[2]\"", "end",
        ]
    }

    /// One option.
    private static func option(_ option: OptionSpec, when condition: String?) -> String {
        var words = ["complete -c casevault"]
        if let condition { words.append("-n \(Completions.quoted(condition))") }
        words.append("-l \(option.name.dropFirst(2))")
        if option.valueName != nil { words.append(offer(option.value) ?? "-x") }
        words.append("-d \(Completions.quoted(option.help))")
        return words.joined(separator: " ")
    }

    /// What fish offers for a value; `nil` for nothing.
    private static func offer(_ value: ValueKind) -> String? {
        switch value {
        case .file: "-r -F"
        case .folder: "-x -a '(__fish_complete_directories)'"
        default:
            Completions.words(value).map {
                "-x -a \(Completions.quoted($0.joined(separator: " ")))"
            }
        }
    }
}
