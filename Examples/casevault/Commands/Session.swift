// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One run of a command: its arguments, and what it opens on demand.
final class Session {
    /// The parsed command line.
    let arguments: Arguments
    /// Files and standard input.
    let input: Input
    /// The progress line.
    let progress = ProgressLine()
    /// The key, once it was opened.
    private var openedKey: MemberKey?
    /// The vault, once it was opened.
    private var openedVault: Vault?
    /// Whether the clock was looked at.
    private var isClockSeen = false
    /// What was said to be missing.
    private var said: Set<Incomplete> = []

    /// A session for one command line.
    init(arguments: Arguments) {
        self.arguments = arguments
        input = Input(beginsWithPassphrase: arguments.number("--passphrase-fd") == 0)
    }

    /// A session within another, with the key and the vault that are open there.
    init(arguments: Arguments, within outer: Session) {
        self.arguments = arguments
        input = outer.input
        openedKey = outer.openedKey
        openedVault = outer.openedVault
        said = outer.said
    }

    /// Whether the answer is for a script.
    var isJSON: Bool { arguments.has("--json") }

    /// The file that `--output` names; `nil` for standard output, also by the name `-`.
    var outputFile: String? { arguments["--output"].flatMap { $0 == "-" ? nil : $0 } }

    /// Where something goes that is not made for a screen, such as an attachment, whose bytes could
    /// mean anything to a terminal: as named; else asked for on a terminal.
    ///
    /// - Returns: the file; `nil` for standard output.
    /// - Throws: a failure when it is not answered.
    func fileToSave() throws -> String? {
        guard arguments["--output"] == nil, !isJSON, Host.writesToScreen else { return outputFile }
        guard Host.canAsk else {
            throw Failure.needsAnswer(
                "This is not made for a screen.",
                hint: "Name a file with --output FILE; --output - shows it all the same.")
        }
        let name = try Questions.line("Save it as (a file name, or - to show it here):")
        return name == "-" ? nil : name
    }

    /// Is given to the library for long work.
    var report: WorkProgress.Handler {
        { [progress] in progress.report($0) }
    }

    // MARK: - Places

    /// The folder in which relative paths begin.
    private static var currentFolder: String { Host.currentFolder }

    /// A path as a file URL, absolute.
    static func url(_ path: String) -> URL { URL(fileURLWithPath: absolute(path)) }

