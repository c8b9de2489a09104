// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

@testable import CaseVault

/// Entries by their place in the list, which in a test is known. Programs cannot do this: a place
/// changes while files arrive.
extension Case {
    /// The entry in a place, from 1.
    func id(at place: Int) throws(VaultError) -> Entry.ID {
        let entries = try entries()
        guard entries.indices.contains(place - 1) else { throw .unknownEntry }
        return entries[place - 1].id
    }

    /// An attachment by its place in an entry.
    func id(ofAttachment number: Int, ofEntry place: Int) throws(VaultError) -> Entry.Attachment.ID
    {
        Entry.Attachment.ID(entry: try id(at: place), place: number)
    }

    /// Adds an entry; what an outcome states is given apart.
    @discardableResult
    func add(
        _ kind: NewEntryKind, _ text: String, on day: Day? = nil, correcting place: Int? = nil,
        response: String?, until end: Day? = nil, attaching: [AttachmentSource] = []
    ) throws(VaultError) -> AddedEntry {
        var old: Entry.ID?
        if let place { old = try id(at: place) }
        guard let response else {
            return try add(kind, text, on: day, correcting: old, attaching: attaching)
        }
        return try addOutcome(
            text, stating: StatedResponse(response, until: end), on: day, correcting: old,
            attaching: attaching)
    }

    /// Adds an entry that corrects the one in a place.
    @discardableResult
    func add(
        _ kind: NewEntryKind, _ text: String, on day: Day? = nil, correcting place: Int
    ) throws(VaultError) -> AddedEntry {
        try add(kind, text, on: day, correcting: try id(at: place))
    }

    /// Votes on the entry in a place.
    @discardableResult
    func vote(_ vote: Vote, on place: Int) throws(VaultError) -> CastVote {
        try self.vote(vote, on: try id(at: place))
    }

    /// Counts the votes on the entry in a place.
    func tally(of place: Int) throws(VaultError) -> Tally { try tally(of: try id(at: place)) }

    /// Erases the entry in a place.
    @discardableResult
    func erase(entry place: Int, confirming name: CodeName) throws(VaultError) -> AccessChange {
        try erase(try id(at: place), confirming: name)
    }

    /// Erases the whole case, whatever it is.
    @discardableResult
    func erase(confirming name: CodeName) throws(VaultError) -> AccessChange {
        try vault.store.refresh()
        return try erase(all: try version, confirming: name)
    }

    /// Saves an attachment of the entry in a place.
    func saveAttachment(
        _ number: Int, ofEntry place: Int, to file: URL
    ) throws(VaultError) {
        try saveAttachment(try id(ofAttachment: number, ofEntry: place), to: file)
    }

    /// Reads an attachment of the entry in a place.
    func readAttachment(
        _ number: Int, ofEntry place: Int, progress: WorkProgress.Handler? = nil,
        _ body: (Span<UInt8>) throws(VaultError) -> Void
    ) throws(VaultError) {
        try readAttachment(
            try id(ofAttachment: number, ofEntry: place), progress: progress, body)
    }
}

/// What is inside of the library is named by logs.
extension Case {
    /// A case by its name.
    init(vault: Vault, id: Case.ID) { self.init(vault: vault, id: LogID(id)) }
}

extension TypedID {
    /// The log that it names.
    var log: LogID { LogID(raw: raw) }
}

extension Dictionary where Key == LogID {
    /// What is kept for a case, a check or a row.
    subscript(_ id: TypedID<some Any>) -> Value? { self[id.log] }
}

extension Vault {
    /// A case by its name.
    func caseView(_ id: Case.ID) throws(VaultError) -> CaseView { try caseView(id.log) }
    /// A check by its name.
    func checkView(_ id: ConflictCheck.ID) -> CheckView? { checkView(id.log) }
    /// Accepts a gap in a case.
    @discardableResult
    func acceptGap(in id: TypedID<some Any>) throws(VaultError) -> AccessChange {
        try acceptGap(in: id.log)
    }
    /// Accepts whatever is missing from a log.
    @discardableResult
    func acceptGap(in log: LogID) throws(VaultError) -> AccessChange {
        try store.refresh()
        return try acceptGap(
            missingRecords.first { $0.log == log }
                ?? VerifyReport.MissingRecords(log: log, records: []))
    }
}
