// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Names in one folder that are shaped like the vault's and have never held anything of it on this
/// machine: how many there are, and what tells whether any of them has changed.
///
/// Anybody can plant such names, so what is remembered of them does not grow with their number.
struct WrongFiles: Sendable, Equatable {
    /// How many there are.
    private(set) var count = 0
    /// Whether one of them was not read: that can change without its stamp.
    private(set) var mayPass = false
    /// Half of it is the hash of their names and numbers, which a folder tells at once; the other
    /// half is that of their names and stamps, for which each is asked.
    let digest: Bytes32
    /// Some of them, ascending, to name them to people.
    private(set) var examples: [Example] = []

    /// One of them.
    struct Example: Sendable, Equatable {
        /// Its name.
        let name: FileName
        /// What is wrong with it.
        let fault: SealedFileError
    }

    /// A name with the number that its folder gave of what stood under it.
    typealias Entry = (name: FileName, number: UInt64)

    /// The same with a stamp from before it was opened.
    typealias Candidate = (entry: Entry, stamp: FileStamp?)

    /// So many examples are kept of one folder.
    static let mostExamples = 8

    /// What is remembered of names; `nil` if one of them may change without its stamp.
    ///
    /// - Parameters:
    ///   - candidates: The names, with stamps from before they were opened.
    ///   - faults: What is wrong with each.
    ///   - moment: When the stamps were taken.
    ///   - room: How many examples may be kept.
    init?(
        _ candidates: [Candidate], _ faults: [FileName: SealedFileError], at moment: Int64,
        room: Int
    ) {
        guard candidates.allSatisfy({ $0.stamp?.isSettled(at: moment) ?? false }) else {
            return nil
        }
        digest = Self.digest(of: candidates)
        for name in candidates.lazy.map(\.entry.name).sorted() {
            guard let fault = faults[name] else { continue }
            count += 1
            if fault.isUnread { mayPass = true }
            if examples.count < min(Self.mostExamples, room) {
                examples.append(Example(name: name, fault: fault))
            }
        }
    }

    /// Whether these are the names and none stands for another file: what was written into one of
    /// them leaves this as it is.
    func hasSameNames(_ entries: [Entry]) -> Bool {
        count == entries.count && digest.bytes.starts(with: Self.half(of: entries))
    }

    /// Whether these are the names and nothing about them has changed.
    func isSame(_ candidates: [Candidate]) -> Bool {
        count == candidates.count && digest == Self.digest(of: candidates)
    }

    /// What is remembered of names, in whatever order they come.
    private static func digest(of candidates: [Candidate]) -> Bytes32 {
        var writer = ByteWriter()
        for (entry, stamp) in candidates.sorted(by: { $0.entry.name < $1.entry.name }) {
            writer.raw(entry.name.raw)
            writer.optional(stamp) { $1.write(to: &$0) }
        }
        let bytes = half(of: candidates.map(\.entry)) + half(writer)
        guard let digest = Bytes32(bytes) else { preconditionFailure("two halves are a whole") }
        return digest
    }

    /// The hash of names and numbers.
    private static func half(of entries: [Entry]) -> [UInt8] {
        var writer = ByteWriter()
        for (name, number) in entries.sorted(by: { $0.name < $1.name }) {
            writer.raw(name.raw)
            writer.u64(number)
        }
        return half(writer)
    }

    /// Half of a hash, which is as long as anybody needs who is not told what is in it.
    private static func half(_ writer: ByteWriter) -> [UInt8] {
        Array(BLAKE2b.hash(writer.bytes.span).bytes.prefix(Bytes32.count / 2))
    }
}

// MARK: - BinaryCoding

extension WrongFiles: BinaryCoding {
    func write(to writer: inout ByteWriter) {
        writer.count(count)
        writer.bool(mayPass)
        writer.raw(digest)
        writer.list(examples) {
            $0.raw($1.name.raw)
            $0.text($1.fault.rawValue)
        }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        let start = reader
        count = Int(try reader.u32())
        mayPass = try reader.bool()
        digest = try reader.bytes32()
        examples = try reader.list(
            atMost: Self.mostExamples, ofAtLeast: 36
        ) { (reader) throws(FormatError) in
            let start = reader
            let name = try FileName.parse(&reader)
            guard let fault = SealedFileError(rawValue: try reader.text(atMost: 64)) else {
                throw start.failure(.malformed)
            }
            return Example(name: name, fault: fault)
        }
        guard count >= max(examples.count, 1),
            zip(examples, examples.dropFirst()).allSatisfy({ $0.name < $1.name })
        else { throw start.failure(.notCanonical) }
    }
}
