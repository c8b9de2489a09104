// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What stands in clear in front of an attachment's file.
///
/// `"CVAF" | version u8 | suite u8 | commitment 32`
struct AttachmentHeader: BinaryCoding, Sendable {
    /// What every attachment's file starts with.
    static let magic = Array("CVAF".utf8)
    /// The version of the layout.
    static let version: UInt8 = 1
    /// XChaCha20-Poly1305 in chunks.
    static let suite: UInt8 = 1
    /// The size in bytes.
    static let size = 4 + 2 + 32

    /// The commitment to the key and to what the file belongs to.
    let commitment: Bytes32

    /// The header of a file under this key, of one attachment of one log.
    ///
    /// Whoever reads the attachment has the key and can name the file in the index of any log.
    /// Under another log or attachment, key and file do not fit.
    init(key: FileKey, vault: VaultID, log: LogID, id: AttachmentID) {
        commitment = BLAKE2b.keyed(
            key, Label.attachmentCommitment.message(vault.raw, log.raw, id.raw))
    }

    func write(to writer: inout ByteWriter) {
        writer.raw(Self.magic)
        writer.u8(Self.version)
        writer.u8(Self.suite)
        writer.raw(commitment)
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        let start = reader
        guard try reader.raw(4) == Self.magic else { throw start.failure(.malformed) }
        guard try reader.u8() == Self.version, try reader.u8() == Self.suite else {
            throw start.failure(.unsupportedVersion)
        }
        commitment = try reader.bytes32()
    }
}
