// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// A member with a program of their own, and as many keys as they like: everything that an author
/// can choose is chosen at random. Parents, references, days, people, kinds, keys, and to whom the
/// file is shown.
///
/// Knows every record that any honest computer holds, which is more than a member does.
struct Adversary {
    /// The member's key, which everybody admitted and compared.
    let member: MemberKey
    /// Keys that the member made for themselves.
    let own: [MemberKey]

    /// All of these keys' cards.
    var cards: Set<CardID> { Set(([member] + own).map(\.card.id)) }

    /// Signs some records of one log and seals them to some people.
    ///
    /// - Parameters:
    ///   - store: What an honest computer holds.
    ///   - people: Everybody else.
    ///   - clock: The time.
    ///   - random: The source of every choice.
    /// - Returns: The file, and in words what it says; `nil` where nothing can be made of the choice.
    /// - Throws: What making keys and records throws.
    func file(
        knowing store: VaultStore, people: [MemberCard], clock: TestClock,
        random: inout SeededRandom
    ) throws -> (bytes: [UInt8], words: String)? {
        guard
            let log = store.logs.values.sorted(by: { $0.id < $1.id }).randomElement(using: &random),
            let kind = log.kind
        else { return nil }
        let all = people + ([member] + own).map(\.card)
        let known = log.history.records.order
        var (records, words): ([VerifiedRecord], [String]) = ([], [])
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let author = ([member, member] + own).randomElement(using: &random) ?? member
            let earlier = known + records
            let statement = try statement(
                for: kind, by: author, earlier, all, store, clock, &random)
            let parents =
                switch Int.random(in: 0..<4, using: &random) {
                case 0: log.history.heads
                case 1: [RecordID(raw: Random.bytes32())]
                case 2: Set(earlier.map(\.id)).sorted().prefix(1).map { $0 }
                default:
                    earlier.map(\.id).filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
                        .sorted()
                }
            let day = Day(
                daysSince1970: Day.of(secondsSince1970: clock.now).daysSince1970
                    + Int32.random(in: -400...400, using: &random))
            guard
                let record = try? VerifiedRecord(
                    signed: Record(
                        log: log.id, kind: statement.kind,
                        parents: Array(parents.prefix(Record.parentLimit)), day: day,
                        body: statement.body, vault: store.vault, author: author),
                    by: author.card, in: store.vault)
            else { continue }
            records.append(record)
            words.append("\(author.card.name) \(Self.words(statement, all))")
        }
        guard !records.isEmpty else { return nil }
        // Alone, or with what stood in the log: so that it can be read.
        let carried = known.filter { !$0.isRedacted }
        let readers = all.filter { card in
            card.id == member.card.id || Int.random(in: 0..<8, using: &random) > 0
        }
        guard let list = ReaderList(readers.sorted { $0.id < $1.id }),
            let bytes = try? SealedFile.seal(
                SealedFile.Contents(
                    readers: list,
                    records: Bool.random(using: &random) ? carried + records : records,
                    attachments: []),
                slots: 16, sealer: member, vault: store.vault
            ).bytes
        else { return nil }
        return (bytes, "\(kind) \(log.id.hexText.prefix(4)): " + words.joined(separator: "; "))
    }

    /// One statement that a log of this kind may hold.
    private func statement(
        for kind: LogKind, by author: MemberKey, _ earlier: [VerifiedRecord], _ all: [MemberCard],
        _ store: VaultStore, _ clock: TestClock, _ random: inout SeededRandom
    ) throws -> Statement {
        func someone() -> MemberCard { all.randomElement(using: &random) ?? author.card }
        func some(_ records: [VerifiedRecord]) -> [RecordID] {
            records.map(\.id).filter { _ in Int.random(in: 0..<3, using: &random) == 0 }.sorted()
        }
        func others() -> [CardID] {
            let chosen = all.map(\.id).filter { id in
                id != author.card.id && Int.random(in: 0..<3, using: &random) == 0
            }
            return chosen.isEmpty
                ? [all.map(\.id).first { $0 != author.card.id } ?? author.card.id] : chosen.sorted()
        }
        let removals = earlier.filter { !$0.removedPeople.isEmpty }
        let lifts = Bool.random(using: &random) ? some(removals) : []
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return .counted(some(earlier))
        case 1: return .left(some(earlier))
        default: break
        }
        switch kind {
        case .roster:
            switch Int.random(in: 0..<5, using: &random) {
            case 0: return .removed(others())
            case 1: return .confirmed(someone().id)
            case 2: return .was(someone().id)
            default:
                return .admitted(
                    Admission(
                        card: someone(),
                        replaces: Int.random(in: 0..<4, using: &random) == 0 ? someone().id : nil,
                        lifts: lifts, isSecond: Int.random(in: 0..<4, using: &random) == 0))
            }
        case .check:
            switch Int.random(in: 0..<5, using: &random) {
            case 0: return .revoked(others())
            case 1: return .erased(Erasure(records: some(earlier)))
            case 2:
                return .declared(
                    DeclarationStatement(
                        answer: Bool.random(using: &random) ? .conflict : .noConflict,
                        replaces: some(earlier)))
            default:
                return .opened(
                    Opening(card: someone(), lifts: lifts, isGuest: Bool.random(using: &random)))
            }
        case .row:
            return Bool.random(using: &random)
                ? .revoked(others())
                : .opened(
                    Opening(card: someone(), lifts: lifts, isGuest: Bool.random(using: &random)))
        case .caseFile:
            return try inCase(by: author, earlier, someone(), lifts, others(), store, &random)
        }
    }

    /// One statement of a case file.
    private func inCase(
        by author: MemberKey, _ earlier: [VerifiedRecord], _ card: MemberCard, _ lifts: [RecordID],
        _ others: [CardID], _ store: VaultStore, _ random: inout SeededRandom
    ) throws -> Statement {
        func some(_ kinds: Set<RecordKind>) -> [RecordID] {
            earlier.filter { kinds.contains($0.kind) }.map(\.id).sorted()
        }
        switch Int.random(in: 0..<9, using: &random) {
        case 0: return .revoked(others)
        case 1: return .held
        case 2: return .ended(Ending(records: some([.held, .checkLinked]), people: others))
        case 3:
            return .erased(
                Erasure(
                    records: some([.entered, .reported]), over: some([.held]),
                    overPeople: Bool.random(using: &random) ? others : []))
        case 4: return .invited(card)
        case 5:
            let bond = Bond.random()
            let checks = store.logs.values.filter { $0.kind == .check }.map(\.id).sorted()
            if let check = checks.randomElement(using: &random), Bool.random(using: &random) {
                // Perhaps another case's.
                return .checkLinked(
                    CheckLink(
                        check: BoundLog(log: check, bond: bond), readers: [author.card.id]))
            }
            let tag = bond.tag(linkedTo: earlier.first?.record.log ?? LogID(raw: .zero))
            let root = try VerifiedRecord(
                signed: Record(
                    starting: .checkStarted, day: Day(daysSince1970: 20_000),
                    body: CheckStart(readers: [author.card], withheld: [], tag: tag).encoded,
                    vault: store.vault, author: author),
                by: author.card, in: store.vault)
            return .checkLinked(
                CheckLink(
                    check: BoundLog(log: root.record.log, bond: bond), readers: [author.card.id]))
        default:
            return .granted(
                Grant(
                    card: card,
                    declarations: lifts.isEmpty ? answers(of: card, store, &random) : [],
                    lifts: lifts))
        }
    }

    /// What somebody answered on the checks that are here; for keys of one's own, made up.
    private func answers(
        of card: MemberCard, _ store: VaultStore, _ random: inout SeededRandom
    ) -> [Record] {
        var found: [LogID: Record] = [:]
        for log in store.logs.values where log.kind == .check {
            for record in log.history.records.order
            where record.author.id == card.id && record.kind == .declared {
                found[log.id] = record.record
            }
            if let key = ([member] + own).first(where: { $0.card.id == card.id }) {
                found[log.id] = Record(
                    log: log.id, kind: .declared, parents: log.history.heads,
                    day: Day(daysSince1970: 20_000),
                    body: DeclarationStatement(answer: .noConflict, replaces: []).encoded,
                    vault: store.vault, author: key)
            }
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    /// What a statement says, for the story.
    private static func words(_ statement: Statement, _ all: [MemberCard]) -> String {
        func names(_ ids: [CardID]) -> String {
            ids.map { id in all.first { $0.id == id }?.name ?? "?" }.joined(separator: ", ")
        }
        return switch statement {
        case .removed(let ids), .revoked(let ids): "takes out \(names(ids))"
        case .admitted(let value): "admits \(value.card.name), lifts \(value.lifts.count)"
        case .granted(let value): "grants \(value.card.name), lifts \(value.lifts.count)"
        case .opened(let value): "opens to \(value.card.name)"
        case .confirmed(let id): "confirms \(names([id]))"
        case .was(let id): "was \(names([id]))"
        case .ended(let value): "ends holds of \(names(value.people))"
        default: "\(statement.kind)"
        }
    }
}
