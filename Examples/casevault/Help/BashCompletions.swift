// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Completions for bash, from version 3.2 on.
enum BashCompletions {
    /// The script.
    static var script: String {
        var lines = [Completions.origin + "bash", ""]
        lines += ["_casevault() {"] + position.map { $0.isEmpty ? "" : "    " + $0 }
        lines += ["    case \"$command:$place\" in"]
        lines += places.map { "        " + $0 }
        lines += ["    esac", "}", "", "complete -F _casevault casevault"]
        return lines.joined(separator: "\n") + "\n"
    }

    /// Finds out what is being completed: the command, and the option or the number of the
    /// argument. Bash makes a word of its own of each `=`.
    private static var position: [String] {
        [
            "local current=${COMP_WORDS[COMP_CWORD]} command='' place=0 option='' only='' word i",
            "COMPREPLY=()",
            "if [[ $current == = ]]; then current=''; fi",
            "for ((i = 1; i < COMP_CWORD; i++)); do",
            "    word=${COMP_WORDS[i]}",
            "    if [[ -n $option ]]; then",
            "        if [[ $word != = ]]; then option=''; fi",
            "        continue",
            "    fi",
            "    case $only$word in",
            "        --) only=x ;;",
            "        \(Completions.optionsWithValue.joined(separator: " | "))) option=$word ;;",
            "        -*) ;;",
            "        *) if [[ -z $command ]]; then command=$word; else place=$((place + 1)); fi ;;",
            "    esac",
            "done",
            "if [[ -n $option ]]; then",
            "    place=$option",
            "elif [[ -z $only && $current == -* ]]; then",
            "    place=options",
            "fi",
            "_casevault_take() { while IFS= read -r word; do COMPREPLY+=(\"$word\"); done; }",
            "_casevault_words() { _casevault_take < <(compgen -W \"$1\" -- \"$current\"); }",
            "_casevault_paths() {",
            "    compopt -o filenames 2>/dev/null || true",
            "    _casevault_take < <(compgen \"$1\" -- \"$current\")",
            "}",
        ]
    }

    /// What each command takes at each place.
    private static var places: [String] {
        let common = CommandTable.common
        var lines = common.compactMap { take($0.value, at: "*:" + $0.name) }
        lines.append(take(.command, at: ":0") ?? "")
        lines.append(options(common, at: ":options"))
        for command in Completions.commands {
            lines += command.options.compactMap { take($0.value, at: "\(command.name):\($0.name)") }
            for (place, argument) in command.arguments.enumerated() {
                if let line = take(argument.value, at: "\(command.name):\(place)") {
                    lines.append(line)
                }
            }
            lines.append(options(command.options + common, at: "\(command.name):options"))
        }
        return lines
    }

    /// One line of the table: the names of options.
    private static func options(_ options: [OptionSpec], at place: String) -> String {
        "\(place)) _casevault_words '\(options.map(\.name).joined(separator: " "))' ;;"
    }

    /// One line of the table; `nil` where nothing can be offered.
    private static func take(_ value: ValueKind, at place: String) -> String? {
        switch value {
        case .file: "\(place)) _casevault_paths -f ;;"
        case .folder: "\(place)) _casevault_paths -d ;;"
        default:
            Completions.words(value).map {
                "\(place)) _casevault_words \(Completions.quoted($0.joined(separator: " "))) ;;"
            }
        }
    }
}
