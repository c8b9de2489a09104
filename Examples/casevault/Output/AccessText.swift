// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

/// How an act on access is answered: what happened, who reads now, what waits, what stays.
struct AccessText {
    /// Who was let in.
    private var granted: [AccessChange.Item]
    /// Who was taken out.
    private var revoked: [AccessChange.Item]
    /// What waits.
    private var waiting: [Waiting]
    /// What stays.
    private var cannotUndo: [AccessChange.Sentence]
    /// Sentences about what happened besides the cases of the change.
    var happened: [String] = []
    /// Who reads what now.
    var readers: [String] = []

    /// The answer to one change.
    init(_ change: AccessChange, happened: [String] = [], readers: [String] = []) {
        granted = change.granted
        revoked = change.revoked
        waiting = change.waiting
        cannotUndo = change.cannotUndo
        self.happened = happened
        self.readers = readers
    }

    /// Adds what another act of the same command changed.
    mutating func join(_ change: AccessChange) {
        func new<T: Hashable>(_ items: [T], beside old: [T]) -> [T] {
            let known = Set(old)
            return items.filter { !known.contains($0) }
        }
        granted += new(change.granted, beside: granted)
        revoked += new(change.revoked, beside: revoked)
        waiting += new(change.waiting, beside: waiting)
        cannotUndo += new(change.cannotUndo, beside: cannotUndo)
    }

    /// The access keys.
    var json: [(String, JSONValue)] {
        [
            ("granted", .list(granted.map(Self.item))),
            ("revoked", .list(revoked.map(Self.item))),
            ("waiting", .list(waiting.map(Self.item))),
            ("cannotUndo", .list(cannotUndo.map(Self.item))),
        ]
    }

    /// The access keys without what waits, for an act that says in its own way what does.
    var jsonOfMoves: [(String, JSONValue)] { json.filter { $0.0 != "waiting" } }

    /// The answer with keys of its own in front.
    func answer(_ keys: [(String, JSONValue)] = []) -> Answer {
        Answer(json: keys + json, text: text)
    }

    /// What an act on something else did to access; empty where it did nothing.
    static func besides(_ change: AccessChange) -> String {
        let text = AccessText(change)
        let lines = text.moves + text.remainder
        return lines.map { $0 + "\n" }.joined()
    }

    /// Who came and who went, one sentence each.
    private var moves: [String] {
        var moves: [String] = []
        for item in granted {
            guard let name = item.codeName else { continue }
            moves.append("\(Shown.line(item.member.name)) can read \(name) now.")
        }
        for item in revoked {
            guard let name = item.codeName else { continue }
            moves.append("\(Shown.line(item.member.name)) no longer reads \(name).")
        }
        return moves
    }

    /// The text for people.
    private var text: String {
        let done = happened + moves
        var lines = done.isEmpty ? ["Nothing had to be done."] : done
        if !readers.isEmpty { lines += ["Who can read now:"] + readers.map { "  " + $0 } }
        return (lines + remainder).joined(separator: "\n") + "\n"
    }

    /// What waits and what stays.
    private var remainder: [String] {
        var lines: [String] = []
        if !waiting.isEmpty {
            lines += ["Waiting:"] + waiting.map { "  " + Self.sentence($0) }
        }
        if !cannotUndo.isEmpty {
            lines += ["Cannot be undone:"] + cannotUndo.map { "  " + Shown.line($0.text) }
        }
        return lines
    }

    /// The readers of a case, in one line.
    static func readers(of item: Case, _ labels: CaseLabels) -> String {
        "\(labels.label(item)): \(Shown.names(item.readers.map(\.name)))"
    }

    /// The readers of each case that a change is about and that is still open to me.
    static func readers(after change: AccessChange, in vault: Vault) -> [String] {
        let names = Set((change.granted + change.revoked).compactMap(\.codeName))
        let labels = CaseLabels(vault)
        return vault.cases.filter { names.contains($0.codeName) }.map { readers(of: $0, labels) }
    }

    /// Somebody's access that changed, as JSON.
    private static func item(_ item: AccessChange.Item) -> JSONValue {
        object(item.codeName, item.member, [])
    }

    /// What cannot be undone, as JSON.
    private static func item(_ sentence: AccessChange.Sentence) -> JSONValue {
        let member = sentence.member.map { [("member", JSONValue.text($0.name))] } ?? []
        return .object(
            [("code", .text("\(sentence.code)"))] + member + [("text", .text(sentence.text))])
    }

    /// Something that waits, as JSON.
    static func item(_ waiting: Waiting) -> JSONValue {
        object(waiting.codeName, waiting.member, [("needs", .text(waiting.need.rawValue))])
    }

    /// Case and member, where there are any, and more.
    static func object(
        _ name: CodeName?, _ member: MemberCard?, _ more: [(String, JSONValue)]
    ) -> JSONValue {
        var members: [(String, JSONValue)] = []
        if let name { members.append(("case", .text("\(name)"))) }
        if let member { members.append(("member", .text(member.name))) }
        return .object(members + more)
    }

    /// Something that waits, in a sentence.
    static func sentence(_ waiting: Waiting) -> String {
        let who = waiting.member.map { Shown.line($0.name) } ?? "Somebody"
        let place = waiting.codeName.map { "\($0): " } ?? ""
        if waiting.need == .anotherOrganizer, let name = waiting.codeName {
            return place + sentence(anotherOrganizerIn: "\(name)")
        }
        return place + sentence(waiting.need, who)
    }

    /// What to do when too many members of a case are recused.
    static func sentence(anotherOrganizerIn label: String) -> String {
        "More members are recused than the rules allow. Let another organizer step in: casevault "
            + "access \(label.replacing(" ", with: "-")) grant CARDFILE --fingerprint DIGITS"
    }

    /// What has to happen, in a sentence.
    private static func sentence(_ need: Waiting.Need, _ who: String) -> String {
        switch need {
        case .declaration: "\(who) has to answer the conflict checks. Silence is no."
        case .confirmation: "You have to compare the card of \(who), then: casevault confirm."
        case .catchUpByReader: "A reader has to catch up."
        case .catchUpByOthers: "The others have to catch up for what you cannot open."
        case .openDecision:
            "Somebody has to say whether \(who) may be shown a name: casevault open."
        case .attachmentBytes: "An attachment has to arrive before it gets its new key."
        case .arrival:
            "Files that this computer has seen are gone: let your sync tool finish, or ask."
        case .closedOrMissing:
            "Something that you could read was closed to you, or is missing: ask a colleague, "
                + "then casevault verify."
        case .question:
            "It is open whether \(who) belongs here: talk to each other, then casevault questions."
        case .comparedByTwo:
            "A second colleague has to compare your card before you can let anybody in."
        case .erasureDay: "The text goes when a day is over, at the next catching up."
        case .grantByHand:
            "The old card of \(who) was taken out. To let the new one in: casevault access CASE "
                + "grant MEMBER."
        case .noEffect:
            "If you let \(who) in now, it counts for nobody else: answer your conflict checks, or "
                + "ask a colleague to let them in."
        case .moreReaders: "The case has fewer readers than the rules want."
        case .anotherOrganizer: sentence(anotherOrganizerIn: "CASE")
        case .erasure:
            "It was erased, and something is still there: erase it again."
        case .erasureByOthers: "Another reader has to erase it too, for what you cannot erase."
        case .firstOpening: "\(who) has to open the vault for the first time."
        case .firstLook: "You have to look at the people named in it first: casevault show."
        }
    }
}
