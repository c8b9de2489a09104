// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Passphrases that others would guess, and words to take instead.
struct PassphraseTests {
    /// Why a text is a weak passphrase of Robin Hahn.
    private func weakness(_ text: String) throws -> Passphrase.Weakness? {
        let bytes = Array(text.utf8)
        return try Passphrase(bytes.span).weakness(for: "Robin Hahn")
    }

    @Test(arguments: ["a", "abc", "hunter2hunt", "Tr0ub4dor&3"])
    func shortOnes(text: String) throws { #expect(try weakness(text) == .short) }

    @Test(arguments: [
        "aaaaaaaaaaaaaaaaaaaa", "abababababababab", "abcdefghijklmnop", "1234567890123",
        "30111987301119", "zyxwvutsrqponm", "aabbccddeeffgg",
    ])
    func regularOnes(text: String) throws { #expect(try weakness(text) == .regular) }

    @Test(arguments: [
        "robin hahn robin", "Passphrase2026!", "password-password", "robinhahn2026",
        "CaseVault committee", "qwertz-passwort", "!!!!!ab.,-#+*/&%",
    ])
    func expectedOnes(text: String) throws { #expect(try weakness(text) == .expected) }

    @Test(arguments: [
        "copper lantern seven rivers", "quiet robin eats berries", "Ein Fuchs lebt im Garten",
        "72910385610293847561", "g7#kQ2!vLx9p",
    ])
    func othersPass(text: String) throws { #expect(try weakness(text) == nil) }

    @Test func theNameIsNotNeeded() throws {
        let bytes = Array("robinhahnrobinhahn".utf8)
        #expect(try Passphrase(bytes.span).weakness(for: nil) == nil)
        #expect(try Passphrase(bytes.span).weakness(for: "Robin Hahn") == .expected)
    }

    @Test func drawnWordsAreFiveAndNotWeak() throws {
        #expect(PassphraseWords.all.count > 1_100)
        #expect(Set(PassphraseWords.all).count == PassphraseWords.all.count)
        var drawn: Set<String> = []
        for _ in 0..<200 {
            let text = PassphraseWords.five()
            drawn.insert(text)
            let words = text.split(separator: " ").map(String.init)
            #expect(words.count == 5)
            #expect(Set(words).isSubset(of: PassphraseWords.all))
            #expect(try weakness(text) == nil, "\(text)")
        }
        #expect(drawn.count == 200)
    }

    @Test func theEmptyOneIsNone() {
        let none: [UInt8] = []
        #expect(throws: VaultError.emptyPassphrase) { _ = try Passphrase(none.span) }
    }
}
