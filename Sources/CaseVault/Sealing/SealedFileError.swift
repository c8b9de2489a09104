// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Why a file of the vault was refused. Each fault has its own case, so that tests and people
/// can tell a flipped bit from a forged reader list.
public enum SealedFileError: String, Error, Sendable {
    /// The bytes are not those that the file's name promises.
    case nameDoesNotMatch
    /// This is not a file of the vault, or it was cut.
    case malformed
    /// A newer program wrote it.
    case newerVersion
    /// The key does not match the commitment: the file could mean two things.
    case keyNotCommitted
    /// The body does not decrypt.
    case bodyDamaged
    /// Somebody who is not listed as a reader was given the key, or a slot is nobody's and no decoy.
    case ghostReader
    /// A listed reader was not given the key, or the ephemeral key is not the derived one.
    case readerWithoutSlot
    /// The slots are not in their one order.
    case slotsOutOfOrder
    /// A card holds a key that is not canonical or has low order.
    case badPublicKey
    /// Two different cards share a key.
    case repeatedKey
    /// The sealer's signature is wrong, or the sealer's card is missing.
    case badSealer
    /// The signature of a record is wrong, or its author's card is missing.
    case badRecord

    /// The fault in plain words, to stand behind "damaged:".
    public var text: String {
        switch self {
        case .nameDoesNotMatch: "its bytes are not those that its name promises"
        case .malformed: "it is cut or not a file of the vault"
        case .newerVersion: "a newer version of CaseVault wrote it"
        case .keyNotCommitted: "it is made to show different texts to different people"
        case .bodyDamaged: "its contents do not decrypt"
        case .ghostReader: "somebody who is not listed was given its key"
        case .readerWithoutSlot: "a listed reader was not given its key as it should be"
        case .slotsOutOfOrder: "its slots are out of order"
        case .badPublicKey: "it holds a weak public key"
        case .repeatedKey: "two different cards in it share a key"
        case .badSealer: "the signature of whoever sealed it is wrong"
        case .badRecord: "the signature of a record in it is wrong"
        }
    }

    /// The fault that a parser's error stands for.
    init(_ error: FormatError) {
        switch error.reason {
        case .unsupportedVersion: self = .newerVersion
        case .badPublicKey: self = .badPublicKey
        case .repeatedKey: self = .repeatedKey
        case .badSignature: self = .badRecord
        case .truncated, .tooLarge, .notCanonical, .malformed, .trailingBytes: self = .malformed
        }
    }
}
