// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// `casevault` on a terminal: asks what waits, one question after another, and then what one wants
/// to do, until one is done.
///
/// Everything in it is a command that exists by itself: the passphrase is asked once, and nobody
/// has to know their names.
struct LeadingSession {
    /// The session of the plain command; it holds the key and the vault.
    let session: Session
    /// The vault.
    let vault: Vault

    /// What can be chosen.
    private enum Choice: CaseIterable {
        case waiting, mine, report, open, write, register, members, done

        /// How it is called in the list.
        var title: String {
            switch self {
            case .waiting: "What waits for you"
            case .mine: "My cases"
            case .report: "A new report"
            case .open: "Open a case"
            case .write: "Write something in a case"
            case .register: "The register"
            case .members: "The members"
            case .done: "Done"
            }
        }
    }

    /// Leads, until somebody is done.
    func run() throws {
        try Questions.$canGoBack.withValue(true) {
            do {
                try step { try askWhatWaits() }
                while true {
                    let choice = try choose()
                    if choice == .done { return }
                    try step { try act(on: choice) }
                }
            } catch let failure as Failure where failure.code == Failure.quit.code {
                return
            }
        }
    }

    /// Does something; back at a question, or a failure of a command, leads back to the list.
    private func step(_ body: () throws -> Void) throws {
        do { try body() } catch { try say(Failure(error)) }
    }

    /// Says what failed; nothing of who only went back.
    private func say(_ failure: Failure) throws {
        if failure.code == Failure.quit.code { throw failure }
        if failure.code != Failure.back.code { Program.say(failure) }
    }

    // MARK: - What waits

    /// Asks about everything that waits, one plain question after another.
    private func askWhatWaits() throws {
        if !vault.unansweredChecks.isEmpty,
            try Questions.yesOrNo("Answer the conflict checks now?")
        {
            try run(["declare"])
        }
        let offers = vault.offers
        if offers.contains(where: \.needsNoQuestion), try Questions.yesOrNo("Catch up now?") {
            try run(["catch-up"])
        }
        if offers.contains(where: { $0.act == .decideOpening }),
            try Questions.yesOrNo("Say now which names newcomers may be shown?")
        {
            try run(["open"])
        }
        for offer in offers where offer.act == .confirm {
            guard let member = offer.member else { continue }
            let name = Shown.line(member.name)
            if try Questions.yesOrNo("Compare the card of \(name) with them now?") {
                try run(["confirm", "\(member.id)"])
            }
        }
        if try vault.drafts().contains(where: { $0.purpose == ReportCommand.purpose }),
            try Questions.yesOrNo("Go on with the report that you typed and did not sign?")
        {
            try run(["report"])
        }
    }

    // MARK: - What one wants to do

    /// Shows the list, and asks.
    private func choose() throws -> Choice {
        Host.say("\nWhat do you want to do?")
        let choices = Choice.allCases
        for (number, choice) in choices.enumerated() {
            Host.say("  \(number + 1)  \(choice.title)")
        }
        while true {
            let line: String
            do {
                line = try Questions.line("Number:")
            } catch let failure as Failure where failure.code == Failure.back.code {
                // There is nothing behind the list; Control-C ends it.
                throw Failure.quit
            }
            if let number = Int(line), choices.indices.contains(number - 1) {
                return choices[number - 1]
            }
            let typed = line.lowercased()
            if let choice = choices.first(where: { $0.title.lowercased() == typed }) {
                return choice
            }
            Host.say("Type one of the numbers, or quit.")
        }
    }

    /// Does what was chosen.
    private func act(on choice: Choice) throws {
        switch choice {
        case .waiting:
            try vault.refresh()
            try Host.write(StatusCommand.answer(vault).text)
            try askWhatWaits()
        case .mine: try run(["show", "--mine"])
        case .report: try run(["report"])
        case .open: if let name = try chooseCase() { try run(["show", name]) }
        case .write:
            guard let name = try chooseCase() else { return }
            try run(["add", name, try chooseKind()])
        case .register: try run(["show", "--register"])
        case .members: try run(["members"])
        case .done: break
        }
    }

    /// Asks for one of my cases, by number or name.
    private func chooseCase() throws -> String? {
        try vault.refresh()
        let labels = CaseLabels(vault)
        let names = vault.overview.compactMap { $0.item.map(labels.label) }
        guard !names.isEmpty else {
            Host.say("You read no case.")
            return nil
        }
        for (number, name) in names.enumerated() { Host.say("  \(number + 1)  \(name)") }
        while true {
            let line = try Questions.line("Which case? Number or name:")
            if let number = Int(line), names.indices.contains(number - 1) {
                return names[number - 1].replacing(" ", with: "-")
            }
            if (try? vault.case(named: line)) != nil { return line }
            let near = Suggestion.text(
                for: line.replacing("-", with: " "), among: Set(names).sorted())
            Host.say("\(near)Type a number or a name of the list, or back.")
        }
    }

    /// Asks what an entry is about.
    private func chooseKind() throws -> String {
        let kinds = NewEntryKind.allCases
        for (number, kind) in kinds.enumerated() {
            Host.say("  \(number + 1)  \(kind.rawValue.replacing("-", with: " "))")
        }
        while true {
            let line = try Questions.line("What is it about? Number:")
            if let number = Int(line), kinds.indices.contains(number - 1) {
                return kinds[number - 1].rawValue
            }
            if let kind = NewEntryKind(rawValue: line.lowercased().replacing(" ", with: "-")) {
                return kind.rawValue
            }
            Host.say("Type one of the numbers, or back.")
        }
    }

    /// Runs a command with the key and the vault that are open, and shows its answer.
    private func run(_ words: [String]) throws {
        try vault.refresh()
        let command = Session(arguments: try ArgumentParser.parse(words), within: session)
        let answer = Program.answer(of: command)
        try Host.write(answer.text)
        if let failure = answer.failure { try say(failure) }
    }
}
