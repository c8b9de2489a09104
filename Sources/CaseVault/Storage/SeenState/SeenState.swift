// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What this machine remembers of a vault for one member, outside of the folder.
///
/// Losing it never loses access: it only makes the next opening slower and this computer new.
struct SeenState: Sendable, Equatable {
    /// What is remembered of a file that this machine verified.
    struct Verified: Sendable, Equatable {
        /// What kind of log it holds; `nil` if that is not known.
        var kind: LogKind?
    }

    /// What is remembered of a file by its size, times and number, as long as it has them.
    struct Faulty: Sendable, Equatable {
        /// Which file it was.
        let stamp: FileStamp
        /// What is wrong; `nil` for one that looks like an attachment and was not hashed.
        let fault: SealedFileError?
    }

    /// How a log went.
    enum Vanishing: UInt8, Sendable {
        /// A file that is not mine came when it went: it was probably closed to me.
        case replaced = 1
        /// Nothing came in its place.
        case lost = 2
    }

    /// The newest day that colleagues claim in what arrived here lately.
    struct Neighbours: Sendable, Equatable {
        /// The day.
        var day: Day
        /// When it arrived, by the clock of this machine, in seconds since 1970.
        var arrived: Int64

        /// Whether it arrived within a day before a moment.
        func isRecent(at now: Int64) -> Bool { now >= arrived && now - arrived < 86_400 }
    }

    /// What the temporary files of this member on this machine are known by: 8 random bytes.
    ///
    /// Whoever holds the writers' lock may remove them: whoever made them is gone.
    private(set) var tag: [UInt8] = Array(Random.bytes(SeenState.tagBytes))
    /// When this machine first noted each file, in seconds since 1970.
    var noted: [FileName: Int64] = [:]
    /// Files that this machine verified.
    var mine: [FileName: Verified] = [:]
    /// Files of which no slot is mine.
    var notMine: Set<FileName> = []
    /// Cases of which the people were shown and the question answered.
    var firstLooks: Set<LogID> = []
    /// Who counts here, as far as it is remembered.
    var standing = StandingMemory()
    /// When this machine first saw each erasure, in seconds since 1970.
    var erasures: [RecordID: Int64] = [:]
    /// The newest records of each log that I read, ascending.
    var heads: [LogID: [RecordID]] = [:]

    /// Files whose bytes are wrong or were not hashed, so that a large one is not read at each look.
    var faulty: [FileName: Faulty] = [:]
    /// Whether something was missing when all was last read: then all is read again.
    var hasGaps = false

    /// Folders that are full of names that are not the vault's, or have names that are shaped like
    /// the vault's and hold nothing of it, by their paths in the vault.
    var crowded: [String: CrowdedFolder] = [:]
    /// Logs that I read and of which nothing is there any more.
    var vanished: [LogID: Vanishing] = [:]
    /// What colleagues' clocks said when something new of theirs last arrived.
    var neighbours: Neighbours?

    /// The files of an act of this machine that are all on the disk and are getting their names.
    ///
    /// Not empty afterwards only if the machine died meanwhile: the next act finishes it.
    var publishing: Set<FileName> = []

    /// A state that remembers nothing, for a new computer.
    init() {}

    /// A state with another one's tag, and what `state` remembers.
    init(tag: [UInt8], with state: SeenState = SeenState()) {
        self = state
        self.tag = tag
    }

    /// How long the tag is.
    private static let tagBytes = 8

    /// The tag as it stands in names: 16 hexadecimal digits.
    var tagText: String {
        tag.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// What this machine has checked of a file.
    func checked(_ name: FileName) -> Checked {
        guard let known = mine[name] else { return [] }
        return known.kind == nil ? .file : Checked.file.union(.declarations)
    }

    /// What kind of log a file holds; `nil` if this machine does not know.
    ///
    /// It is remembered only where the declarations in all grants of the file are good.
    func kind(of name: FileName) -> LogKind? {
        mine[name].flatMap(\.kind)
    }

    /// Remembers a file that was verified.
    mutating func remember(_ name: FileName, kind: LogKind? = nil) {
        mine[name] = Verified(kind: kind)
    }

    /// Forgets files that are not in the folder any more.
    mutating func keepOnly(_ names: Set<FileName>) {
        // A copy of all is made only where there is something to forget.
        if noted.keys.contains(where: { !names.contains($0) }) {
            noted = noted.filter { names.contains($0.key) }
        }
        if mine.keys.contains(where: { !names.contains($0) }) {
            mine = mine.filter { names.contains($0.key) }
        }
        if !notMine.isSubset(of: names) { notMine.formIntersection(names) }
        if faulty.keys.contains(where: { !names.contains($0) }) {
            faulty = faulty.filter { names.contains($0.key) }
        }
    }
}

// MARK: - BinaryCoding

extension SeenState.Verified: BinaryCoding {
    /// One byte: 0 where the kind is not known, else one more than its number.
    func write(to writer: inout ByteWriter) { writer.u8(kind.map { $0.rawValue + 1 } ?? 0) }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        let start = reader
        let number = try reader.u8()
        kind = number == 0 ? nil : LogKind(rawValue: number - 1)
        guard number == 0 || kind != nil else { throw start.failure(.malformed) }
    }
}

