// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

extension VaultError {
    /// The operating system refused; `path` is what it was about.
    static func fileSystem(_ error: FileSystemError) -> VaultError {
        let verb = error.operation.rawValue
        switch error.kind {
        case .tooLarge(let limit):
            return VaultError(
                .tooLarge, "The file is larger than \(limit) bytes.",
                hint: "Check that it is the right file.", file: error.path)
        case .notRegular:
            return VaultError(
                .fileSystem, "This is not an ordinary file.",
                hint: "Name a file, not a folder, a link or a device.", file: error.path)
        case .tooOpen:
            return VaultError(
                .keyFileTooOpen, "Other users of this computer can read the key file.",
                hint: "Run: chmod 600 on the file, and think about who could have copied it.",
                file: error.path)
        case .errno:
            if error.isNoSpace {
                return VaultError(
                    .diskFull, "The disk is full.",
                    hint: "Free some space and try again; nothing was changed.", file: error.path)
            }
            if error.isNotFound {
                return VaultError(
                    .fileSystem, "There is no such file or folder.",
                    hint: "Check the path.", file: error.path)
            }
            if error.isReadOnlyOrPermission {
                return VaultError(
                    .fileSystem, "This computer does not allow it (\(verb)).",
                    hint: "Check the permissions of the file and its folder.", file: error.path)
            }
            return VaultError(
                .fileSystem, "A file operation failed (\(verb), \(error.reasonText)).",
                hint: "Check the disk and try again.", file: error.path)
        }
    }

    /// The file is there already and must not be replaced.
    static func alreadyExists(_ path: String) -> VaultError {
        VaultError(
            .alreadyExists, "The file is there already.",
            hint: "Choose another name, or move the old file away first.", file: path)
    }

    /// A vault can only be founded in an empty folder.
    static func folderNotEmpty(_ path: String) -> VaultError {
        VaultError(
            .alreadyExists, "The folder is not empty.",
            hint: "Choose a new folder for the vault.", file: path)
    }

    /// No vault here.
    static func notAVault(_ path: String) -> VaultError {
        VaultError(
            .notAVault, "There is no vault in this folder.",
            hint: "Choose the folder that holds the file named VAULT.", file: path)
    }

    /// The folder of an open vault is empty, without `VAULT` too.
    static func vaultAway(_ path: String) -> VaultError {
        VaultError(
            .notAVault, "The vault is not in its folder any more.",
            hint: "Connect the drive or share that it is on, or let your sync tool bring it back.",
            file: path)
    }

    /// The file `VAULT` is not as it was written.
    static func damagedVaultFile(_ path: String) -> VaultError {
        VaultError(
            .damaged, "The file VAULT is damaged.",
            hint: "Restore it from your sync tool or from a colleague's copy.", file: path)
    }

    /// A newer program wrote this.
    static func newerVersion(_ path: String?) -> VaultError {
        VaultError(
            .newerVersion, "A newer version of CaseVault wrote this.",
            hint: "Install the newer version.", file: path)
    }

    /// A file of the folder was refused.
    static func damaged(_ path: String, _ why: String) -> VaultError {
        VaultError(
            .damaged, "A file of the vault is damaged: \(why).",
            hint: "Let your sync tool finish, or restore the file from a colleague's copy.",
            file: path)
    }

    /// An attachment's bytes are not there.
    static func attachmentMissing(_ file: String) -> VaultError {
        VaultError(
            .incomplete, "The bytes of this attachment have not arrived.",
            hint: "Let your sync tool finish, then try again.", file: file)
    }

    /// Something that a record names has not arrived.
    static func incomplete(log: some Identifier) -> VaultError {
        VaultError(
            .incomplete, "A part of this has not arrived.",
            hint: "Let your sync tool finish, then try again.", file: "log " + log.hexText)
    }

    /// A log holds less than this machine has seen before.
    static func behind(_ log: some Identifier) -> VaultError {
        VaultError(
            .incomplete, "The folder holds less of this than this computer has seen before.",
            hint: "Let your sync tool finish. If it stays so, it was closed to you, or the folder "
                + "was put back to an older state: ask a colleague.",
            file: "log " + log.hexText)
    }

    /// A written file was not what was written when it was read again.
    static func readBackFailed(_ file: String) -> VaultError {
        VaultError(
            .damaged, "A file that was just written reads back differently.",
            hint: "Check the disk. Nothing was deleted.", file: file)
    }

    /// The caller stopped the work.
    static let cancelled = VaultError(
        .cancelled, "Stopped on request.", hint: "Run it again to finish what is left.")

    /// No locked memory.
    static let outOfMemory = VaultError(
        .outOfMemory, "There is not enough memory for keys.",
        hint: "Close other programs and try again.")
}
