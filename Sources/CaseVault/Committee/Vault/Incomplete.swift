// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Something of what a reading call gives that is known to be missing, damaged or unreadable.
///
/// Whoever reads would else take a part for the whole.
public struct Incomplete: Hashable, Sendable {
    /// What is not whole. The raw values are fixed; scripts may rely on them.
    @nonexhaustive public enum What: String, Sendable {
        /// A record or a file of which it is not known what it holds.
        case record
        /// A conflict check.
        case check
        /// A row of the register.
        case row
        /// A case.
        case caseFile = "case"
        /// The bytes of an attachment.
        case attachment
        /// Who is a member.
        case roster
        /// The register as a whole.
        case register
        /// What this computer remembers.
        case memory
    }

    /// What is not whole.
    public let what: What
    /// The case, where one is known and may be named.
    public let codeName: CodeName?
    /// One sentence, without any name from a case.
    public let text: String
}

extension Vault {
    /// What is known to be missing from what you read, in a fixed order; empty if all is there.
    ///
    /// Nothing is opened for it: it is about what was read so far. So ask after you read.
    public var incomplete: [Incomplete] {
        let known = store.known
        let damaged = known.damaged.sorted { $0.key < $1.key }.map(incompleteness)
        let logs = known.logs.values.filter { isOpenToMe($0) || $0.history.root == nil }
            .sorted { $0.id < $1.id }
        var items =
            memoryItem + damaged + moreDamaged
            + logs.flatMap { incompleteness(of: $0, known.regressed) }
        if store.seen.vanished.values.contains(.lost) { items.append(Self.lostItem) }
        return items + foundMissing.filter { !items.contains($0) }
    }

    /// Notes that attachments of a case could not be given out.
    func noteMissingAttachments(_ count: Int, in codeName: CodeName) {
        let item = Self.missingAttachments(count, in: "the case \(codeName)", codeName)
        if !foundMissing.contains(item) { foundMissing.append(item) }
    }

    /// That attachments are not there, or damaged.
    private static func missingAttachments(
        _ count: Int, in place: String, _ codeName: CodeName?
    ) -> Incomplete {
        let words = count == 1 ? "1 attachment" : "\(count) attachments"
        return Incomplete(
            what: .attachment, codeName: codeName,
            text: "In \(place) the bytes of \(words) are missing or damaged.")
    }

    /// What of one case is known to be missing, and what may be of it.
    public func incomplete(for codeName: CodeName) -> [Incomplete] {
        incomplete.filter { $0.codeName == nil || $0.codeName == codeName }
    }

    /// That what this computer remembers could not be written down.
    private var memoryItem: [Incomplete] {
        guard let fault = store.memoryFault else { return [] }
        return [
            Incomplete(
                what: .memory, codeName: nil,
                text: "This computer could not note what it has seen. \(fault.description)")
        ]
    }

    /// That of something that was there nothing is left.
    private static let lostItem = Incomplete(
        what: .record, codeName: nil,
        text:
            "Of something that this computer has seen, such as a case or a check, nothing is there "
            + "any more: it is missing, or was closed to you. Ask a colleague; verifying the "
            + "vault names it.")

    /// What a damaged file means.
    private func incompleteness(_ name: FileName, _ fault: SealedFileError) -> Incomplete {
        let what: Incomplete.What =
            switch store.seen.kind(of: name) {
            case .roster: .roster
            case .check: .check
            case .row: .row
            case .caseFile: .caseFile
            default: .record
            }
        let state = fault.isUnread ? "could not be read" : "is damaged"
        return Incomplete(
            what: what, codeName: nil,
            text:
                "A file of the vault \(state): \(fault.text) (\(store.folder.shownPath(of: name)))."
        )
    }

    /// That there are more damaged files than are named.
    private var moreDamaged: [Incomplete] {
        let count = store.wrong.count - store.wrong.examples.count
        guard count > 0 else { return [] }
        return [
            Incomplete(
                what: .record, codeName: nil,
                text: "There are \(count) more such files; verifying the vault names them all.")
        ]
    }

    /// What is missing from one log.
    private func incompleteness(of log: Log, _ regressed: Set<LogID>) -> [Incomplete] {
        let codeName = CaseView(log)?.codeName ?? RowView(log)?.row.codeName
        let (what, words) = Self.words(for: log.kind)
        let place = codeName.map { "\(words) \($0)" } ?? words
        func item(_ what: Incomplete.What, _ text: String) -> Incomplete {
            Incomplete(what: what, codeName: codeName, text: text)
        }
        var items: [Incomplete] = []
        if regressed.contains(log.id) {
            items.append(
                item(what, "Of \(place) the folder holds less than this computer has seen before."))
        } else if log.history.root == nil || !log.history.missing.isEmpty {
            items.append(item(what, "A part of \(place) has not arrived."))
        }
        let copies = log.files.flatMap(\.attachments)
        let there = Set(copies.filter { store.foreign.contains($0.file) }.map(\.id))
        let gone = Set(copies.map(\.id)).subtracting(there).count
        if gone > 0 { items.append(Self.missingAttachments(gone, in: place, codeName)) }
        return items
    }

    /// What a kind of log is called.
    private static func words(for kind: LogKind?) -> (Incomplete.What, String) {
        switch kind {
        case .roster: (.roster, "the list of members")
        case .check: (.check, "a conflict check")
        case .row: (.row, "the row of")
        case .caseFile: (.caseFile, "the case")
        default: (.record, "something")
        }
    }
}