    /// A path from the root.
    static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : currentFolder + "/" + path
    }

    /// Where a new vault goes: as named, or here.
    var newVaultFolder: String {
        guard let named = arguments["--vault"] ?? Host.environment("CASEVAULT_DIR") else {
            return Self.currentFolder
        }
        return Self.absolute(named)
    }

    /// The vault's folder: as named, or the nearest one upwards that holds `VAULT`.
    func vaultFolder() throws -> URL {
        if let named = arguments["--vault"] ?? Host.environment("CASEVAULT_DIR") {
            return Self.url(named)
        }
        var folder = Self.currentFolder
        while true {
            if Input.exists(folder + "/VAULT") { return Self.url(folder) }
            guard let slash = folder.lastIndex(of: "/"), folder.count > 1 else { break }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
        throw Failure(
            code: "notAVault", message: "There is no vault in this folder or above it.",
            hint: "Name it with --vault DIR or CASEVAULT_DIR. All commands: casevault help")
    }

    /// The key file: as named, or the default one.
    ///
    /// Nothing is guessed where the environment does not say: a key would be made in one place and
    /// looked for in another.
    func keyFile() throws -> String {
        if let named = arguments["--key"] ?? Host.environment("CASEVAULT_KEY") {
            return Self.absolute(named)
        }
        if let config = Host.environment("XDG_CONFIG_HOME") {
            guard config.hasPrefix("/") else {
                throw Failure(
                    code: "noHome", message: "XDG_CONFIG_HOME is not a full path.",
                    hint: "Set it to a path that begins with /, or name your key with --key FILE.")
            }
            return config + "/casevault/key"
        }
        guard let home = Host.environment("HOME"), home.hasPrefix("/"), home != "/" else {
            throw Failure(
                code: "noHome",
                message:
                    "It is not known where this account keeps its files: HOME is not set to its "
                    + "folder.",
                hint: "Set HOME to a folder by its full path, or name your key with --key FILE.")
        }
        return home + "/.config/casevault/key"
    }

    // MARK: - Opening

    /// The key, opened once; the passphrase is asked or read if the file needs one.
    func key() throws -> MemberKey {
        if let openedKey { return openedKey }
        let asks = arguments.number("--passphrase-fd") == nil
        var isAgain = false
        // A passphrase that is handed in is read in any case: the input goes on behind it.
        let key = try MemberKey(
            contentsOf: existingKeyFile(), usesUnlocked: asks, tries: asks ? Self.tries : 1
        ) {
            if isAgain { Host.say(Self.again) }
            isAgain = true
            return try passphrase()
        }
        openedKey = key
        return key
    }

    /// Opens the key, and lets this login session open it without the passphrase for a while.
    func unlock(minutes: Int) throws {
        let file = try existingKeyFile()
        guard try MemberKey.needsPassphrase(file) else {
            throw Failure(
                code: "cannotStayUnlocked", message: "Your key file has no passphrase.",
                hint: "It is never locked; there is nothing to unlock.", file: file.path)
        }
        let asks = arguments.number("--passphrase-fd") == nil
        for _ in 1..<(asks ? Self.tries : 1) {
            do {
                openedKey = try MemberKey.unlock(
                    file, passphrase: try passphrase(), minutes: minutes)
                return
            } catch let error as VaultError where error.code == .wrongPassphrase {
                Host.say(Self.again)
            }
        }
        openedKey = try MemberKey.unlock(file, passphrase: try passphrase(), minutes: minutes)
    }

    /// How often a passphrase can be typed.
    private static let tries = 3
    /// What is said of a wrong one.
    private static let again =
        "This passphrase does not open your key file. Try again, or Control-C."

    /// The key file, which must be there.
    private func existingKeyFile() throws -> URL {
        let file = try keyFile()
        guard Input.exists(file) else {
            throw Failure(
                code: "noKey", message: "There is no key file.",
                hint: "Make one with: casevault key NAME, or name yours with --key FILE.",
                file: file)
        }
        return Self.url(file)
    }

    /// The passphrase of an existing key file.
    func passphrase() throws -> Passphrase {
        if let descriptor = arguments.number("--passphrase-fd") {
            return try input.passphrase(fromDescriptor: descriptor)
        }
        guard Host.canAsk else {
            throw Failure.needsAnswer(
                "The key file needs a passphrase, and there is no terminal to ask on.",
                hint: "Give the passphrase with: --passphrase-fd N")
        }
        return try Questions.passphrase("Passphrase:")
    }

    /// The vault, opened with the key; says so when this computer sees it for the first time.
    func vault(warns: Bool = true) throws -> Vault {
        if let openedVault {
            try askAboutClock(openedVault)
            return openedVault
        }
        let folder = try vaultFolder()
        let vault = try Vault(at: folder, key: try key(), progress: report)
        openedVault = vault
        try askAboutClock(vault)
        if warns, vault.isNewOnThisComputer { Host.warn(Self.newHere(vault)) }
        return vault
    }

    /// Asks whether the clock is right before a command signs with its day.
    private func askAboutClock(_ vault: Vault) throws {
        guard !isClockSeen, arguments.command.signs(arguments) else { return }
        try askAbout(vault.clockDoubt)
        isClockSeen = true
    }

    /// Asks whether the clock is right, if anything speaks against it.
    func askAbout(_ doubt: ClockDoubt?) throws {
        guard let doubt, !arguments.has("--day-is-right") else { return }
        let why =
            switch doubt.reason {
            case .behind: "before the newest day that is known"
            case .longAfter: "long after the newest day that is known"
            case .afterNeighbours: "and what came today from colleagues says"
            }
        try confirm(
            "Your computer says it is \(doubt.today), \(why), \(doubt.newest).",
            question: "Is it?")
    }

    /// Asks whether an entry's day that lies ahead is meant.
    func askAboutDay(_ day: Day, _ vault: Vault) throws {
        guard vault.isInFuture(day), !vault.isTooFarAhead(day), !arguments.has("--day-is-right")
        else { return }
        try confirm("The day \(day) lies ahead.", question: "Is it right?")
    }

    /// Asks; off a terminal the option says it.
    private func confirm(_ sentence: String, question: String) throws {
        guard Host.canAsk else {
            throw Failure.needsAnswer(
                sentence, hint: "Set the clock or the day, or say that it is right: --day-is-right")
        }
        guard try Questions.yesOrNo(sentence + " " + question) else {
            throw Failure(
                code: "cancelled", message: "Nothing was signed.",
                hint: "Set the clock or the day, then run it again.")
        }
    }

    // MARK: - What is missing

    /// What is known to be missing from what the command gives: of its case, if it is about one.
    private var incomplete: [Incomplete] {
        guard let openedVault else { return [] }
        guard arguments.command.arguments.first?.isCaseName ?? false,
            let name = arguments.positional(0), let item = try? openedVault.case(named: name)
        else { return openedVault.incomplete }
        return openedVault.incomplete(for: item.codeName)
    }

    /// Says what is known to be missing, before anything is given out; nothing is said twice.
    func sayIncomplete() {
        for item in incomplete where said.insert(item).inserted {
            Host.say("casevault: not complete: " + Shown.line(item.text))
        }
    }

    /// The answer of a command, with what is missing from it; what was not remembered is said of
    /// acts too.
    func finished(_ answer: Answer) -> Answer {
        guard arguments.command.reads(arguments) else {
            for item in openedVault?.incomplete ?? [] where item.what == .memory {
                Host.warn(Shown.line(item.text))
            }
            return answer
        }
        let incomplete = incomplete
        guard !incomplete.isEmpty else { return answer }
        sayIncomplete()
        var answer = answer
        answer.json.append(("incomplete", .list(incomplete.map(Self.json))))
        let isAllThere = incomplete.allSatisfy { $0.what == .memory }
        answer.failure = answer.failure ?? (isAllThere ? Self.notNoted : Self.notComplete)
        return answer
    }

    /// The failure of a command: what does not exist may be what is missing, or mistyped.
    func finished(_ failure: Failure) -> Answer {
        let failure = explained(failure)
        let lacks = arguments.command.reads(arguments) ? openedVault?.incomplete ?? [] : []
        guard failure.exit == 4, lacks.contains(where: { $0.what != .memory }) else {
            return Answer(failing: failure)
        }
        sayIncomplete()
        return Answer(
            json: [("incomplete", .list(lacks.map(Self.json)))], text: "",
            failure: Failure(
                code: "incomplete",
                message: "It is not there, it is not for you, or it is in what is missing.",
                hint: Self.notComplete.hint, exit: 3))
    }

    /// What "not for you" means here: that nothing in the vault is for this key; or perhaps that one
    /// of its owner's code names was mistyped. Nothing is told of what they do not see.
    private func explained(_ failure: Failure) -> Failure {
        guard failure.code == "notForYou" else { return failure }
        guard let openedVault else {
            guard openedKey != nil else { return failure }
            return Failure(
                code: failure.code, message: "Your key opens nothing in this folder.",
                hint: "If you are new: send your card (casevault card) to a member, and wait until "
                    + "you are admitted and the folder has synchronised.",
                file: failure.file, exit: failure.exit)
        }
        guard arguments.command.arguments.first?.isCaseName ?? false,
            let typed = arguments.positional(0)
        else { return failure }
        let names = Set(openedVault.cases.map { "\($0.codeName)" }).sorted()
        let near = Suggestion.text(for: typed.replacing("-", with: " "), among: names)
        return Failure(
            code: failure.code, message: failure.message, hint: near + failure.hint,
            file: failure.file, exit: failure.exit)
    }

    /// Something that is missing, for scripts.
    private static func json(_ item: Incomplete) -> JSONValue {
        var members: [(String, JSONValue)] = [("what", .text(item.what.rawValue))]
        if let name = item.codeName { members.append(("case", .text("\(name)"))) }
        members.append(("text", .text(item.text)))
        return .object(members)
    }

    /// That a part was given for the whole.
    private static let notComplete = Failure(
        code: "incomplete", message: "This is not complete: a part is missing or damaged.",
        hint: "Let your sync tool finish, then run: casevault verify", exit: 3)

    /// That all was given, and a later look cannot be compared with it.
    private static let notNoted = Failure(
        code: "incomplete",
        message: "This is all, but this computer could not note that it saw it.",
        hint: "Mend that: what it has seen is what it will compare the folder with.", exit: 3)

    /// What to say when this computer sees a vault for the first time.
    static func newHere(_ vault: Vault) -> String {
        let sentence = "This computer has not seen this vault before."
        guard let code = vault.code else { return sentence }
        return sentence + " Compare the committee code with a colleague: \(code)"
    }
}
