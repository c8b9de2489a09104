// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if DEBUG
    import CaseVaultBridge

    @testable import CaseVault

    /// A vault of the test kit, made record by record, so that it depends on nothing but the format.
    struct KitVault {
        /// The vault.
        let vault: VaultID
        /// Robin founded the vault and started the case; Sam reads it; Kim is a member.
        let robin: MemberKey, sam: MemberKey, kim: MemberKey
        /// Nobody's card but their own.
        let stranger: MemberKey
        /// The logs.
        let roster: LogID, check: LogID, row: LogID, shelf: LogID
        /// The last record of each log.
        private var last: [LogID: RecordID] = [:]
        /// The bytes of all files, by path.
        private(set) var files: [String: [UInt8]] = [:]
        /// The path of the file that was sealed last.
        private(set) var newest = ""
        /// Why a scene cannot be made.
        struct Impossible: Error {}

        /// A committee of three, one check, one row and a case of Robin's that Sam reads.
        init(_ name: String) throws {
            KitForge.begin("vault " + name)
            robin = try KitForge.key("Robin")
            sam = try KitForge.key("Sam")
            kim = try KitForge.key("Kim")
            stranger = try KitForge.key("Stranger")
            guard let title = CodeName("home shelf") else { throw Impossible() }
            let all = [robin.card, sam.card, kim.card]
            let (founded, vault) = Record.founding(
                Founding(founders: [robin.card], committee: "Test kit", rules: .standard),
                day: KitForge.day, by: robin)
            self.vault = vault
            roster = founded.log
            let (bond, other) = (Bond.random(), Bond.random())
            let first = KitForge.start(
                .checkStarted(
                    CheckStart(readers: all, withheld: [], tag: bond.tag(by: robin.card.id))),
                by: robin, in: vault)
            check = first.log
            let line = KitForge.start(
                .rowStarted(
                    RowStart(codeName: title, readers: all, tag: other.tag(by: robin.card.id))),
                by: robin, in: vault)
            row = line.log
            let opened = KitForge.start(
                .caseStarted(
                    CaseStart(
                        codeName: title, starter: robin.card,
                        row: BoundLog(log: row, bond: other),
                        checks: [BoundLog(log: check, bond: bond)])),
                by: robin, in: vault)
            shelf = opened.log
            for root in [founded, first, line, opened] { last[root.log] = root.id }
            files["VAULT"] = VaultMarker(vault: vault).encoded
            try seal(
                [
                    founded,
                    add(
                        .admitted(Admission(card: sam.card, isSecond: true)),
                        by: robin, to: roster),
                    add(
                        .admitted(Admission(card: kim.card)),
                        by: robin, to: roster),
                ], for: all, by: robin)
            let answer = Statement.declared(
                DeclarationStatement(answer: .noConflict, replaces: []))
            let person = add(.named(ReportedPerson(name: "Alex Doe")), by: robin, to: check)
            let mine = add(answer, by: robin, to: check)
            let theirs = add(answer, by: sam, to: check)
            try seal([first, person, mine, theirs], for: all, by: sam)
            try seal([line], for: all, by: robin)
            let report = Statement.reported(
                ReportStatement(report: Report(text: "What happened."), attachments: []))
            try seal(
                [
                    opened, add(report, by: robin, to: shelf),
                    add(
                        .granted(Grant(card: sam.card, declarations: [theirs], lifts: [])),
                        by: robin, to: shelf),
                ], for: [robin.card, sam.card], by: robin)
        }

        /// Signs a record behind the last one of its log, or behind others.
        mutating func add(
            _ statement: Statement, by author: MemberKey, to log: LogID,
            behind parents: [RecordID]? = nil
        ) -> Record {
            let record = KitForge.record(
                statement, by: author, in: vault, log: log,
                parents: parents ?? last[log].map { [$0] } ?? [])
            if parents == nil { last[log] = record.id }
            return record
        }

        /// Signs the first record of a log.
        func start(_ statement: Statement, by author: MemberKey) -> Record {
            KitForge.start(statement, by: author, in: vault)
        }

        /// The last record of a log.
        func head(_ log: LogID) -> [RecordID] { last[log].map { [$0] } ?? [] }

        /// An entry of the case.
        mutating func entry(
            _ text: String, by author: MemberKey, behind parents: [RecordID]? = nil
        ) -> Record {
            add(
                .entered(EntryStatement(kind: .discussion, happened: nil, text: text)),
                by: author, to: shelf, behind: parents)
        }

        /// Seals records of one log into a file; `edit` makes it wrong.
        mutating func seal(
            _ records: [Record], for readers: [MemberCard], by sealer: MemberKey,
            edit: (inout FileForge) -> Void = { _ in }
        ) throws {
            let people = [robin, sam, kim, stranger].map(\.card)
            let needed = Set(records.map(\.author) + [sealer.card.id])
                .subtracting(readers.map(\.id))
            var forge = FileForge(
                vault: vault, readers: readers, records: records, sealer: sealer,
                authors: people.filter { needed.contains($0.id) })
            edit(&forge)
            try put(forge.bytes())
        }

        /// Puts a file under its right name.
        mutating func put(_ bytes: [UInt8]) {
            let name = FileName(raw: BLAKE2b.hash(bytes))
            newest = VaultFolder(path: "", files: FileSystem()).shownPath(of: name)
            files[newest] = bytes
        }

        /// Puts anything anywhere, or takes it away.
        mutating func put(_ bytes: [UInt8]?, at path: String) { files[path] = bytes }
    }
#endif
