// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Completions for zsh, as a file `_casevault` in `$fpath` or sourced.
enum ZshCompletions {
    /// The script.
    static var script: String {
        var lines = ["#compdef casevault", Completions.origin + "zsh", ""]
        lines += ["_casevault() {", "    local curcontext=$curcontext state line"]
        lines += ["    local -a common commands", "    common=("]
        lines += CommandTable.common.map { "        " + option($0) }
        lines += ["    )", "    commands=("]
        lines += Completions.commands.map {
            "        " + Completions.quoted("\($0.name):\(escaped($0.summary))")
        }
        lines += [
            "    )",
            "    _arguments -C $common '1:COMMAND:->command' '*::ARGUMENT:->rest' && return",
            "    case $state in",
            "        command) _describe -t commands COMMAND commands ;;",
            "        rest)",
            "            case $words[1] in",
        ]
        for command in Completions.commands {
            lines.append("                \(command.name))")
            var parts = ["_arguments $common"] + command.options.map(option)
            for (index, argument) in command.arguments.enumerated() {
                let place = argument.repeats ? "*" : "\(index + 1)"
                let colons = argument.isRequired || argument.repeats ? ":" : "::"
                parts.append(
                    Completions.quoted(
                        "\(place)\(colons)\(escaped(argument.name)):\(action(argument.value))"))
            }
            lines.append(
                "                    " + parts.joined(separator: " \\\n                        "))
            lines.append("                    ;;")
        }
        lines += [
            "            esac", "            ;;", "    esac", "}", "",
            // Loaded from $fpath, the file is the function's body and must call what it defines.
            "if [[ $funcstack[1] == _casevault ]]; then",
            "    _casevault \"$@\"", "else", "    compdef _casevault casevault", "fi",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// One option for `_arguments`.
    private static func option(_ option: OptionSpec) -> String {
        let repeated = option.repeats ? "*" : ""
        let value = option.valueName.map { "=:\(escaped($0)):\(action(option.value))" } ?? ""
        let (sign, message) = value.isEmpty ? ("", "") : ("=", String(value.dropFirst()))
        return Completions.quoted(
            "\(repeated)\(option.name)\(sign)[\(escaped(option.help))]\(message)")
    }

    /// What zsh offers for a value.
    private static func action(_ value: ValueKind) -> String {
        switch value {
        case .file: "_files"
        case .folder: "_files -/"
        default: Completions.words(value).map { "(\($0.joined(separator: " ")))" } ?? " "
        }
    }

    /// A text without meaning for `_arguments`.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            if ":[]".contains(character) { out.append("\\") }
            out.append(character)
        }
        return out
    }
}
