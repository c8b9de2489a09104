// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The purpose of a hash, a signature or a derived key. No two purposes share a label.
///
/// A label is written with its length in front, so that no label is a prefix of another and
/// what is signed or hashed for one purpose never has a meaning for another.
enum Label: String, CaseIterable {
    /// Ed25519 seed of a member key.
    case signingSeed = "casevault/1 signing seed"
    /// Key of what a machine remembers of a vault.
    case localKey = "casevault/1 local key"
    /// Self-signature of a card.
    case cardSignature = "casevault/1 card"
    /// Identifier of a card.
    case cardID = "casevault/1 card id"
    /// Spoken fingerprint of a card.
    case fingerprint = "casevault/1 fingerprint"
    /// Spoken code of vault and roster.
    case committeeCode = "casevault/1 committee code"
    /// Checksum of a printed backup.
    case backupChecksum = "casevault/1 backup"
    /// Identifier of a vault.
    case vaultID = "casevault/1 vault id"
    /// Identifier of the roster's log.
    case rosterID = "casevault/1 roster id"
    /// Signature of a record.
    case recordSignature = "casevault/1 record"
    /// Hash of a record's body, which is signed in its place.
    case bodyHash = "casevault/1 body"
    /// Identifier of a record, and of the log that it starts.
    case recordID = "casevault/1 record id"
    /// Tag of a row or check that a case names in its first record.
    case bond = "casevault/1 bond"
    /// Tag of a check that is linked to a case later.
    case linkBond = "casevault/1 link bond"
    /// Commitment to a file's key.
    case commitment = "casevault/1 commitment"
    /// Seed of the ephemeral key pair of a file's slots.
    case ephemeralSeed = "casevault/1 ephemeral"
    /// Bytes of an unused slot.
    case decoy = "casevault/1 decoy"
    /// Signature of whoever sealed a file.
    case sealerSignature = "casevault/1 sealer"
    /// Commitment to an attachment's key, and to the log and attachment that it belongs to.
    case attachmentCommitment = "casevault/1 attachment commitment"
    /// Associated data of what a machine remembers.
    case seenState = "casevault/1 seen state"
    /// Associated data of the texts that were typed and are not signed yet.
    case drafts = "casevault/1 drafts"
    /// Associated data of a key file.
    case keyFile = "casevault/1 key file"
    /// Commitment to the key of a sealed report or answer.
    case intakeCommitment = "casevault/1 intake commitment"
    /// Ephemeral secret of a sealed report or answer.
    case intakeEphemeral = "casevault/1 intake ephemeral"
    /// Bytes of an unused slot of a sealed report.
    case intakeDecoy = "casevault/1 intake decoy"
    /// Key of the body of a sealed report or answer.
    case intakeBody = "casevault/1 intake body"
    /// Signature of whoever holds the receipt of a sealed report.
    case intakeSignature = "casevault/1 intake signature"
    /// Identifier of a page's list of members.
    case intakeMembers = "casevault/1 intake members"
    /// Identifier of a sealed report.
    case intakeLetter = "casevault/1 intake letter"

    /// A writer that starts with this label.
    var writer: ByteWriter {
        var writer = ByteWriter()
        writer.u8(UInt8(rawValue.utf8.count))
        writer.raw(Array(rawValue.utf8))
        return writer
    }

    /// The label followed by `parts`, as bytes to hash or sign.
    func message(_ parts: Bytes32...) -> [UInt8] {
        var writer = writer
        for part in parts { writer.raw(part) }
        return writer.bytes
    }
}
