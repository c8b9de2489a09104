// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// Everything in a folder that any key ever held opens, as bytes to search.
struct OpenableText {
    /// The folder.
    private let folder: VaultFolder
    /// Every key that there ever was.
    private let keys: () -> [MemberKey]
    /// Which vault.
    private let vault: VaultID

    /// The folder and all keys of a committee.
    init(_ committee: TestCommittee) {
        folder = VaultFolder(path: committee.folder.path, files: FileSystem())
        keys = { Array(committee.keys.values) }
        vault = Self.vault(of: folder)
    }

    /// A folder, and keys.
    init(folder: URL, keys: [MemberKey]) {
        self.folder = VaultFolder(path: folder.path, files: FileSystem())
        self.keys = { keys }
        vault = Self.vault(of: self.folder)
    }

    /// Which vault a folder holds.
    private static func vault(of folder: VaultFolder) -> VaultID {
        (try? FolderLayout(folder: folder).readMarker().vault) ?? VaultID(raw: Random.bytes32())
    }

    /// Whether a text is in the body of a record that some key opens, or in clear in any file.
    func holds(_ text: String) throws -> Bool {
        let words = Data(text.utf8)
        for name in try folder.list().names {
            let bytes = try FileSystem().readFile(folder.path(of: name), limit: 1 << 30)
            if Data(bytes).range(of: words) != nil { return true }
            for key in keys() {
                guard
                    case .opened(let file)? = try? SealedFile.open(
                        bytes, name: name, with: key, vault: vault)
                else { continue }
                for record in file.records.values.joined()
                where Data(record.record.encoded).range(of: words) != nil {
                    return true
                }
            }
        }
        return false
    }
}