extension SeenState.Faulty: BinaryCoding {
    /// The stamp, then the fault by its name.
    func write(to writer: inout ByteWriter) {
        stamp.write(to: &writer)
        writer.text(fault?.rawValue ?? "")
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        let start = reader
        stamp = try FileStamp(parsing: &reader)
        let name = try reader.text(atMost: 64)
        fault = SealedFileError(rawValue: name)
        guard name.isEmpty || fault != nil else { throw start.failure(.malformed) }
    }
}

extension SeenState.Neighbours: BinaryCoding {
    /// The day, then the second.
    func write(to writer: inout ByteWriter) {
        day.write(to: &writer)
        writer.u64(UInt64(bitPattern: arrived))
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        day = try Day(parsing: &reader)
        arrived = Int64(bitPattern: try reader.u64())
    }
}

extension SeenState: BinaryCoding {
    /// The most things that are remembered of one kind.
    fileprivate static let limit = 1 << 24

    func write(to writer: inout ByteWriter) {
        writer.raw(tag)
        writer.list(noted.sorted { $0.key < $1.key }) {
            $0.raw($1.key.raw)
            $0.u64(UInt64(bitPattern: $1.value))
        }
        writer.list(mine.sorted { $0.key < $1.key }) {
            $0.raw($1.key.raw)
            $1.value.write(to: &$0)
        }
        writer.list(notMine.sorted()) { $0.raw($1.raw) }
        writer.list(firstLooks.sorted()) { $0.raw($1.raw) }
        standing.write(to: &writer)
        writer.list(erasures.sorted { $0.key < $1.key }) {
            $0.raw($1.key.raw)
            $0.u64(UInt64(bitPattern: $1.value))
        }
        writer.list(heads.sorted { $0.key < $1.key }) {
            $0.raw($1.key.raw)
            $0.list($1.value) { $0.raw($1.raw) }
        }
        writer.list(publishing.sorted()) { $0.raw($1.raw) }
        writer.list(faulty.sorted { $0.key < $1.key }) {
            $0.raw($1.key.raw)
            $1.value.write(to: &$0)
        }
        writer.bool(hasGaps)
        writer.list(vanished.sorted { $0.key < $1.key }) {
            $0.raw($1.key.raw)
            $0.u8($1.value.rawValue)
        }
        writer.list(crowded.sorted { $0.key < $1.key }) {
            $0.text($1.key)
            $1.value.write(to: &$0)
        }
        writer.optional(neighbours) { $1.write(to: &$0) }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        tag = Array(try reader.raw(Self.tagBytes))
        noted = try Self.entries(&reader, ofAtLeast: 40) { (reader) throws(FormatError) in
            Int64(bitPattern: try reader.u64())
        }
        mine = try Self.entries(&reader, ofAtLeast: 33) { (reader) throws(FormatError) in
            try Verified(parsing: &reader)
        }
        notMine = try Self.set(&reader)
        firstLooks = try Self.set(&reader)
        standing = try StandingMemory(parsing: &reader)
        erasures = try Self.entries(&reader, ofAtLeast: 40) { (reader) throws(FormatError) in
            Int64(bitPattern: try reader.u64())
        }
        heads = try Self.entries(&reader, ofAtLeast: 36) { (reader) throws(FormatError) in
            try reader.ascendingList(atMost: Self.limit, ofAtLeast: 32) {
                (reader) throws(FormatError) in try RecordID.parse(&reader)
            }
        }
        publishing = try Self.set(&reader)
        faulty = try Self.entries(&reader, ofAtLeast: 68) { (reader) throws(FormatError) in
            try Faulty(parsing: &reader)
        }
        hasGaps = try reader.bool()
        vanished = try Self.entries(&reader, ofAtLeast: 33) { (reader) throws(FormatError) in
            let start = reader
            guard let way = Vanishing(rawValue: try reader.u8()) else {
                throw start.failure(.malformed)
            }
            return way
        }
        crowded = try Self.folders(&reader)
        neighbours = try reader.optional { (reader) throws(FormatError) in
            try Neighbours(parsing: &reader)
        }
    }

