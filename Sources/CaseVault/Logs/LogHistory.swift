// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// One log as this computer counts it: who is in and reads, and which records count.
struct LogHistory: Sendable {
    /// A person who reads the log.
    struct Reader: Sendable {
        /// The person's card.
        let card: MemberCard
        /// The records that let the person in, in order.
        let grants: [VerifiedRecord]
    }

    /// The records as they were found.
    let records: LogRecords
    /// What this computer makes of the log; `nil` as long as its first record is not here.
    let view: AuthorityView?
    /// Whether somebody started it who is or was a member; see `Settlement.isFromMember`.
    let isFromMember: Bool
    /// All records, ancestors first; ties by identifier. Those that were erased are stripped.
    let order: [VerifiedRecord]
    /// Which of them count, in this order.
    let counts: [Bool]
    /// Who reads the log today: what is new is sealed to them.
    let readers: [CardID: Reader]
    /// The same people's identifiers.
    let readerIDs: CardIDs
    /// Who is in. Whoever is and does not read has to answer a check first, and keeps their files.
    let people: CardIDs
    /// Who has power: who may change who is in.
    let powerful: CardIDs
    /// Everyone who was ever let in.
    let everReaders: [CardID: MemberCard]
    /// The erasures that are carried out, in order.
    let erasures: [VerifiedRecord]
    /// Records whose text was erased for good, as far as they are held.
    let erased: Set<RecordID>

    /// Looks at a log.
    ///
    /// - Parameters:
    ///   - records: Its records.
    ///   - view: What this computer makes of them.
    ///   - isFromMember: Whether a member started it.
    ///   - readBefore: Who read it when this computer last looked.
    ///   - isDue: Whether the day of an erasure is over.
    init(
        _ records: LogRecords, _ view: AuthorityView?, isFromMember: Bool, readBefore: [CardID],
        isDue: (RecordID) -> Bool
    ) {
        self.records = records
        self.view = view
        self.isFromMember = isFromMember
        let (erasures, erased) = Self.erased(in: records, view, isDue: isDue)
        self.erasures = erasures
        self.erased = erased
        // Nobody who asks this history ever sees a text that was erased.
        order =
            erased.isEmpty
            ? records.order : records.order.map { erased.contains($0.id) ? $0.redacted : $0 }
        guard let view else {
            counts = Array(repeating: false, count: records.order.count)
            (readers, everReaders) = ([:], [:])
            (readerIDs, people, powerful) = ([], [], [])
            return
        }
        counts = records.order.map { Self.counts($0, in: view) }
        let powerful = CardIDs(view.powerful)
        self.powerful = powerful
        people = CardIDs(view.people)
        var ever: [CardID: MemberCard] = [:]
        for id in view.everIn { ever[id] = records.cards[id] }
        everReaders = ever
        var readers: [CardID: Reader] = [:]
        let ranked = view.ranked(readBefore: readBefore)
        let sharing = ReaderList.keysAreDistinct(ranked.compactMap { records.cards[$0] })
        for id in ranked {
            // No file can name more. Otherwise one member could stop everybody with keys of their
            // own; these come last.
            if readers.count == ReaderList.limit { break }
            guard let card = records.cards[id] else { continue }
            if !sharing, readers.values.contains(where: { $0.card.sharesKey(with: card) }) {
                continue
            }
            readers[id] = Reader(card: card, grants: [])
        }
        for (i, record) in order.enumerated() where counts[i] {
            for id in record.cardsLetIn.map(\.id) {
                guard let known = readers[id] else { continue }
                readers[id] = Reader(card: known.card, grants: known.grants + [record])
            }
        }
        self.readers = readers
        readerIDs = CardIDs(readers.keys)
    }

    /// Whether a record counts. What says something of its author only, or holds something back,
    /// does wherever it is found.
    private static func counts(_ record: VerifiedRecord, in view: AuthorityView) -> Bool {
        guard let place = view.log.place(record.id) else {
            return record.kind == .gapAccepted && view.local(record.record.author) != nil
        }
        switch view.log.kinds[place] {
        case .letsIn, .confirms, .removes, .text: return view.standing.taken[place]
        case .leaves, .other: return true
        }
    }

