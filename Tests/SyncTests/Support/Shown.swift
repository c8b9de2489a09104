// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

@testable import CaseVault

/// All that a member can see in a vault, to compare with what a colleague sees.
struct Shown: Equatable {
    /// One case.
    struct File: Equatable {
        /// The names of the readers.
        let readers: [String]
        /// Number, author and text of each entry.
        let entries: [String]
    }

    /// The members' names.
    let members: [String]
    /// The code over vault and members.
    let code: String?
    /// The status register.
    let register: [RegisterRow]
    /// The cases that the member reads.
    var cases: [Case.ID: File] = [:]

    /// Looks at everything.
    init(_ laptop: Laptop) throws {
        let vault = try laptop.open()
        members = vault.members.map(\.name)
        code = vault.code?.description
        register = vault.register
        for file in vault.cases {
            _ = try file.takeFirstLook(.noConflict)
            cases[file.id] = File(
                readers: file.readers.map(\.name),
                entries: try file.entries().map { "\($0.label) \($0.author.name): \($0.text)" })
        }
    }
}
