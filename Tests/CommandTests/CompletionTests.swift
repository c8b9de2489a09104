// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// Completions and the manual page, tried with the programs that read them.
struct CompletionTests {
    /// A command line, the folder it is typed in, and the offers; `nil` for all commands.
    private static let lines: [(line: String, offers: Set<String>?)] = [
        ("casevault ", nil),
        ("casevault catch", ["catch-up"]),
        ("casevault --vault sub re", ["remove", "report"]),
        ("casevault --vault ", ["sub"]),
        ("casevault show --key sub/", ["sub/key"]),
        ("casevault add --att", ["--attach"]),
        ("casevault add --attach ", ["note.txt", "odd name", "sub"]),
        ("casevault add home-shelf ", Set(kinds)),
        ("casevault add home-shelf repo", ["reported-person", "reporter"]),
        ("casevault add --day 2026-01-02 home-shelf out", ["outcome"]),
        ("casevault add home-shelf plan no", ["note.txt"]),
        ("casevault report --about n", ["note.txt"]),
        ("casevault access home-shelf re", ["revoke", "recuse"]),
        ("casevault show --first-look ", ["conflict", "noConflict"]),
        ("casevault help --as ", ["bash", "zsh", "fish", "man"]),
        ("casevault help ver", ["verify"]),
        ("casevault key ", []),
        ("casevault access home-shelf grant ", []),
    ]

    /// The kinds of entries, word for word.
    private static let kinds = [
        "discussion", "plan", "consequences", "moderators", "reported-person", "reporter",
        "first-response", "witness", "outcome", "appeal", "public",
    ]

    /// A scene with some files, and one form of the help in it.
    private func scene(_ form: String) throws -> (Scene, script: String) {
        let scene = try Scene()
        let made = try scene.run("anybody", ["help", "--as", form])
        #expect(made.exit == 0)
        #expect(made.errors.isEmpty)
        try FileManager.default.createDirectory(
            atPath: scene.path("files/sub"), withIntermediateDirectories: true)
        for name in ["note.txt", "odd name", "sub/key"] { try scene.write("", to: "files/" + name) }
        return (scene, try scene.write(made.text, to: "script"))
    }

    /// Skips visibly what this machine has no program for.
    private func need(_ program: String) throws -> String {
        for folder in ["/usr/bin/", "/bin/", "/usr/local/bin/"]
        where FileManager.default.isExecutableFile(atPath: folder + program) {
            return folder + program
        }
        try Test.cancel("there is no \(program)")
    }