    /// Reads folders by their paths, which must ascend strictly.
    private static func folders(
        _ reader: inout ByteReader
    ) throws(FormatError) -> [String: CrowdedFolder] {
        let start = reader
        let pairs = try reader.list(atMost: 300, ofAtLeast: 38) { (reader) throws(FormatError) in
            (path: try reader.text(atMost: 16), folder: try CrowdedFolder(parsing: &reader))
        }
        guard zip(pairs, pairs.dropFirst()).allSatisfy({ $0.path < $1.path }) else {
            throw start.failure(.notCanonical)
        }
        return Dictionary(uniqueKeysWithValues: pairs.map { ($0.path, $0.folder) })
    }

    /// Reads identifiers, which must ascend strictly.
    fileprivate static func set<Key: Identifier>(
        _ reader: inout ByteReader
    ) throws(FormatError) -> Set<Key> {
        Set(
            try reader.ascendingList(atMost: limit, ofAtLeast: 32) {
                (reader) throws(FormatError) in try Key.parse(&reader)
            })
    }

    /// Reads identifiers with a value each; the identifiers must ascend strictly.
    fileprivate static func entries<Key: Identifier, Value>(
        _ reader: inout ByteReader, ofAtLeast size: Int,
        _ value: (inout ByteReader) throws(FormatError) -> Value
    ) throws(FormatError) -> [Key: Value] {
        let start = reader
        var entries: [Key: Value] = [:]
        var last: Key?
        for _ in 0..<(try reader.count(atMost: limit, ofAtLeast: size)) {
            let key = try Key.parse(&reader)
            if let last, key <= last { throw start.failure(.notCanonical) }
            last = key
            entries[key] = try value(&reader)
        }
        return entries
    }
}

extension StandingMemory: BinaryCoding {
    func write(to writer: inout ByteWriter) {
        writer.list(known.sorted()) { $0.raw($1.raw) }
        writer.list(readers.sorted { $0.key < $1.key }) {
            $0.raw($1.key.raw)
            $0.list($1.value) { $0.raw($1.raw) }
        }
        writer.list(exemptions.sorted { $0.key < $1.key }) {
            $0.raw($1.key.raw)
            $0.list($1.value) {
                $0.list($1.links) { $0.raw($1.raw) }
                $0.list($1.readers) { $0.raw($1.raw) }
            }
        }
        writer.list(out.sorted { $0.key < $1.key }) {
            $0.raw($1.key.raw)
            $0.list($1.value) { $0.raw($1.raw) }
        }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        known = try SeenState.set(&reader)
        readers = try SeenState.entries(&reader, ofAtLeast: 36) {
            (reader) throws(FormatError) in try Self.cards(&reader)
        }
        exemptions = try SeenState.entries(&reader, ofAtLeast: 36) {
            (reader) throws(FormatError) in
            try reader.list(atMost: SeenState.limit, ofAtLeast: 8) {
                (reader) throws(FormatError) in
                // Links stand in the order in which they came.
                let links = try reader.list(atMost: SeenState.limit, ofAtLeast: 32) {
                    (reader) throws(FormatError) in try RecordID.parse(&reader)
                }
                return AuthorityMemory.Exemption(links: links, readers: try Self.cards(&reader))
            }
        }
        out = try SeenState.entries(&reader, ofAtLeast: 36) { (reader) throws(FormatError) in
            try reader.ascendingList(atMost: SeenState.limit, ofAtLeast: 32) {
                (reader) throws(FormatError) in try RecordID.parse(&reader)
            }
        }
    }

    /// Reads cards, which must ascend.
    private static func cards(_ reader: inout ByteReader) throws(FormatError) -> [CardID] {
        try reader.ascendingList(atMost: SeenState.limit, ofAtLeast: 32) {
            (reader) throws(FormatError) in try CardID.parse(&reader)
        }
    }
}
