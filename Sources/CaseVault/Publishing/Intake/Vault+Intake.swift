// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

#if canImport(FoundationEssentials)
    public import struct FoundationEssentials.URL
#else
    public import struct Foundation.URL
#endif

extension Vault {
    /// Writes a page for reports.
    ///
    /// - Parameters:
    ///   - chosen: Who takes in reports; `nil` is every member.
    ///   - contacts: Addresses, and a word on each.
    ///   - until: The last day of the page; afterwards it seals nothing.
    ///   - tweetNaCl: Where TweetNaCl.js is; `nil` is where Debian has it.
    /// - Returns: The page.
    /// - Throws: `refused` when you are no member, or TweetNaCl.js is missing or another one;
    ///   `badInput`, `unknownName`, `fileSystem`.
    public func intakePage(
        for chosen: Set<CardID>? = nil, contacts: [IntakePage.Contact] = [], until: Day? = nil,
        tweetNaCl: URL? = nil
    ) throws(VaultError) -> IntakePage {
        let roster = try activeRoster()
        let chosen = chosen ?? Set(roster.active.keys)
        guard chosen.isSubset(of: roster.active.keys),
            contacts.allSatisfy({ chosen.contains($0.member) })
        else { throw .unknownMember }
        guard (2...IntakeMembers.most).contains(chosen.count) else { throw .pageNeedsMembers }
        let limit = IntakeMembers.longestText
        guard contacts.allSatisfy({ $0.address.utf8.count <= limit && $0.word.utf8.count <= limit })
        else {
            throw .badInput(
                "addressTooLong", "An address is too long.", hint: "Use at most \(limit) bytes.",
                with: ["limit": "\(limit)"])
        }
        let cards = roster.active.values.filter { chosen.contains($0.id) }
            .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
        let items = cards.map { card in
            let contact = contacts.last { $0.member == card.id }
            return IntakeMembers.Item(
                key: card.boxKey.raw, name: card.name, address: contact?.address ?? "",
                word: contact?.word ?? "")
        }
        let list = IntakeMembers(
            committee: roster.committee, made: store.clock.today, until: until, items: items)
        return IntakePage(list, try TweetNaCl(at: tweetNaCl?.path))
    }

    /// Compares a page that is in use with what this vault would write, and says whom it seals to.
    ///
    /// - Parameters:
    ///   - page: The page's bytes, as they come from the site.
    ///   - tweetNaCl: Where TweetNaCl.js is; `nil` is where Debian has it.
    /// - Returns: What the page says.
    /// - Throws: `badInput` when it is no such page; `refused`, `fileSystem`.
    public func checkIntakePage(
        _ page: [UInt8], tweetNaCl: URL? = nil
    ) throws(VaultError) -> IntakePageCheck {
        let roster = try activeRoster()
        guard page.count <= 4 << 20, let html = String(validating: page, as: UTF8.self),
            let list = IntakePage.list(in: html)
        else { throw .notAnIntakePage }
        let same = IntakePage(list, try TweetNaCl(at: tweetNaCl?.path))
        let active = Array(roster.active.values)
        let former = roster.former
        let recipients = list.items.map { item in
            let card = active.first { $0.boxKey.raw == item.key }
            let state: IntakePageCheck.State
            if let card {
                state = card.name == item.name ? .member : .otherName
            } else {
                let wasMember = roster.ever.values.contains {
                    $0.boxKey.raw == item.key && former.contains($0.id)
                }
                state = wasMember ? .formerMember : .stranger
            }
            return IntakePageCheck.Recipient(
                name: item.name, address: item.address, state: state)
        }
        let keys = Set(list.items.map(\.key))
        let today = store.clock.today
        return IntakePageCheck(
            isUnchanged: same.html.utf8.elementsEqual(page) && list.committee == roster.committee,
            sealsTo: recipients,
            missing: active.filter { !keys.contains($0.boxKey.raw) }.map(\.name).sorted(),
            until: list.until, isOver: list.until.map { $0 < today } ?? false)
    }
}
