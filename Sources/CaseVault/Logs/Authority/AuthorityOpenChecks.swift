// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Which links of a case are open, and who has to answer a check.
///
/// A link asks whoever has not answered its check, unless the link lists them, or they read here
/// before it came, or the case started with them. Counted so that each link and each person costs
/// its own length, not their product.
struct AuthorityOpenChecks: Sendable {
    /// For each link, whether it still asks.
    let isOpen: [Bool]
    /// How many links do.
    private let count: Int
    /// How many do for each check.
    private let countOf: [Int: Int]
    /// The same for each list of people who read before; see `AuthorityExemptions`.
    private let groupCounts: [(all: Int, of: [Int: Int])]
    /// For each person, how many of them list the person, who has not answered.
    private let listed: [Int]
    /// For each person, whether they started the case and were never out of it.
    private let stayed: [Bool]
    /// The log.
    private let log: AuthorityLog
    /// Who read here before links came.
    private let exemptions: AuthorityExemptions

    /// Works it out for one moment of settling.
    init(_ settling: AuthoritySettling) {
        let (log, exemptions) = (settling.log, settling.exemptions)
        let limits = log.limits
        let isOpen = Self.open(settling)
        stayed = log.people.indices.map { settling.standing.stayed($0) }
        var (count, countOf): (Int, [Int: Int]) = (0, [:])
        var groups = exemptions.groups.map { _ in (all: 0, of: [Int: Int]()) }
        var listed = Array(repeating: 0, count: log.people.count)
        for link in limits.links.indices where isOpen[link] {
            let check = limits.checks[link]
            count += 1
            countOf[check, default: 0] += 1
            let group = exemptions.groupOf[link]
            if group >= 0 {
                groups[group].all += 1
                groups[group].of[check, default: 0] += 1
            }
            for person in limits.readers[link] {
                guard !(log.facts.follow(.linkListed) && exemptions.frees(person, from: link)),
                    !log.answers.contains(check, in: person)
                else { continue }
                listed[person] += 1
            }
        }
        self.isOpen = isOpen
        self.count = count
        self.countOf = countOf
        groupCounts = groups
        self.listed = listed
        self.log = log
        self.exemptions = exemptions
    }

    /// Which links are not over: a link is ended by somebody who need not answer it, or by two.
    private static func open(_ settling: AuthoritySettling) -> [Bool] {
        let (log, limits) = (settling.log, settling.log.limits)
        let enders = AuthorityEnders(settling, named: limits.endedLinks, count: limits.links.count)
        return limits.links.indices.map { link in
            let author = limits.linkAuthors[link]
            guard log.facts.follow(.linkOfAll) || settling.standing.isIn[author] else {
                return false
            }
            let hands = enders.hands(onto: link, by: author)
            if hands.count >= 2 { return false }
            return !hands.contains { hand in
                hand == settling.me || !log.facts.follow(.endNotSilent)
                    || !isSilent(
                        hand, about: link, settling.standing.stayed(hand), log, settling.exemptions)
            }
        }
    }

    /// Whether a link asks somebody who has not answered.
    private static func isSilent(
        _ person: Int, about link: Int, _ hasStayed: Bool, _ log: AuthorityLog,
        _ exemptions: AuthorityExemptions
    ) -> Bool {
        let isFreed = log.facts.follow(.linkListed) && exemptions.frees(person, from: link)
        return !hasStayed && !isFreed
            && !log.limits.readers.contains(person, in: link)
            && !log.answers.contains(log.limits.checks[link], in: person)
    }

    /// The checks from the beginning that somebody has not answered. The starter need not.
    private func unanswered(_ person: Int) -> [Int] {
        if log.first[person] { return [] }
        return log.limits.rootChecks.filter {
            !log.answers.contains($0, in: person)
        }
    }

    /// Whether somebody has to answer a check.
    func isAsked(_ person: Int) -> Bool {
        guard log.facts.follow(.answerAsked) else { return false }
        if !unanswered(person).isEmpty { return true }
        if stayed[person] { return false }
        let answers = log.answers[person]
        var asking = count - listed[person]
        for check in answers { asking -= countOf[check] ?? 0 }
        guard log.facts.follow(.linkListed) else { return asking > 0 }
        for group in exemptions.groups(of: person) {
            asking -= groupCounts[group].all
            for check in answers { asking += groupCounts[group].of[check] ?? 0 }
        }
        return asking > 0
    }

    /// The checks that somebody has to answer.
    func asked(_ person: Int) -> Set<Int> {
        guard isAsked(person) else { return [] }
        var checks = Set(unanswered(person))
        for link in log.limits.links.indices where isOpen[link] {
            if Self.isSilent(person, about: link, stayed[person], log, exemptions) {
                checks.insert(log.limits.checks[link])
            }
        }
        return checks
    }
}
