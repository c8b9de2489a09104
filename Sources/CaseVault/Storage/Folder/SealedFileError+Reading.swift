// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

extension SealedFileError {
    /// What it means for a file of the vault that the system did not read it.
    ///
    /// A file that could not be read is never called damaged: whoever replaces it by an older copy
    /// because of that loses what is in it.
    init(_ error: FileSystemError) {
        switch error.kind {
        case .tooLarge, .notRegular, .tooOpen: self = .malformed
        case .errno:
            switch error.cause {
            case .noPermission: self = .noPermission
            case .busy, .tooManyFiles: self = .busy
            default: self = .unreadable
            }
        }
    }

    /// What a file is whose bytes are not those that its name promises.
    init(wrongBytes bytes: some Collection<UInt8>) {
        if bytes.isEmpty {
            self = .empty
        } else if bytes.starts(with: Self.pointerStart) {
            self = .pointer
        } else {
            self = .nameDoesNotMatch
        }
    }

    /// What a pointer of git LFS starts with.
    private static let pointerStart = Array("version https://git-lfs".utf8)
}
