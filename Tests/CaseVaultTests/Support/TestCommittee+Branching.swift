// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

extension TestCommittee {
    /// A copy of the folder on a computer that does not sync.
    func branch(_ name: String) throws -> URL {
        let copy = root.appendingPathComponent("copy-\(name)")
        try FileManager.default.copyItem(at: folder, to: copy)
        return copy
    }

    /// Brings the files of a copy back, as a sync that knows nothing would.
    func merge(_ copy: URL) throws {
        let theirs = VaultFolder(path: copy.path, files: FileSystem())
        let ours = VaultFolder(path: folder.path, files: FileSystem())
        let bytes = try theirs.list().names.map {
            try FileSystem().readFile(theirs.path(of: $0), limit: 1 << 30)
        }
        _ = try ours.write(bytes)
    }

    /// A person's vault in a copy of the folder, on a computer of its own.
    func vault(_ name: String, at copy: URL) throws -> Vault {
        try Vault(at: copy, key: key(name), in: environment(name + "-away"))
    }

    /// A case of the first person that all the others read too.
    func sharedCase(of starter: String, with others: [String]) throws -> Case {
        let shelf = try startCase(by: starter)
        for name in others { try declareAll(name) }
        let vault = try vault(starter)
        _ = try vault.catchUp()
        return try vault.case(named: shelf.codeName.description)
    }

    /// A case after the first look, on somebody's computer; perhaps in another copy of the folder.
    func looking(at shelf: Case, as name: String, at copy: URL? = nil) throws -> Case {
        let vault = try copy.map { try self.vault(name, at: $0) } ?? self.vault(name)
        let item = try vault.case(id: shelf.id)
        _ = try item.takeFirstLook(.noConflict)
        return item
    }
}
