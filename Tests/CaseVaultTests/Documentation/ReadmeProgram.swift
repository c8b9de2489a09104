// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

// Imported as an embedder would: the program must do with what is public.
import CaseVault
import Foundation

/// The README's program and what it takes for granted. `ReadmeTests` compares the lines between
/// the marks with the README and runs them.
struct ReadmeProgram {
    /// Where Robin's key goes.
    let keyFile: URL
    /// The passphrase that Robin typed.
    let passphrase: Passphrase
    /// The shared folder.
    let folder: URL
    /// Where Sam's card was saved.
    let samCardFile: URL
    /// What Sam read aloud.
    let fingerprintSpokenBySam: SpokenDigits
    /// Sam's key, on Sam's computer.
    let samsKey: MemberKey
    /// The report.
    let mail: String

    /// Runs it.
    func run() throws {
        // README begin
        let robin = try MemberKey.generate(name: "Robin")
        try robin.save(to: keyFile, passphrase: passphrase)

        let vault = try Vault.create(at: folder, committee: "Local organizers", founder: robin)
        let sam = try MemberCard(contentsOf: samCardFile)
        _ = try vault.admit(sam, confirming: fingerprintSpokenBySam, deciding: [:])

        let people = [ReportedPerson(name: "Alex Doe")]
        let shelf = try vault.startCase(
            about: people, report: Report(text: mail), deciding: [sam.id: .shown]
        ).item
        print(shelf.codeName)  // home shelf

        // On Sam's machine: the name is asked, nothing else is shown.
        let samsVault = try Vault(at: folder, key: samsKey)
        for check in samsVault.unansweredChecks {
            _ = try samsVault.declare(.noConflict, on: check)
        }

        // Back on Robin's: whoever declared "no conflict" is let in. Silence is no.
        print(try vault.catchUp().granted.map(\.member.name))  // ["Sam"]
        _ = try shelf.add(.discussion, "In scope: it happened in the chat channel.")

        let change = try shelf.revokeAccess(of: sam)  // fresh key, everything re-encrypted
        for sentence in change.cannotUndo { print(sentence) }
        // README end
    }
}
