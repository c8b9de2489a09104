// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Keys, cards, fingerprints, backups and key files.
struct KeyTests {
    /// A folder of its own.
    private let committee: TestCommittee
    /// A cheap cost, so that thousands of guesses are quick.
    private static let cheap = KeyFileCost(passes: 1, memoryKiB: 8)

    /// Makes the folder.
    init() throws { committee = try TestCommittee() }

    /// A passphrase.
    private func passphrase(_ text: String) throws -> Passphrase {
        let bytes = Array(text.utf8)
        return try Passphrase(bytes.span)
    }

    /// A seed that is known, for comparison.
    private func seed(_ value: UInt8) throws -> SecretBytes {
        let bytes = [UInt8](repeating: value, count: 32)
        return try SecretBytes(copying: bytes.span)
    }

    /// A place for a file.
    private func place(_ name: String) -> URL { committee.root.appendingPathComponent(name) }

    @Test func sameSeedAndNameGiveTheSameCard() throws {
        let one = try MemberKey(name: "Robin", seed: seed(7))
        let two = try MemberKey(name: "Robin", seed: seed(7))
        #expect(one.card == two.card)
        #expect(one.card.encoded == two.card.encoded)
        #expect(one.card.fingerprint == two.card.fingerprint)
        let otherName = try MemberKey(name: "Robyn", seed: seed(7))
        #expect(otherName.card.id != one.card.id)
        #expect(otherName.card.sharesKey(with: one.card))
        let otherSeed = try MemberKey(name: "Robin", seed: seed(8))
        #expect(otherSeed.card.id != one.card.id)
        #expect(!otherSeed.card.sharesKey(with: one.card))
        #expect(
            try MemberKey.generate(name: "Robin").card.id
                != MemberKey.generate(name: "Robin").card.id)
    }

    @Test func aNameHasOneForm() throws {
        // Composed and decomposed give one card.
        let one = try MemberKey(name: "Zo\u{EB}", seed: seed(1))
        let two = try MemberKey(name: "Zoe\u{308}", seed: seed(1))
        #expect(one.card.encoded == two.card.encoded)
    }

    @Test(arguments: [
        "", "\u{7}bell", "two\nlines", String(repeating: "x", count: 201), "\u{202E}back",
        "zero\u{200B}width", " ", "\u{A0}\u{3000}", "\u{2800}", "\u{FE0F}", "\u{3164}",
    ])
    func refusesAName(name: String) throws {
        #expect(throws: VaultError.badName) { try MemberKey.generate(name: name) }
    }

    @Test func cardsSurviveTheirTextForm() throws {
        let card = try MemberKey.generate(name: "Zo\u{EB} \u{1F331}").card
        #expect(card.text.utf8.allSatisfy { $0 < 0x80 })
        #expect(!card.text.contains("\n"))
        #expect(try MemberCard(text: card.text) == card)
        #expect(try MemberCard(text: "\n  " + card.text + " \r\n") == card)
        let file = place("robin.card")
        try Data((card.text + "\n").utf8).write(to: file)
        #expect(try MemberCard(contentsOf: file) == card)
        #expect(try MemberCard(wholly: card.encoded) == card)
    }

    @Test func refusesEveryChangedCharacterOfACard() throws {
        let text = Array(try MemberKey.generate(name: "Robin").card.text)
        for place in text.indices {
            for replacement: Character in ["A", "_", " ", "\u{E9}"] where text[place] != replacement
            {
                var changed = text
                changed[place] = replacement
                let fault = #expect(throws: VaultError.self) {
                    try MemberCard(text: String(changed))
                }
                #expect(fault?.code == .notACard || fault?.code == .newerVersion)
            }
            #expect(throws: VaultError.self) { try MemberCard(text: String(text[..<place])) }
        }
        #expect(throws: VaultError.newerVersion(nil)) {
            try MemberCard(text: "casevault-card/2 AAAA")
        }
    }

    @Test func fingerprintsAreFortyDigits() throws {
        let card = try MemberKey.generate(name: "Robin").card
        let shown = card.fingerprint.description
        #expect(shown.split(separator: " ").map(\.count) == Array(repeating: 5, count: 8))
        let hyphened = shown.replacingOccurrences(of: " ", with: "-")
        for typed in [shown, hyphened, card.fingerprint.digits] {
            #expect(try SpokenDigits(typed: typed).match(card))
        }
        for bad in [
            "", "1", String(repeating: "1", count: 39), String(repeating: "1", count: 41),
            String(repeating: "a", count: 40), String(repeating: "\u{0661}", count: 40),
        ] {
            #expect(throws: VaultError.notAFingerprint) { try SpokenDigits(typed: bad) }
        }
        // A wrong digit anywhere is another fingerprint.
        for place in 0..<40 {
            var digits = Array(card.fingerprint.digits)
            digits[place] = digits[place] == "0" ? "1" : "0"
            #expect(!(try SpokenDigits(typed: String(digits)).match(card)))
        }
    }

    @Test func committeeCodeDependsOnVaultAndMembersOnly() throws {
        let vault = VaultID(raw: Random.bytes32())
        let ids = (0..<3).map { _ in CardID(raw: Random.bytes32()) }
        let code = CommitteeCode(vault: vault, members: ids)
        #expect(CommitteeCode(vault: vault, members: ids.reversed()) == code)
        #expect(CommitteeCode(vault: vault, members: Array(ids.dropLast())) != code)
        #expect(CommitteeCode(vault: VaultID(raw: Random.bytes32()), members: ids) != code)
        #expect(try SpokenDigits(typed: code.description).match(code))
    }

    @Test func backupBringsTheKeyBack() throws {
        let key = try MemberKey.generate(name: "Zo\u{EB} Example")
        let text = PrintedBackup(of: key).text
        for typed in [
            text,
            text.lowercased().replacingOccurrences(
                of: "zo\u{EB} example", with: "Zo\u{EB} Example"),
            text.replacingOccurrences(of: "-", with: " "), "\n " + text + "\n\n",
            text.replacingOccurrences(of: "-", with: "\n"),
        ] {
            #expect(try PrintedBackup.restore(typed).card == key.card)
        }
        #expect(String(describing: PrintedBackup(of: key)) == "PrintedBackup(redacted)")
    }

    @Test func findsEveryTypingMistakeInABackup() throws {
        let key = try MemberKey.generate(name: "Robin")
        let text = Array(PrintedBackup(of: key).text)
        let start = try #require(text.firstIndex(of: "\n")) + 1
        var tried = 0
        for place in start..<text.count where text[place] != "-" {
            for digit in "0123456789ABCDEFGHJKMNPQRSTVWXYZOILU*" where digit != text[place] {
                // These are read as the digits that they look like.
                let meant = ["O": "0", "I": "1", "L": "1"][digit] ?? digit
                if meant == text[place] { continue }
                var changed = text
                changed[place] = digit
                #expect(throws: VaultError.notABackup) {
                    try PrintedBackup.restore(String(changed))
                }
                tried += 1
            }
            var cut = text
            cut.remove(at: place)
            #expect(throws: VaultError.notABackup) { try PrintedBackup.restore(String(cut)) }
            // Two neighbours in the wrong order.
            if place + 1 < text.count, text[place + 1] != "-", text[place + 1] != text[place] {
                var swapped = text
                swapped.swapAt(place, place + 1)
                #expect(throws: VaultError.notABackup) {
                    try PrintedBackup.restore(String(swapped))
                }
            }
        }
        #expect(tried > 1900)
        // The name is part of the key.
        let other = "Robyn" + String(text[(start - 1)...])
        #expect(throws: VaultError.notABackup) { try PrintedBackup.restore(other) }
        for bad in ["", "Robin", "Robin\n", String(repeating: "A", count: 10_000)] {
            #expect(throws: VaultError.notABackup) { try PrintedBackup.restore(bad) }
        }
    }

    @Test func keyFilesNeedTheirPassphrase() throws {
        try KeyFileCost.$current.withValue(Self.cheap) {
            let key = try MemberKey.generate(name: "Robin")
            let file = place("robin.key")
            try key.save(to: file, passphrase: passphrase("correct"))
            let back = try MemberKey(contentsOf: file, passphrase: passphrase("correct"))
            #expect(back.card == key.card)
            #expect(SecretBytes.equal(back.seed, key.seed))
            for wrong in ["Correct", "corr ect", "c"] {
                #expect(throws: VaultError.wrongPassphrase("")) {
                    try MemberKey(contentsOf: file, passphrase: passphrase(wrong))
                }
            }
            #expect(throws: VaultError.passphraseNeeded("")) {
                try MemberKey(contentsOf: file, passphrase: nil)
            }
            #expect(try MemberKey.needsPassphrase(file))
            // Never replaced.
            #expect(throws: VaultError.alreadyExists("")) {
                try key.save(to: file, passphrase: nil)
            }
            let open = place("open.key")
            try key.save(to: open, passphrase: nil)
            #expect(try !MemberKey.needsPassphrase(open))
            #expect(try MemberKey(contentsOf: open, passphrase: nil).card == key.card)
        }
    }

    @Test func newKeyFilesHaveTheStandardCost() throws {
        #expect(KeyFileCost.current.memoryKiB == 262_144)
        #expect(KeyFileCost.current.passes == 3)
    }

    @Test func refusesEveryChangedByteOfAKeyFile() throws {
        let key = try MemberKey.generate(name: "Robin")
        let good = try KeyFile(cost: Self.cheap).encode(key, passphrase: passphrase("p"))
        let codes: Set<VaultError.Code> = [.wrongPassphrase, .notAKey, .newerVersion]
        for place in good.indices {
            for mask: UInt8 in [1, 0x80, 0xFF] {
                // A memory cost of up to 1 GiB is allowed and only slow.
                if (10..<14).contains(place), mask != 1 { continue }
                var changed = good
                changed[place] ^= mask
                let fault = #expect(throws: VaultError.self, "byte \(place)") {
                    try KeyFile.decode(changed, passphrase: passphrase("p"), path: "k")
                }
                #expect(fault.map { codes.contains($0.code) } == true, "byte \(place)")
            }
            let cut = Array(good.prefix(place))
            let fault = #expect(throws: VaultError.self) {
                try KeyFile.decode(cut, passphrase: passphrase("p"), path: "k")
            }
            #expect(fault.map { codes.contains($0.code) } == true, "cut at \(place)")
        }
        #expect(throws: VaultError.self) {
            try KeyFile.decode(good + [0], passphrase: passphrase("p"), path: "k")
        }
    }

    /// Passes and memory in KiB that no key file may ask for.
    static let badCosts: [(UInt32, UInt32)] = [
        (0, 8), (17, 8), (.max, 8), (1, 0), (1, 7), (1, 1_048_577), (1, .max),
    ]

    @Test(arguments: badCosts)
    func boundsWhatAKeyFileMayAskFor(passes: UInt32, memory: UInt32) throws {
        let key = try MemberKey.generate(name: "Robin")
        var bytes = try KeyFile(cost: Self.cheap).encode(key, passphrase: passphrase("p"))
        var cost = ByteWriter()
        cost.u32(passes)
        cost.u32(memory)
        bytes.replaceSubrange(6..<14, with: cost.bytes)
        let clock = ContinuousClock()
        let time = clock.measure {
            #expect(throws: VaultError.notAKey("")) {
                try KeyFile.decode(bytes, passphrase: passphrase("p"), path: "k")
            }
        }
        #expect(time < .seconds(5), "refused before it is computed")
    }

    @Test(arguments: [0o644, 0o640, 0o604, 0o660, 0o602])
    func refusesAKeyFileThatOthersCanReach(mode: Int) throws {
        let key = try MemberKey.generate(name: "Robin")
        let file = place("robin.key")
        try key.save(to: file, passphrase: nil)
        let manager = FileManager.default
        let made = try manager.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(made == 0o600)
        try manager.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        let fault = #expect(throws: VaultError.self) {
            try MemberKey(contentsOf: file, passphrase: nil)
        }
        #expect(fault?.code == .keyFileTooOpen)
    }

    @Test func refusesACardThatSharesAKey() throws {
        let committee = try TestCommittee("Robin", "Sam")
        let sam = try committee.key("Sam")
        let robins = try committee.vault("Robin")
        let before = try committee.snapshot()
        let twin = MemberCard(name: "Twin", signing: sam.signing)
        for twin in [twin, sam.card] {
            #expect(throws: VaultError.alreadyAMember) {
                try robins.admit(twin, confirming: twin.spoken)
            }
        }
        #expect(try committee.snapshot() == before)
        // Nor after Sam has left; Sam's own card may come back.
        _ = try robins.remove(sam.card.id)
        #expect(throws: VaultError.alreadyAMember) {
            try robins.admit(twin, confirming: twin.spoken)
        }
        try robins.admit(sam.card, confirming: sam.card.spoken)
        #expect(try committee.vault("Sam").members.count == 2)
    }

    @Test func admissionNeedsTheSpokenFingerprint() throws {
        let committee = try TestCommittee("Robin")
        let sam = try committee.card("Sam")
        let kim = try committee.card("Kim")
        let before = try committee.snapshot()
        let robins = try committee.vault("Robin")
        #expect(throws: VaultError.fingerprintMismatch) {
            try robins.admit(sam, confirming: kim.spoken)
        }
        #expect(try committee.snapshot() == before)
    }

    @Test func secretsHaveNoText() throws {
        let key = try MemberKey(name: "Robin", seed: seed(0x41))
        let phrase = try passphrase("SECRETPHRASE")
        for text in [
            "\(key)", String(reflecting: key), "\(phrase)", String(reflecting: phrase),
            dumped(key), dumped(phrase), dumped(PrintedBackup(of: key)),
        ] {
            #expect(!text.contains("AAAA") && !text.contains("65, 65") && !text.contains("SECRET"))
        }
    }

    /// What `dump` prints of a value.
    private func dumped<T>(_ value: T) -> String {
        var text = ""
        dump(value, to: &text)
        return text
    }
}
