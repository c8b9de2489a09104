// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Holds a vault and says what is new in it. The pattern for a chat bot or a web back end.
///
/// A `Vault` is no `Sendable`: it belongs to one task at a time. An actor is the simplest owner, and
/// whatever leaves it is a value.
actor Watch {
    /// The vault.
    private let vault: Vault
    /// What was said last.
    private var last: [String]?

    /// Opens a vault with a key file without a passphrase, as a machine has one.
    init(folder: URL, keyFile: URL) throws {
        vault = try Vault(at: folder, key: MemberKey(contentsOf: keyFile, passphrase: nil))
    }

    /// Reads what arrived since the last time; the lines to say, or `nil` if nothing changed.
    ///
    /// Listing the folder is cheap, and only new files are opened. So asking every few seconds is
    /// simpler than being told, and works on every kind of share.
    func look() throws(VaultError) -> [String]? {
        try vault.refresh()
        let lines = summary()
        guard lines != last else { return nil }
        last = lines
        return lines
    }

    /// What waits: code names and members, never a reported name or a text.
    private func summary() -> [String] {
        var lines: [String] = []
        if !vault.unansweredChecks.isEmpty {
            lines.append("answer: \(vault.unansweredChecks.count) conflict checks")
        }
        for offer in vault.offers where offer.act != .declare {
            lines.append("offer: " + place(offer.act.rawValue, offer.codeName, offer.member))
        }
        for item in vault.waiting {
            lines.append("waiting: " + place(item.need.rawValue, item.codeName, item.member))
        }
        return lines.isEmpty ? ["nothing waits"] : lines
    }

    /// A code, and the case and member that it is about.
    private func place(_ code: String, _ name: CodeName?, _ member: MemberCard?) -> String {
        ([code] + [name?.description, member?.name].compactMap { $0 }).joined(separator: ", ")
    }
}
