// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Where the bytes of one attachment are, and the key to them.
///
/// `everGiven` lists everyone who was ever given the key. The entry is clean if all of them
/// read the log today; otherwise the next rewriting encrypts the attachment again.
struct AttachmentEntry: Sendable {
    /// Which attachment.
    let id: AttachmentID
    /// The encrypted file in the folder.
    let file: FileName
    /// The file's key.
    let key: FileKey
    /// Everyone who was ever given the key.
    let everGiven: CardIDs

    /// The most entries of one file.
    static let countLimit = 65_536

    /// What tells entries apart: attachment, file and key, as bytes in the order of the index.
    ///
    /// The key is part of it, so that nobody can push a true key out with a false one.
    struct Place: Hashable, Comparable {
        /// The bytes.
        private let bytes: [UInt8]

        /// The place of an entry.
        init(_ entry: AttachmentEntry) { bytes = Array(entry.encoded.prefix(96)) }

        /// Orders by bytes.
        static func < (a: Place, b: Place) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
    }

    /// What tells this entry apart from others.
    var place: Place { Place(self) }

    /// The same entry after the key was also given to `people`.
    func given(to people: CardIDs) -> AttachmentEntry {
        AttachmentEntry(id: id, file: file, key: key, everGiven: everGiven.union(people))
    }

    /// Whether everybody who was ever given the key is one of `readers`.
    func isClean(for readers: CardIDs) -> Bool { everGiven.isSubset(of: readers) }
}

// MARK: - BinaryCoding

extension AttachmentEntry: BinaryCoding {
    func write(to writer: inout ByteWriter) {
        writer.raw(id.raw)
        writer.raw(file.raw)
        key.withBytes { for i in $0.indices { writer.u8($0[i]) } }
        writer.list(Array(everGiven)) { $0.raw($1.raw) }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        id = try AttachmentID.parse(&reader)
        file = try FileName.parse(&reader)
        let start = reader
        var bytes = try reader.raw(32)
        defer { Wipe.zero(&bytes) }
        guard let key = FileKey(copying: bytes.span) else { throw start.failure(.truncated) }
        self.key = key
        everGiven = CardIDs(
            try reader.ascendingList(atMost: 65_536, ofAtLeast: 32) {
                (reader) throws(FormatError) in try CardID.parse(&reader)
            })
    }
}
