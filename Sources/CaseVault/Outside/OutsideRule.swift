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
        var place = real(path)
        while !isVault(place) {
            if place == "/" { return }
            place = parent(place)
        }
        throw .insideVault(path)
    }

    /// Where a path leads: with the links of all folders that are there, and by its words from
    /// where there is nothing yet, because folders may be made on the way.
    private func real(_ path: String) -> String {
        var place = files.realPath(".") ?? "/"
        if path.hasPrefix("/") { place = "/" }
        for part in path.split(separator: "/") where part != "." {
            if part == ".." {
                place = parent(place)
            } else {
                let next = (place == "/" ? "" : place) + "/" + part
                place = files.realPath(next) ?? next
            }
        }
        return place
    }

    /// A path from the root without its last part.
    private func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    /// Whether a folder is a vault's, also one of which a part is missing or damaged.
    private func isVault(_ folder: String) -> Bool {
        let marker = try? files.readPrefix(folder + "/VAULT", count: 9)
        if marker == Array("casevault".utf8) { return true }
        var isVault = false
        try? files.visitNames(in: folder + "/sealed") { name, _ in
            isVault = name.utf8.count == 2 && name.utf8.allSatisfy(Self.isDigit)
            return !isVault
        }
        return isVault
    }

    /// Whether a byte is a lower-case hexadecimal digit.
    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}
