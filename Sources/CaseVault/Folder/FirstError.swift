// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge
private import Synchronization

/// Keeps the first error of work that runs on several threads.
final class FirstError: Sendable {
    /// The error, under a lock.
    private let kept = Mutex<FileSystemError?>(nil)

    /// The first error, if there was one.
    var error: FileSystemError? { kept.withLock { $0 } }

    /// Keeps an error unless there was one before.
    func keep(_ error: FileSystemError) { kept.withLock { $0 = $0 ?? error } }
}
