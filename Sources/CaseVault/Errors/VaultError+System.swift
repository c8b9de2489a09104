// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

package import CaseVaultBridge

extension VaultError {
    /// The operating system refused; the file is what it was about.
    package static func fileSystem(_ error: FileSystemError) -> VaultError {
        switch error.kind {
        case .tooLarge(let limit):
            return VaultError(
                .tooLarge, as: "fileTooLarge", "The file is larger than \(limit) bytes.",
                hint: "Check that it is the right file.", with: ["limit": "\(limit)"],
                file: error.path)
        case .notRegular:
            return VaultError(
                .fileSystem, as: "notAnOrdinaryFile", "This is not an ordinary file.",
                hint: "Name a file, not a folder, a link or a device.", file: error.path)
        case .tooOpen:
            return VaultError(
                .keyFileTooOpen, as: "keyFileTooOpen",
                "Other users of this computer can read the key file.",
                hint: "Run: chmod 600 on the file, and think about who could have copied it. Where "
                    + "that changes nothing the disk keeps no permissions: move it to one that does.",
                file: error.path)
        case .errno:
            let (message, hint) = words(error)
            return VaultError(
                error.isNoSpace ? .diskFull : .fileSystem, as: error.cause.rawValue, message,
                hint: hint, with: ["operation": error.operation.rawValue, "why": error.reasonText],
                file: error.path)
        }
    }

    /// What a failed call of the system means, and what to do about it.
    private static func words(_ error: FileSystemError) -> (message: String, hint: String) {
        switch error.cause {
        case .notFound where error.path.contains("\u{FFFD}"):
            ("Its name is not UTF-8.", "Give the file another name.")
        case .notFound: ("There is no such file or folder.", "Check the path.")
        case .exists:
            ("The name is taken already.", "Choose another name, or move the old file away first.")
        case .wrongKind:
            (
                "This is a folder where a file belongs, or a file where a folder belongs.",
                "Check the path."
            )
        case .noSpace:
            ("The disk is full.", "Free some space and try again; nothing was changed.")
        case .noPermission where error.isAboutWriting:
            (
                "This account has no permission to write here.",
                "You can read, not write: ask whoever shares the folder for the permission."
            )
        case .noPermission:
            (
                "This account has no permission to read this.",
                "Ask its owner for the permission; the file itself may well be whole."
            )
        case .readOnly:
            (
                "This folder is read-only; you can read, not write.",
                "Mount it for writing, or ask whoever shares it for the permission."
            )
        case .inputOutput:
            (
                "The disk reports an input/output error.",
                "Check cable, drive and network, then try again: the file itself may be whole."
            )
        case .busy:
            (
                "Another program is using this file.",
                "Wait until your sync tool, backup or virus scanner is done, then try again."
            )
        case .away:
            (
                "The drive or share does not answer.",
                "Connect it again, then try again."
            )
        case .noLocks:
            ("This disk knows no locks.", "Set XDG_STATE_HOME to a folder on a local disk.")
        case .badName:
            (
                "The disk does not allow this name or path.",
                "Use a shorter path, with names in UTF-8."
            )
        case .fileTooLarge:
            ("The disk does not allow files of this size.", "Use a disk that does.")
        case .tooManyFiles:
            ("Too many files are open.", "Close other programs, then try again.")
        case .other:
            (
                "A file operation failed (\(error.operation.rawValue), \(error.reasonText)).",
                "Check the disk and try again."
            )
        }
    }

    /// The system refused what this computer remembers of a vault.
    ///
    /// - Parameters:
    ///   - error: What the system said.
    ///   - directory: The folder of all that is remembered.
    /// - Returns: The error.
    static func memory(_ error: FileSystemError, in directory: String) -> VaultError {
        let plain = fileSystem(error)
        let elsewhere = "set XDG_STATE_HOME to a folder of your own on a local disk."
        func said(_ message: String, _ hint: String) -> VaultError {
            VaultError(
                plain.code, as: "memory", message, hint: hint,
                with: ["cause": error.cause.rawValue], file: error.path)
        }
        return switch error.cause {
        case .noPermission:
            said(
                "This account has no permission for what this computer remembers of the vault: it "
                    + "belongs to another account, or is protected.",
                "If a run with sudo made it, give it back: sudo chown -R \"$(id -un)\" "
                    + "\"\(directory)\". Otherwise " + elsewhere)
        case .exists, .wrongKind:
            said(
                "The folder for what this computer remembers is a file.",
                "Move the file away, or " + elsewhere)
        case .noSpace:
            said(
                "The disk with what this computer remembers is full.",
                "Free some space, or " + elsewhere)
        case .readOnly, .inputOutput, .away, .noLocks:
            said(plain.message, "It is about what this computer remembers: " + elsewhere)
        case .notFound, .busy, .badName, .fileTooLarge, .tooManyFiles, .other: plain
        }
    }

    /// Others could change what this computer remembers.
    static func memoryNotPrivate(_ directory: String) -> VaultError {
        VaultError(
            .fileSystem, as: "memoryNotPrivate",
            "Others can change what this computer remembers of the vault.",
            hint:
                "This disk keeps no permissions: set XDG_STATE_HOME to a folder on one that does.",
            file: directory)
    }

    /// The account has no home folder that is known, so nothing can be kept in it.
    static let noHome = VaultError(
        .noHome, as: "noHome",
        "It is not known where this account keeps its files: HOME is not set to its folder.",
        hint: "Set HOME, or XDG_STATE_HOME, to a folder by its full path.")

    /// A variable names a folder by a path that depends on where one is.
    static func relativeHome(_ variable: String) -> VaultError {
        VaultError(
            .noHome, as: "relativeHome", "\(variable) is not a full path.",
            hint: "Set it to a path that begins with /, or leave it unset.",
            with: ["variable": variable])
    }
}