    /// The erasures of a log that are in effect and a day old, and what they take away.
    private static func erased(
        in records: LogRecords, _ view: AuthorityView?, isDue: (RecordID) -> Bool
    ) -> ([VerifiedRecord], Set<RecordID>) {
        guard let view, !view.log.limits.erasures.isEmpty else { return ([], []) }
        let effective = Set(view.erasures.filter(isDue))
        let texts = records.order.filter(\.kind.isErasable)
        let gone = Set(texts.lazy.filter(\.isRedacted).map(\.id))
        var (erasures, named): ([VerifiedRecord], Set<RecordID>) = ([], [])
        for record in records.order {
            guard case .erased(let erasure)? = record.statement else { continue }
            if effective.contains(record.id) {
                erasures.append(record)
                named.formUnion(erasure.records)
                continue
            }
            // What was carried out stays so, whatever becomes of its author. Who never had power
            // could not erase: that a text is missing is then said.
            guard let place = view.log.place(record.id),
                view.everHadPower(view.log.authors[place])
            else { continue }
            let done = erasure.records.filter(gone.contains)
            named.formUnion(done)
            let isCarriedOut =
                !done.isEmpty
                && texts.allSatisfy { !erasure.records.contains($0.id) || gone.contains($0.id) }
            if isCarriedOut { erasures.append(record) }
        }
        return (erasures, Set(texts.lazy.filter { named.contains($0.id) }.map(\.id)))
    }

    // MARK: - Records

    /// The first record, where it is held.
    var root: VerifiedRecord? { records.root }
    /// The newest records whose whole past is held, ascending.
    var heads: [RecordID] { records.heads }
    /// Records that are named as parents and not held.
    var missing: Set<RecordID> { records.missing }
    /// Records that somebody accepted as gone for good.
    var acceptedGaps: Set<RecordID> { records.acceptedGaps }

    /// The newest among the records that count, ascending: what this machine remembers. A record
    /// that counts for nothing may come and go.
    var countingHeads: [RecordID] {
        // Nearly always.
        if missing.isEmpty, counts.allSatisfy(\.self) { return heads }
        let counting = counting
        var parents: Set<RecordID> = []
        for record in counting { parents.formUnion(record.record.parents) }
        return counting.map(\.id).filter { !parents.contains($0) }.sorted()
    }

    /// The records that count, ancestors first.
    var counting: [VerifiedRecord] { zip(order, counts).compactMap { $1 ? $0 : nil } }

    /// The records that do not count, ancestors first.
    var late: [VerifiedRecord] { zip(order, counts).compactMap { $1 ? nil : $0 } }

    /// The records of one kind that count, ancestors first.
    func counting(of kind: RecordKind) -> [VerifiedRecord] {
        var found: [VerifiedRecord] = []
        for i in order.indices where order[i].kind == kind && counts[i] { found.append(order[i]) }
        return found
    }

    // MARK: - People

    /// Today's readers, ascending.
    var readerCards: [MemberCard] { readers.values.map(\.card).sorted { $0.id < $1.id } }
    /// Whether somebody reads the log today.
    ///
    /// A look into `readers` would copy the card and the grants.
    func isReader(_ id: CardID) -> Bool { readerIDs.contains(id) }
    /// Whether somebody is in.
    func isIn(_ id: CardID) -> Bool { people.contains(id) }
    /// Whether somebody may change who is in.
    func hasPower(_ id: CardID) -> Bool { powerful.contains(id) }

    /// The removals and leaves of a person that are open here, in the order of the log.
    func bars(against id: CardID) -> [VerifiedRecord] {
        guard let view, let person = view.local(id) else { return [] }
        let bars = Set(view.bars(against: person).map(view.log.id))
        return bars.isEmpty ? [] : order.filter { bars.contains($0.id) }
    }

