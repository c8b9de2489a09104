// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors
//
// Admits many newcomers at once and says what waits:
//
//     onboard-from-csv VAULT KEYFILE NEWCOMERS.csv
//
// Each line of the file is a newcomer: the card they sent, the fingerprint that they read aloud, and
// which conflict checks must be kept from them ("none", or identifiers from `casevault declare
// --list`). There is no default for that: a newcomer may be the person whom a check is about.
//
// Nobody answers a check for somebody else. So the tool lets nobody into a case; it prints whose
// answers it waits for, and the next catching up lets them in. The last two columns are for machines
// that hold a key of their own, such as an archive: its key file, and its answer.

import CaseVault

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A path as a file URL: from the root, or beside something else.
func url(_ path: String, beside folder: URL) -> URL {
    path.hasPrefix("/") ? URL(fileURLWithPath: path) : folder.appendingPathComponent(path)
}

/// Admits one newcomer, and keeps from them what the line says.
func admit(_ row: Row, to vault: Vault, from folder: URL) throws -> MemberCard {
    let card = try MemberCard(contentsOf: url(row.card, beside: folder))
    let checks = vault.checks
    let known = Set(checks.map(\.id))
    let hidden = try row.withhold.filter { $0 != "none" }.map { (text) throws in
        guard let id = ConflictCheck.ID(text), known.contains(id) else {
            throw Row.Problem(description: "A check to withhold is none that you can read.")
        }
        return id
    }
    guard known.isEmpty || !row.withhold.isEmpty else {
        throw Row.Problem(description: "Say which checks to withhold, or none.")
    }
    let change = try vault.admit(
        card, confirming: SpokenDigits(typed: row.fingerprint),
        deciding: checks.decisions(withholding: Set(hidden)))
    for item in change.waiting where item.need == .openDecision {
        print("waiting: somebody has to say what \(card.name) may see")
    }
    return card
}

/// Lets a machine give its own answer to every check that it is asked.
func answer(_ row: Row, in place: URL, from folder: URL) throws {
    let answers: [String: ConflictAnswer] = ["conflict": .conflict, "noConflict": .noConflict]
    guard let answer = answers[row.answer] else {
        throw Row.Problem(description: "A machine answers conflict or noConflict.")
    }
    let key = try MemberKey(contentsOf: url(row.key, beside: folder), passphrase: nil)
    let vault = try Vault(at: place, key: key)
    _ = try vault.declare(vault.unansweredChecks.map { ($0.id, answer) })
}

/// Does everything; whether each line could be done.
func run(_ words: [String]) throws -> Bool {
    guard words.count == 3 else {
        throw Row.Problem(description: "usage: onboard-from-csv VAULT KEYFILE NEWCOMERS.csv")
    }
    let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    let place = url(words[0], beside: here)
    let file = url(words[2], beside: here)
    let folder = file.deletingLastPathComponent()
    let rows = try Row.list(reading: String(contentsOf: file, encoding: .utf8))
    let key = try MemberKey(contentsOf: url(words[1], beside: here), passphrase: nil)
    let vault = try Vault(at: place, key: key)
    var isDone = true
    for (index, row) in rows.enumerated() {
        // One bad line stops no other; an act that fails changes nothing.
        do {
            let card = try admit(row, to: vault, from: folder)
            print("admitted: \(card.name)")
            if !row.key.isEmpty { try answer(row, in: place, from: folder) }
        } catch {
            print("line \(index + 2): \(error)")
            isDone = false
        }
    }
    let change = try vault.catchUp()
    for item in change.granted {
        if let name = item.codeName { print("let in: \(item.member.name), \(name)") }
    }
    for item in change.waiting {
        let who = item.member?.name ?? "somebody"
        print("waiting: \(item.need.rawValue), \(who)\(item.codeName.map { ", \($0)" } ?? "")")
    }
    return isDone
}

do {
    guard try run(Array(CommandLine.arguments.dropFirst())) else {
        throw Row.Problem(description: "Some lines were not done; mend them and run it again.")
    }
} catch {
    print("onboard-from-csv: error: \(error)")
    exit(1)
}
