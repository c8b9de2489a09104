// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension VaultError {
    /// The file is there already and must not be replaced.
    static func alreadyExists(_ path: String) -> VaultError {
        VaultError(
            .alreadyExists, as: "alreadyExists", "The file is there already.",
            hint: "Choose another name, or move the old file away first.", file: path)
    }

    /// A vault can only be founded in an empty folder.
    static func folderNotEmpty(_ path: String) -> VaultError {
        VaultError(
            .alreadyExists, as: "folderNotEmpty", "The folder is not empty.",
            hint: "Choose a new folder for the vault.", file: path)
    }

    /// No vault here.
    static func notAVault(_ path: String) -> VaultError {
        VaultError(
            .notAVault, as: "notAVault", "There is no vault in this folder.",
            hint: "Choose the folder that holds the file named VAULT.", file: path)
    }

    /// The folder of an open vault is empty, without `VAULT` too.
    static func vaultAway(_ path: String) -> VaultError {
        VaultError(
            .notAVault, as: "vaultAway", "The vault is not in its folder any more.",
            hint: "Connect the drive or share that it is on, or let your sync tool bring it back.",
            file: path)
    }

    /// The file `VAULT` is missing, though the rest of a vault is there.
    static func vaultFileMissing(_ path: String) -> VaultError {
        VaultError(
            .incomplete, as: "vaultFileMissing", "The file VAULT is missing from this vault.",
            hint: "Let your sync tool finish, or copy VAULT from a colleague's folder.",
            file: path)
    }

    /// Nothing of a vault is there but `VAULT`.
    ///
    /// - Parameters:
    ///   - path: The folder that holds the files.
    ///   - lookAlike: A folder beside it that may be it under another name.
    /// - Returns: The error.
    static func sealedFolderMissing(_ path: String, lookAlike: String?) -> VaultError {
        VaultError(
            .incomplete, as: "sealedFolderMissing",
            "The folder with the vault's files is missing or empty.",
            hint: lookAlike.map {
                "Give the folder \"\($0)\" the name \"sealed\" back. Delete nothing of it."
            } ?? "Let your sync tool finish, or copy the folder from a colleague.",
            with: lookAlike.map { ["lookAlike": $0] } ?? [:], file: path)
    }

    /// Something else stands where a folder of the vault belongs.
    static func notAFolder(_ path: String) -> VaultError {
        VaultError(
            .damaged, as: "notAFolder",
            "Where a folder of the vault belongs there is a file or a link.",
            hint: "Move it out of the vault, and ask who put it there; then try again.",
            file: path)
    }

    /// The file `VAULT` is not as it was written.
    static func damagedVaultFile(_ path: String) -> VaultError {
        VaultError(
            .damaged, as: "damagedVaultFile", "The file VAULT is damaged.",
            hint: "Restore it from your sync tool or from a colleague's copy.", file: path)
    }

    /// The file `VAULT` has a name and no bytes.
    static func emptyVaultFile(_ path: String) -> VaultError {
        VaultError(
            .damaged, as: "emptyVaultFile",
            "The file VAULT is empty: your sync tool has not brought its bytes yet.",
            hint: "Let your sync tool finish, or copy VAULT from a colleague's folder.",
            file: path)
    }

    /// A newer program wrote this.
    static func newerVersion(_ path: String?) -> VaultError {
        VaultError(
            .newerVersion, as: "newerVersion", "A newer version of CaseVault wrote this.",
            hint: "Install the newer version.", file: path)
    }

    /// A file of the folder was refused.
    static func damaged(
        _ path: String, _ why: String,
        hint: String = "Let your sync tool finish, or restore the file from a colleague's copy."
    ) -> VaultError {
        VaultError(
            .damaged, as: "damaged", "A file of the vault is damaged: \(why).", hint: hint,
            file: path)
    }

    /// A file of the folder could not be read.
    static func unread(_ path: String, _ why: String) -> VaultError {
        VaultError(
            .incomplete, as: "unread", "A file of the vault could not be read: \(why).",
            hint: "Mend that, then try again: the file itself may well be whole.",
            file: path)
    }

    /// An attachment's bytes are not there.
    static func attachmentMissing(_ file: String) -> VaultError {
        VaultError(
            .incomplete, as: "attachmentMissing", "The bytes of this attachment have not arrived.",
            hint: "Let your sync tool finish, then try again.", file: file)
    }

    /// Something that a record names has not arrived.
    static func incomplete(log: some Identifier) -> VaultError {
        VaultError(
            .incomplete, as: "incomplete",
            "A part of this has not arrived, or it was closed to you.",
            hint: "Let your sync tool finish. If it stays so, ask a colleague.",
            file: "log " + log.hexText)
    }

    /// A log holds less than this machine has seen before.
    static func regressed(_ log: some Identifier) -> VaultError {
        VaultError(
            .incomplete, as: "regressed",
            "The folder holds less of this than this computer has seen before.",
            hint: "Let your sync tool finish. If it stays so, it was closed to you, or the folder "
                + "was put back to an older state: ask a colleague.",
            file: "log " + log.hexText)
    }

    /// An act failed, and what it had written could not be taken back.
    static func partlyDone(because error: VaultError) -> VaultError {
        VaultError(
            .partlyDone, as: "partlyDone",
            "It was begun and could not be finished or taken back: " + error.message,
            hint: error.hint + " Then run it again, or let your computer catch up.",
            with: ["because": error.reason.name], file: error.file)
    }

    /// A written file is not found where it was written.
    static func writtenElsewhere(_ file: String) -> VaultError {
        VaultError(
            .damaged, as: "writtenElsewhere", "A file that was just written is not in the folder.",
            hint:
                "Look for links in the vault's folder, and ask who laid them. Nothing was deleted.",
            file: file)
    }

    /// A written file was not what was written when it was read again.
    static func readBackFailed(_ file: String) -> VaultError {
        VaultError(
            .damaged, as: "readBackFailed", "A file that was just written reads back differently.",
            hint: "Check the disk. Nothing was deleted.", file: file)
    }

    /// The caller stopped the work.
    static let cancelled = VaultError(
        .cancelled, as: "cancelled", "Stopped on request.",
        hint: "Run it again to finish what is left.")

    /// No locked memory.
    static let outOfMemory = VaultError(
        .outOfMemory, as: "outOfMemory", "There is not enough memory for keys.",
        hint: "Close other programs and try again.")
}
