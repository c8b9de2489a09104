// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The part of a record that can be taken out: what it says, and random bytes.
///
/// The author signs its hash only, so a record still proves who wrote it, when and after what,
/// once the text is erased. The random bytes keep anybody from guessing a short text, such as a
/// name, by trying hashes.
struct RecordBody: Sendable {
    /// Random bytes.
    let salt: Bytes32
    /// The statement, in the binary form that the record's kind prescribes.
    let bytes: [UInt8]

    /// What the author signs in place of the body.
    var hash: Bytes32 {
        var writer = Label.bodyHash.writer
        write(to: &writer)
        return BLAKE2b.hash(writer.bytes)
    }

    /// The size of the binary form in bytes.
    var size: Int { Bytes32.count + 4 + bytes.count }
}

// MARK: - Equatable

extension RecordBody: Equatable {
    static func == (a: RecordBody, b: RecordBody) -> Bool {
        a.salt == b.salt && a.bytes.hasSameBytes(as: b.bytes)
    }
}

// MARK: - BinaryCoding

extension RecordBody: BinaryCoding {
    func write(to writer: inout ByteWriter) {
        writer.raw(salt)
        writer.blob(bytes)
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        salt = try reader.bytes32()
        bytes = try reader.blob(atMost: Record.bodyLimit)
    }
}
