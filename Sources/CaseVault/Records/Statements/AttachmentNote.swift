// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What a signed record says about one attachment. Key and file name are in the file's index.
struct AttachmentNote: BinaryCoding, Hashable, Sendable {
    /// Which attachment.
    let id: AttachmentID
    /// The name of the file as it was attached, with no folder.
    let name: String
    /// The media type as it was given, e.g. `image/png`.
    let mediaType: String
    /// The true size in bytes.
    let size: UInt64
    /// BLAKE2b-256 of the plaintext.
    let hash: Bytes32

    /// The longest name in bytes of UTF-8.
    static let nameLimit = 255
    /// The media type of what taking in a sealed report adds; nobody else can give it.
    static let replyType = "application/x-casevault-reply"
    /// The most attachments of one record.
    static let countLimit = 256

    /// A note about an attachment.
    init(id: AttachmentID, name: String, mediaType: String, size: UInt64, hash: Bytes32) {
        self.id = id
        self.name = name
        self.mediaType = mediaType
        self.size = size
        self.hash = hash
    }

    func write(to writer: inout ByteWriter) {
        writer.raw(id.raw)
        writer.text(name)
        writer.text(mediaType)
        writer.u64(size)
        writer.raw(hash)
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        id = try AttachmentID.parse(&reader)
        name = try reader.text(atMost: Self.nameLimit)
        mediaType = try reader.text(atMost: Self.nameLimit)
        size = try reader.u64()
        hash = try reader.bytes32()
    }
}

extension ByteReader {
    /// Reads the notes about a record's attachments.
    mutating func attachmentNotes() throws(FormatError) -> [AttachmentNote] {
        try list(atMost: AttachmentNote.countLimit, ofAtLeast: 80) {
            (reader) throws(FormatError) in try AttachmentNote(parsing: &reader)
        }
    }
}
