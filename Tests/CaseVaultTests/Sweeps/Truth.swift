// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge

@testable import CaseVault

/// Everything that a vault shows to one member, as plain values that can be compared.
struct Truth: Equatable {
    /// What is shown, by what it is about.
    private(set) var facts: [String: String] = [:]
    /// Every text, name and attachment that is shown, wherever it stands.
    private(set) var texts: Set<String> = []
    /// What could not be shown, as the codes of typed errors.
    private(set) var refusals: [String: String] = [:]
    /// What the vault says is not finished.
    private(set) var waiting: Set<String> = []

    /// Reads everything.
    ///
    /// - Throws: A typed error of a call that must not fail in a vault that opened.
    init(of vault: Vault) throws(VaultError) {
        if let committee = vault.committee { keep("committee", committee) }
        facts["code"] = vault.code?.description
        facts["rules"] = "\(vault.rules.encoded)"
        for member in vault.members {
            keep("member \(member.id)", "\(member.name) \(member.fingerprint)")
            facts["confirmed \(member.id)"] = "\(member.isConfirmedByMe)"
        }
        for check in vault.checks {
            let people = check.people.map { ([$0.name] + $0.aliases).joined(separator: ", ") }
            keep("check \(check.id)", people.joined(separator: "; "))
            facts["answer \(check.id)"] = check.myAnswer?.rawValue
        }
        for row in vault.register {
            for column in RegisterRow.Column.allCases {
                keep("row \(row.codeName) \(column.name)", row[column])
            }
        }
        for item in vault.cases { try read(item) }
        waiting = Set(vault.waiting.map { "\($0.need) \($0.codeName?.description ?? "-")" })
    }

    /// Reads one case.
    private mutating func read(_ item: Case) throws(VaultError) {
        let about = "case \(item.id)"
        _ = try item.takeFirstLook(.noConflict)
        keep(about, item.codeName.description)
        facts["\(about) readers"] = item.readers.map(\.id.description).joined(separator: " ")
        facts["\(about) others"] = try item.access().others
            .map { "\($0.member.id) \($0.state.rawValue)" }.joined(separator: " ")
        for person in try item.people {
            keep("\(about) \(person.role) \(person.name)", person.name)
        }
        facts["\(about) late"] = "\(try item.lateRecordCount())"
        for entry in try item.entries() {
            let place = "\(about) entry \(entry.label)"
            keep(place, entry.text)
            if let report = entry.report { keep("\(place) report", "\(report.encoded)") }
            keep(
                "\(place) about",
                "\(entry.kind.rawValue) \(entry.day) \(entry.author.id) \(entry.response ?? "-")")
            facts["\(place) corrects"] = "\(entry.correctsLabel ?? "-") \(entry.isCorrected)"
            for number in entry.attachments.indices {
                let there = "\(place) attachment \(number + 1)"
                keep("\(there) name", entry.attachments[number].name)
                var bytes: [UInt8] = []
                do throws(VaultError) {
                    try item.readAttachment(entry.attachments[number].id) { piece in
                        for i in piece.indices { bytes.append(piece[i]) }
                    }
                    keep(there, "\(bytes)")
                } catch {
                    // Not a byte may come out of an attachment that is not whole.
                    if !bytes.isEmpty { keep(there, "released \(bytes)") }
                    refusals[there] = "\(error.code)"
                }
            }
        }
    }

    /// Keeps a text as a fact and among the texts.
    private mutating func keep(_ about: String, _ text: String) {
        facts[about] = text
        texts.insert(text)
    }

    /// The same with one text changed, to see that a comparison notices it.
    func withOneTextChanged() -> Truth {
        var copy = self
        guard let about = facts.keys.filter({ $0.contains(" entry ") }).min() else { return copy }
        copy.keep(about, "Something else.")
        return copy
    }

    /// The same with one fact left out, to see that a comparison notices it.
    func withOneFactMissing() -> Truth {
        var copy = self
        if let about = facts.keys.filter({ $0.contains(" entry ") }).max() {
            copy.facts[about] = nil
        }
        return copy
    }
}
