// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Why a file of the vault was refused. Each fault has its own case, so that tests and people
/// can tell a flipped bit from a forged reader list.
@nonexhaustive public enum SealedFileError: String, Error, Sendable {
    /// The bytes are not those that the file's name promises.
    case nameDoesNotMatch
    /// This is not a file of the vault, or it was cut.
    case malformed
    /// It is empty: a sync tool has made the name and not brought the bytes.
    case empty
    /// It is what git keeps in place of a large file that was not fetched.
    case pointer
    /// This account may not read it; nothing is known of its bytes.
    case noPermission
    /// The disk could not read it; nothing is known of its bytes.
    case unreadable
    /// Another program has it; nothing is known of its bytes.
    case busy
    /// A file or a link, where a folder of the vault belongs.
    case notAFolder
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
        case .empty: "it is empty: your sync tool has not brought its bytes yet"
        case .pointer: "it is a pointer of git LFS, and the file itself was not fetched"
        case .noPermission: "this account has no permission to read it"
        case .unreadable: "the disk could not read it (input/output error)"
        case .busy: "another program is using it"
        case .notAFolder: "it is no folder, and a folder of the vault belongs there"
        case .newerVersion: "a newer version of CaseVault wrote it"
        case .keyNotCommitted:
            "it is of another vault, or forged to show different texts to different people"
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

    /// What to do about it, in one sentence or two.
    public var hint: String {
        switch self {
        case .notAFolder:
            "Move the file or link out of the vault, and ask who put it there; then let your sync "
                + "tool finish."
        case .pointer: "Fetch the files themselves with git lfs pull."
        case .newerVersion: "Install the newer version."
        case .noPermission, .unreadable, .busy:
            "Mend that, then verify again. Nothing says that the file is damaged."
        case .keyNotCommitted, .ghostReader, .readerWithoutSlot, .slotsOutOfOrder, .badPublicKey,
            .repeatedKey, .badSealer, .badRecord:
            "It was written like this, so no copy of it is better: ask your colleagues who wrote "
                + "it."
        case .nameDoesNotMatch, .malformed, .empty, .bodyDamaged:
            "Let your sync tool finish, or restore the file from a colleague's copy."
        }
    }

    /// Whether nothing is known of its bytes: it could not be read, and may well be whole.
    public var isUnread: Bool {
        switch self {
        case .noPermission, .unreadable, .busy: true
        default: false
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
