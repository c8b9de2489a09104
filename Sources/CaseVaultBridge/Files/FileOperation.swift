// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The kinds of system call that the file system makes.
package enum FileOperation: String, Sendable, CaseIterable {
    /// Opening a file or a directory.
    case open
    /// Reading bytes of a file.
    case read
    /// Writing bytes of a file.
    case write
    /// Bringing a file to the disk.
    case fsync
    /// Closing a file or a directory.
    case close
    /// Giving a file a second name.
    case link
    /// Giving a file another name.
    case rename
    /// Removing a name.
    case unlink
    /// Making a directory.
    case mkdir
    /// Reading the next name of a directory.
    case list
    /// Asking about a file.
    case stat
    /// Taking a lock.
    case lock
    /// Bringing a directory to the disk.
    case fsyncDirectory
}