    /// The removals and leaves of a person that are here, and those that hold here although they are
    /// gone: what letting back names, so that it holds on every computer. Ascending.
    ///
    /// All, up to a limit; above it only what counts or may count, which is what the person says and
    /// what is said by whoever ever had power: nobody's own keys keep somebody out by their number.
    func allBars(against id: CardID, limit: Int) -> [RecordID] {
        guard let view else { return [] }
        let gone = view.goneBars[id] ?? []
        guard let person = view.local(id) else { return gone }
        let log = view.log
        var (needed, others): (Set<Int>, Set<Int>) = ([], [])
        for record in log.barsOf[person].map({ log.barRecords[$0] }) {
            if log.kinds[record] == .leaves || view.standing.taken[record]
                || view.everHadPower(log.authors[record])
            {
                needed.insert(record)
            } else {
                others.insert(record)
            }
        }
        let rest = others.map(log.id).sorted().prefix(max(0, limit - needed.count))
        return (needed.map(log.id) + rest + gone).sorted()
    }

    /// Whether the first record of a check, or of a check of a row's case, keeps the log from
    /// somebody, under this or an older key: then only a record that names the log's first record
    /// lets them in.
    func isKept(from id: CardID) -> Bool { view?.isKept(from: id) ?? false }

    /// Whether somebody ever was taken out here, or left.
    func wasEverOut(_ id: CardID) -> Bool {
        guard let view, let person = view.local(id) else { return false }
        return view.everOut(person)
    }

    /// Who has a conflict on a check of the case, whether they ever were in or not.
    var conflicted: Set<CardID> {
        guard let view else { return [] }
        let facts = view.log.facts
        return Set(facts.conflicted(on: view.log.limits.allChecks).map { facts.people[$0] })
    }

    /// The checks of the links that ask.
    var linkedChecks: [LogID] {
        let asking = Set(view?.askingLinks ?? [])
        if asking.isEmpty { return [] }
        return order.compactMap { record in
            guard asking.contains(record.id), case .checkLinked(let link) = record.statement else {
                return nil
            }
            return link.check.log
        }
    }

    /// The links whose checks belong to the case, or are not here.
    var fittingLinks: [RecordID] {
        guard let view else { return [] }
        return view.log.limits.links.map(view.log.id)
    }

    /// The holds that nobody ended, in the order of the log.
    var openHolds: [VerifiedRecord] {
        let open = Set(view?.openHolds ?? [])
        return open.isEmpty ? [] : order.filter { open.contains($0.id) }
    }

    /// What a person did here, that counts: it stays when they leave, if they say so.
    func acts(of id: CardID) -> [RecordID] {
        zip(order, counts).filter { $1 && $0.record.author == id && !$0.isRoot }.map(\.0.id)
    }

    /// Texts that an erasure names which has effect, but for those that are gone: they go when its
    /// day is over.
    var erasing: Set<RecordID> {
        guard let view, !view.log.limits.erasures.isEmpty else { return [] }
        return view.erased.subtracting(erased)
    }

    /// Whether this computer counts the same as another time: then nothing follows from it anew.
    func isSame(as other: LogHistory) -> Bool {
        records === other.records && counts == other.counts && readerIDs == other.readerIDs
            && people == other.people && powerful == other.powerful && erased == other.erased
            && erasures.map(\.id) == other.erasures.map(\.id)
            && isFromMember == other.isFromMember
            && view?.openHolds == other.view?.openHolds
            && view?.askingLinks == other.view?.askingLinks
    }
}

extension VerifiedRecord {
    /// Whom this lets in if it counts.
    var cardsLetIn: [MemberCard] {
        switch statement {
        case .founded(let value): value.founders
        case .checkStarted(let value): value.readers
        case .rowStarted(let value): value.readers
        case .caseStarted: [author]
        case .admitted(let value): [value.card]
        case .opened(let value): [value.card]
        case .granted(let value): [value.card]
        case .invited(let card): [card]
        default: []
        }
    }

    /// Whom this takes out.
    var removedPeople: [CardID] {
        switch statement {
        case .removed(let people), .revoked(let people): people
        case .left: [author.id]
        default: []
        }
    }
}
