// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What a case keeps of a sealed report, so that its readers can answer the reporter.
///
/// It is an attachment of the report, of a media type that nothing but taking in gives.
struct ReplyKeys: Hashable, Sendable {
    /// Whoever holds the receipt signs with the other half; the same in all messages.
    let signing: Bytes32
    /// Answers are sealed to it.
    let box: Bytes32
    /// The sealed report itself, so that it is not taken in twice.
    let letter: Bytes32

    /// What it begins with.
    private static let magic = Array("CVIK".utf8)
    /// The size of its form.
    static let size = 4 + 1 + 3 * Bytes32.count
}

// MARK: - BinaryCoding

extension ReplyKeys: BinaryCoding {
    func write(to writer: inout ByteWriter) {
        writer.raw(Self.magic)
        writer.u8(1)
        for key in [signing, box, letter] { writer.raw(key) }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        let start = reader
        guard try reader.raw(4) == Self.magic else { throw start.failure(.malformed) }
        guard try reader.u8() == 1 else { throw start.failure(.unsupportedVersion) }
        signing = try reader.bytes32()
        box = try reader.bytes32()
        letter = try reader.bytes32()
    }
}
