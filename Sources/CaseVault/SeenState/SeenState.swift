// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What this machine remembers of a vault for one member, outside of the folder.
///
/// Losing it never loses access: it only makes the next opening slower and this computer new.
struct SeenState: Sendable, Equatable {
    /// When this machine first noted each file, in seconds since 1970.
    var noted: [FileName: Int64] = [:]
    /// Files that opened, with the slot that was mine.
    var mine: [FileName: UInt16] = [:]
    /// Files of which no slot is mine.
    var notMine: Set<FileName> = []
    /// Cases of which the people were shown and the question answered.
    var firstLooks: Set<LogID> = []
    /// Removals that this machine acted on.
    var accepted: Set<RecordID> = []

    /// Forgets files that are not in the folder any more.
    mutating func keepOnly(_ names: Set<FileName>) {
        noted = noted.filter { names.contains($0.key) }
        mine = mine.filter { names.contains($0.key) }
        notMine = notMine.filter { names.contains($0) }
    }
}

// MARK: - BinaryCoding

extension SeenState: BinaryCoding {
    /// The most things that are remembered of one kind.
    private static let limit = 1 << 24

    func write(to writer: inout ByteWriter) {
        writer.list(noted.sorted { $0.key < $1.key }) {
            $0.raw($1.key.raw)
            $0.u64(UInt64(bitPattern: $1.value))
        }
        writer.list(mine.sorted { $0.key < $1.key }) {
            $0.raw($1.key.raw)
            $0.u16($1.value)
        }
        writer.list(notMine.sorted()) { $0.raw($1.raw) }
        writer.list(firstLooks.sorted()) { $0.raw($1.raw) }
        writer.list(accepted.sorted()) { $0.raw($1.raw) }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        let start = reader
        let noted = try reader.list(atMost: Self.limit, ofAtLeast: 40) {
            (reader) throws(FormatError) in
            (name: try FileName.parse(&reader), time: Int64(bitPattern: try reader.u64()))
        }
        let mine = try reader.list(atMost: Self.limit, ofAtLeast: 34) {
            (reader) throws(FormatError) in
            (name: try FileName.parse(&reader), slot: try reader.u16())
        }
        guard zip(noted, noted.dropFirst()).allSatisfy({ $0.name < $1.name }),
            zip(mine, mine.dropFirst()).allSatisfy({ $0.name < $1.name })
        else { throw start.failure(.notCanonical) }
        for file in noted { self.noted[file.name] = file.time }
        for file in mine { self.mine[file.name] = file.slot }
        notMine = Set(try Self.identifiers(&reader))
        firstLooks = Set(try Self.identifiers(&reader))
        accepted = Set(try Self.identifiers(&reader))
    }

    /// Reads identifiers in their one order.
    private static func identifiers<T: Identifier>(
        _ reader: inout ByteReader
    ) throws(FormatError) -> [T] {
        try reader.ascendingList(atMost: limit, ofAtLeast: 32) { (reader) throws(FormatError) in
            try T.parse(&reader)
        }
    }
}