    @Test func bash() throws {
        let (scene, script) = try scene("bash")
        let bash = try need("bash")
        for (line, offers) in Self.lines + [
            // Bash splits words at the sign; the offer is what stands behind it.
            ("casevault create --rules=n", ["note.txt"]),
            ("casevault create --rules=", ["note.txt", "odd name", "sub"]),
            ("casevault add --day=2026-01-02 home-shelf out", ["outcome"]),
        ] {
            // What readline does: split the line, call the function, take what it offers.
            let program = #"""
                source \#(script) && cd files && complete -p casevault >/dev/null || exit 1
                line=$1 && COMP_WORDS=() && line=${line//=/ = }
                for word in $line; do COMP_WORDS+=("$word"); done
                if [[ $line == *' ' ]]; then
                    [[ ${COMP_WORDS[*]: -1} == = ]] || COMP_WORDS+=('')
                fi
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$1 COMP_POINT=${#1}
                _casevault casevault '' ''
                printf '%s\n' "${COMPREPLY[@]}"
                """#
            let result = try Tool.run(
                program: bash, ["--norc", "-c", program, "bash", line],
                environment: ["PATH": "/usr/bin:/bin"], in: scene.folder)
            #expect(result.exit == 0)
            try expect(result.text, offers, line)
        }
    }

    @Test func fish() throws {
        let (scene, script) = try scene("fish")
        let fish = try need("fish")
        for (line, offers) in Self.lines {
            let result = try Tool.run(
                program: fish,
                ["--no-config", "-c", "source \(script); cd files; complete -C '\(line)'"],
                environment: ["PATH": "/usr/bin:/bin", "HOME": scene.path("")], in: scene.folder)
            #expect(result.exit == 0)
            // The offer, then what it means; a folder with a stroke behind it.
            let words = result.text.split(separator: "\n").map {
                let word = $0.prefix { $0 != "\t" }
                return String(word.hasSuffix("/") ? word.dropLast() : word)
            }
            try expect(words.joined(separator: "\n"), offers, line)
        }
    }

    @Test func zsh() throws {
        let (scene, script) = try scene("zsh")
        let zsh = try need("zsh")
        let check = try Tool.run(
            program: zsh, ["-n", script], environment: ["PATH": "/usr/bin:/bin"], in: scene.folder)
        #expect(check.exit == 0)
        #expect(check.errors.isEmpty)
        // A shell on a terminal of its own, which lists what it would offer.
        let setup = try scene.write(
            """
            autoload -Uz compinit; compinit -D -u; source \(script); cd files; PS1="TYPE> "
            bindkey '^X' list-choices; setopt no_beep

            """, to: "setup")
        let program = #"""
            zmodload zsh/zpty && zpty shell \#(zsh) -f -i
            zpty -w shell "source \#(setup)" && zpty -r -m shell heard '*TYPE> *'
            zpty -w -n shell "$1"$'\x18'
            # Behind the list the prompt comes again.
            zpty -r -m shell heard '*TYPE> *' && print -r -- "$heard"
            """#
        for (line, offers) in Self.lines {
            guard let offers, offers.count > 1 else { continue }
            let result = try Tool.run(
                program: zsh, ["-f", "-c", program, "zsh", line],
                environment: ["PATH": "/usr/bin:/bin", "HOME": scene.path(""), "TERM": "dumb"],
                in: scene.folder)
            for offer in offers {
                let text = result.text.replacing("\\ ", with: " ")
                #expect(text.contains(offer), "\(line): \(text)")
            }
        }
    }

    /// Compares offers, and for all commands those of the help.
    private func expect(_ text: String, _ offers: Set<String>?, _ line: String) throws {
        let words = Set(text.split(separator: "\n").map(String.init))
        #expect(words == offers ?? Set(HelpTexts.commands.map(\.name)), "\(line)")
    }

    @Test func manualPage() throws {
        let (scene, page) = try scene("man")
        let text = try String(contentsOfFile: page, encoding: .utf8)
        for command in HelpTexts.commands {
            #expect(text.contains(".SS casevault \(command.name.replacing("-", with: "\\-"))"))
        }
        let groff = try need("groff")
        let result = try Tool.run(
            program: groff, ["-man", "-Tutf8", "-ww", "-P-cbou", page],
            environment: ["PATH": "/usr/bin:/bin"], in: scene.folder)
        #expect(result.exit == 0)
        #expect(result.errors.isEmpty)
        #expect(result.text.contains("--passphrase-fd N"))
        // Examples of input must not be cut or joined.
        #expect(result.text.contains("  source <(casevault help --as bash)\n"))
    }

    /// Characters that end a quote or begin an escape in one of the four languages.
    @Test(arguments: ["bash", "zsh", "fish"])
    func plainCharactersOnly(_ form: String) throws {
        let text = try Scene().run("anybody", ["help", "--as", form]).text
        #expect(!text.unicodeScalars.contains { !$0.isASCII })
        for command in HelpTexts.commands { #expect(text.contains(command.name)) }
        #expect(!(HelpTexts.overview + HelpTexts.common).contains("\\"))
    }

    @Test func allCommandsAtOnceOrOneInWords() throws {
        let result = try Scene().run("anybody", ["help", "add", "--as", "man"])
        #expect(result.exit == 2)
        #expect(result.errors.contains("--as is for all commands at once."))
    }
}
