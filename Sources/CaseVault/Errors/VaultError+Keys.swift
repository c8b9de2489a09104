// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension VaultError {
    /// Wrong passphrase or changed key file: not told apart.
    static func wrongPassphrase(_ path: String) -> VaultError {
        VaultError(
            .wrongPassphrase, as: "wrongPassphrase",
            "The passphrase is wrong, or the key file was changed.",
            hint: "Try again, or restore the key from your printed backup.", file: path)
    }

    /// The file is no key file.
    static func notAKey(_ path: String) -> VaultError {
        VaultError(
            .notAKey, as: "notAKey", "This is not a CaseVault key file.",
            hint: "Name your own key file.",
            file: path)
    }

    /// A passphrase is needed, or one was given to a file without.
    static func passphraseNeeded(_ path: String) -> VaultError {
        VaultError(
            .wrongPassphrase, as: "passphraseNeeded", "This key file is protected by a passphrase.",
            hint: "Give the passphrase.", file: path)
    }

    /// The disk keeps no permissions.
    static func keyCannotBePrivate(_ path: String) -> VaultError {
        VaultError(
            .keyFileTooOpen, as: "keyCannotBePrivate",
            "On this disk everybody could read the key file; it was not kept.",
            hint: "Choose a place on a disk that keeps permissions.", file: path)
    }

    /// Nothing was typed.
    static let emptyPassphrase = VaultError(
        .badInput, as: "emptyPassphrase", "The passphrase was empty.",
        hint: "Give at least one character.")

    /// A passphrase is too long.
    static let longPassphrase = VaultError(
        .badInput, as: "longPassphrase", "A passphrase has at most 1024 bytes.",
        hint: "Take a shorter one.")

    /// A passphrase has bytes that no keyboard types.
    static let passphraseNotText = VaultError(
        .badInput, as: "passphraseNotText", "A passphrase is one line of text in UTF-8.",
        hint: "Take control characters, zero bytes and further lines out of it.")

    /// The system has no key store for the session, or does not let us use it.
    static let cannotStayUnlocked = VaultError(
        .cannotStayUnlocked, as: "cannotStayUnlocked", "The key cannot be kept here.",
        hint: "This system has no key store for that. Type the passphrase each time.")

    /// The key file has no passphrase.
    static func isNeverLocked(_ path: String) -> VaultError {
        VaultError(
            .cannotStayUnlocked, as: "isNeverLocked",
            "This key file has no passphrase: it is never locked.",
            hint: "There is nothing to unlock.", file: path)
    }

    /// The bytes are no card.
    static func notACard(_ path: String?) -> VaultError {
        VaultError(
            .notACard, as: "notACard", "This is not a member's card, or it was changed on the way.",
            hint: "Ask the member to send the card again.", file: path)
    }

    /// There is more than one card.
    static func severalCards(_ path: String?) -> VaultError {
        VaultError(
            .notACard, as: "severalCards", "There are several different cards in this text.",
            hint: "Keep the one that you mean, and leave the others out.", file: path)
    }

    /// The text is no printed backup.
    static let notABackup = VaultError(
        .notABackup, as: "notABackup", "This is not a printed backup, or it has a typing mistake.",
        hint: "Type the name and every group again; the letters O, I, L and U do not occur.")

    /// The name cannot be a display name.
    static let badName = VaultError(
        .badInput, as: "badName", "This cannot be a member's name.",
        hint: "Use 1 to 100 visible characters in one line, at most 200 bytes.")

    /// The fingerprint does not belong to the card.
    static let fingerprintMismatch = VaultError(
        .fingerprintMismatch, as: "fingerprintMismatch",
        "This is not the fingerprint of that card.",
        hint: "Ask the owner to read it again. If it stays different, somebody changed the card.")

    /// The spoken code does not belong to this vault and roster.
    static let codeMismatch = VaultError(
        .fingerprintMismatch, as: "codeMismatch", "This is not the code that this computer shows.",
        hint: "Let both computers sync, then compare again. If it stays different, stop and ask.")

    /// The text is no fingerprint.
    static let notAFingerprint = VaultError(
        .badInput, as: "notAFingerprint", "A fingerprint has 40 digits.",
        hint: "Type all eight groups of five digits.")
}
