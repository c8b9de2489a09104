// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Vault {
    /// The other members of whom a name shares a word with one of these people's names.
    ///
    /// Case, accents, order and marks make no difference: "Noor" may be "Haddad, Nóor". Whoever
    /// starts a case has to think about each of them: a check would show them that somebody
    /// reported them. Most who share a word are different people, so this only is a question.
    ///
    /// - Parameter people: The reported people.
    /// - Returns: These members, by name.
    public func membersWhoShareAName(with people: [ReportedPerson]) -> [Member] {
        let words = Set(people.flatMap(\.allNames).flatMap(NameWords.of))
        return members.filter { !$0.isMe && !NameWords.of($0.name).isDisjoint(with: words) }
    }

    /// The checks with a name that shares a word with that of a card: perhaps it is the owner, or
    /// somebody close. Only a person can tell.
    public func checksThatShareAName(with card: MemberCard) -> [ConflictCheck] {
        let words = NameWords.of(card.name)
        return checks.filter { check in
            check.people.flatMap(\.allNames).contains {
                !NameWords.of($0).isDisjoint(with: words)
            }
        }
    }

    /// Whether one of these people is called exactly like me.
    func isCalledLikeMe(_ people: [ReportedPerson]) -> Bool {
        let names = people.flatMap(\.allNames).map(TextFolding.fold)
        return names.contains(TextFolding.fold(me.name))
    }
}
