// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The one gate for everything that is written outside of a vault: keys, exports, pages, saved
/// attachments, backups, and what this computer remembers. None of it may get into a folder that
/// is shared, by whatever way the path leads there.
struct OutsideRule: Sendable {
    /// The way to the operating system.
    let files: FileSystem

    /// Refuses a path in a vault's folder.
    ///
    /// The path need not exist: what counts is where the folders on the way that do exist really
    /// are, with all links followed. Each folder above is looked into, so that neither another
    /// spelling nor upper and lower case hides a vault.
    ///
    /// - Throws: `refused`.
    func check(_ path: String) throws(VaultError) {
        guard var place = real(path) else { return }
        while true {
            if isVault(place) { throw .insideVault(path) }
            guard let slash = place.lastIndex(of: "/"), place.utf8.count > 1 else { return }
            place = slash == place.startIndex ? "/" : String(place[..<slash])
        }
    }

    /// Where the last folder on the way to a path that exists really is.
    private func real(_ path: String) -> String? {
        var place = path.hasPrefix("/") ? path : "./" + path
        while true {
            if let real = files.realPath(place) {
                return files.isDirectory(real) ? real : parent(real)
            }
            guard let above = parent(place) else { return nil }
            place = above
        }
    }

    /// A path without its last part.
    private func parent(_ path: String) -> String? {
        let trimmed = path.utf8.count > 1 && path.last == "/" ? path.dropLast() : path[...]
        guard let slash = trimmed.lastIndex(of: "/"), trimmed.utf8.count > 1 else { return nil }
        return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
    }

    /// Whether a folder is a vault's, also one of which a part is missing or damaged.
    private func isVault(_ folder: String) -> Bool {
        let marker = try? files.readPrefix(folder + "/" + VaultMarker.fileName, count: 9)
        if marker == Array("casevault".utf8) { return true }
        var isVault = false
        try? files.visitDirectory(folder + "/sealed") { name, _ in
            if VaultFolder.isFolderName(name) { isVault = true }
        }
        return isVault
    }
}
