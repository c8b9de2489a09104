// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// A text that is typed on the terminal. It is kept on this computer, encrypted, until what it is
/// for is done: neither Control-C nor an act that fails loses it.
struct TypedText {
    /// What was typed.
    private(set) var draft: Draft
    /// Where it is kept.
    private let vault: Vault
    /// Whether it could be kept.
    private var isKept = false

    /// The most bytes that are taken.
    private static let limit = 16 << 20

    /// Nothing yet.
    private init(_ draft: Draft, _ vault: Vault) {
        self.draft = draft
        self.vault = vault
    }

    /// Offers what was typed earlier for the same purpose.
    ///
    /// - Returns: the text that is to be used; `nil` if there is none, or it is not wanted now.
    /// - Throws: a failure when it is not answered.
    static func earlier(for purpose: String, _ vault: Vault) throws -> TypedText? {
        for draft in try vault.drafts().reversed() where draft.purpose == purpose {
            Host.say("You typed a text that was not signed. It begins:")
            let lines = draft.text.split(separator: "\n", maxSplits: 3).prefix(3)
            Host.say("    " + Shown.lines(lines.joined(separator: "\n"), indent: 4))
            let choice = try Questions.choice("Go on with it?", ["yes", "later", "delete"])
            if choice == "yes" {
                var text = TypedText(draft, vault)
                text.isKept = true
                return text
            }
            if choice == "delete" { try vault.discard(draft) }
        }
        return nil
    }

    /// Asks for a text, up to Control-D.
    ///
    /// - Parameters:
    ///   - what: what is asked for.
    ///   - purpose: what it is for, as it is offered again.
    ///   - names: the names that belong to it.
    ///   - vault: where it is kept.
    /// - Returns: the text.
    /// - Throws: a failure at Control-C; what was typed is kept then too.
    static func ask(
        _ what: String, for purpose: String, names: [String] = [], _ vault: Vault
    ) throws -> TypedText {
        Host.say("\(what); end it with Control-D on a line of its own.")
        let (typed, failure) = Questions.text(limit: limit)
        var text = TypedText(Draft(purpose: purpose, text: typed, names: names), vault)
        text.keep()
        if let failure {
            text.sayWhere()
            throw failure
        }
        return text
    }

    /// Notes answers that belong to the text.
    mutating func answer(_ answers: [String: String]) {
        guard answers != draft.answers else { return }
        let old = draft
        draft.answers = answers
        keep()
        // Two copies are better than none.
        if isKept { try? vault.discard(old) }
    }

    /// Does what a text is for; then it is kept no longer. Without one it is just done.
    static func until<T>(_ typed: TypedText?, _ act: () throws -> T) throws -> T {
        do {
            let result = try act()
            // Where it stays it is offered again, and one sees that it was signed.
            if let typed { try? typed.vault.discard(typed.draft) }
            return result
        } catch {
            typed?.sayWhere()
            throw error
        }
    }

    /// Keeps it.
    private mutating func keep() {
        guard draft.text.contains(where: { !$0.isWhitespace }) else { return }
        do {
            try vault.keep(draft)
            isKept = true
        } catch { isKept = false }
    }

    /// Says how one comes to it again.
    func sayWhere() {
        guard draft.text.contains(where: { !$0.isWhitespace }) else { return }
        if isKept {
            Host.say(
                "What you typed is kept on this computer: run the same again to go on with it.")
        } else {
            Host.say("This is what you typed, so that you can copy it:\n")
            Host.say(Shown.lines(draft.text, indent: 0))
        }
    }
}
