// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// The page for reports, and the check of one that is in use.
@Suite(.enabled(if: TweetNaCl.isInstalled, "node-tweetnacl is not installed"))
struct IntakePageTests {
    @Test func namesMembersAndEscapesThem() throws {
        let team = try TestCommittee("Robin <b>", "Sam & Co")
        let vault = try team.vault("Robin <b>")
        let robin = try team.card("Robin <b>").id
        let page = try vault.intakePage(
            contacts: [
                IntakePage.Contact(member: robin, address: "a\"<@example.org", word: "%LIST%")
            ], until: Day("2030-01-02"))
        #expect(page.members == ["Robin <b>", "Sam & Co"])
        #expect(page.html.contains("<li>Robin &lt;b&gt;: a&quot;&lt;@example.org</li>"))
        #expect(!page.html.contains("Robin <b>"))
        let list = try #require(IntakePage.list(in: page.html))
        #expect(list.items.map(\.name) == ["Robin <b>", "Sam & Co"])
        #expect(list.items.map(\.word) == ["%LIST%", ""])
        #expect(list.items.map(\.key).sorted() == vault.members.map(\.card.boxKey.raw).sorted())
        #expect(list.until == Day("2030-01-02") && list.committee == "Local organizers")
    }

    @Test func loadsNothingAndItsPolicyKnowsItsParts() throws {
        let team = try TestCommittee("Robin", "Sam")
        let html = try team.vault("Robin").intakePage().html
        #expect(html.contains("default-src 'none'; script-src 'sha256-"))
        for part in ["src=", "@import", "url(", "WebAssembly", "eval(", "XMLHttpRequest", "fetch("]
        {
            #expect(!html.contains(part), "\(part)")
        }
        // What the policy allows are the parts as they stand in the page.
        let policy = try #require(
            html.components(separatedBy: "content=\"").dropFirst().first?
                .components(separatedBy: "\"").first)
        for tag in ["script", "style"] {
            for piece in html.components(separatedBy: "<\(tag)>").dropFirst() {
                let text = piece.components(separatedBy: "</\(tag)>")[0]
                let hash = Data(SHA2.sha256(Array(text.utf8))).base64EncodedString()
                #expect(policy.contains("'sha256-\(hash)'"), "\(tag)")
            }
        }
        #expect(!html.contains("localStorage") && !html.contains("cookie"))
    }

    @Test func aPageInUseIsComparedWithTheVault() throws {
        let team = try TestCommittee("Robin", "Sam", "Kim")
        let page = Array(try team.vault("Robin").intakePage().html.utf8)
        let good = try team.vault("Sam").checkIntakePage(page)
        #expect(good.isGood && good.sealsTo.map(\.state) == [.member, .member, .member])
        let text = String(decoding: page, as: UTF8.self)
        let changed = text.replacing("Seal the report", with: "Send the report")
        #expect(try !team.vault("Sam").checkIntakePage(Array(changed.utf8)).isUnchanged)
        // A byte of a key: whoever changed it reads the reports.
        let list = try #require(IntakePage.list(in: text))
        let old = String(decoding: LetterText.base64(list.encoded), as: UTF8.self)
        let item = list.items[0]
        let forged = IntakeMembers(
            committee: list.committee, made: list.made, until: list.until,
            items: [
                IntakeMembers.Item(
                    key: TestReport.publicHalf(TestReport.secret(1)), name: item.name,
                    address: "", word: "")
            ] + list.items.dropFirst())
        let new = String(decoding: LetterText.base64(forged.encoded), as: UTF8.self)
        let swapped = try team.vault("Sam").checkIntakePage(
            Array(text.replacing(old, with: new).utf8))
        #expect(swapped.sealsTo.map(\.state) == [.stranger, .member, .member])
        #expect(!swapped.isGood && !swapped.isUnchanged && swapped.missing == ["Kim"])
        // Somebody goes: the page seals to them still, and the check says so.
        _ = try team.vault("Robin").remove(team.card("Kim").id)
        let left = try team.vault("Robin").checkIntakePage(page)
        #expect(left.isUnchanged && !left.isGood)
        #expect(left.sealsTo.map(\.state) == [.formerMember, .member, .member])
    }

    @Test func isRefusedWhereItCannotBeMade() throws {
        let team = try TestCommittee("Robin", "Sam")
        let vault = try team.vault("Robin")
        let sam = try team.card("Sam").id
        #expect(throws: VaultError.pageNeedsMembers) { try vault.intakePage(for: [sam]) }
        #expect(throws: VaultError.unknownMember) {
            try vault.intakePage(for: [team.card("Nobody").id, sam])
        }
        let file = team.root.appending(path: "nacl.js")
        try Data("var nacl = {};".utf8).write(to: file)
        #expect(throws: VaultError.noTweetNaCl(nil, isOther: true)) {
            try vault.intakePage(tweetNaCl: file)
        }
        #expect(throws: VaultError.notAnIntakePage) { try vault.checkIntakePage([0xFF]) }
        #expect(throws: VaultError.notAnIntakePage) {
            try vault.checkIntakePage(Array("var LIST = \"AAAA\";".utf8))
        }
    }
}

extension TweetNaCl {
    /// Whether it is on this computer.
    static let isInstalled = places.contains { FileManager.default.isReadableFile(atPath: $0) }
}
