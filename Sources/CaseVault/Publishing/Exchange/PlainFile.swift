// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

#if canImport(FoundationEssentials)
    public import struct FoundationEssentials.URL
#else
    public import struct Foundation.URL
#endif

/// Files outside of the vault that anybody who gets hold of them can read.
public enum PlainFile {
    /// Writes a text to a new file that only its owner can read.
    ///
    /// The vault no longer protects what is in it; whoever calls this should say so.
    ///
    /// - Parameters:
    ///   - text: Any text.
    ///   - file: The new file; an existing one is never replaced.
    /// - Throws: `refused` inside of a vault's folder, which is shared; `alreadyExists`,
    ///   `fileSystem`, `diskFull`.
    public static func save(_ text: String, to file: URL) throws(VaultError) {
        let folder = file.deletingLastPathComponent()
        let files = FileSystem()
        try OutsideRule(files: files).check(folder.path)
        do {
            try files.writePrivately(
                Array(text.utf8), to: file.lastPathComponent, inDirectory: folder.path)
        } catch {
            if error.isExists { throw .alreadyExists(file.path) }
            throw .fileSystem(error)
        }
    }

    /// Whether others than its owner can reach a file that was written, which is so on a disk that
    /// keeps no permissions. Found out by looking: what was asked for may not be what is.
    ///
    /// - Parameter file: The file, as `save` or `Case.saveAttachment(_:to:progress:)` wrote it.
    /// - Returns: `true` also where the system does not tell.
    public static func isOpenToOthers(_ file: URL) -> Bool {
        FileSystem().isOpenToOthers(file.path)
    }
}
