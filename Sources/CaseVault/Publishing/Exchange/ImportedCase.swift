// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A case after its import.
public struct ImportedCase: Identifiable, Sendable {
    /// Its number in the folder, from 1 in the order of names.
    public let number: Int
    /// The case in the vault.
    public let id: Case.ID
    /// Its code name, which is new.
    public let codeName: CodeName
    /// Whether it was started, not found from an earlier import.
    public let isNew: Bool
    /// How many entries were added, the report included.
    public let added: Int
    /// How many were there already.
    public let alreadyThere: Int
    /// The members from whom the case is kept, because a reported person shares a name with them.
    public let withheldFrom: [Member]
}

/// What an import came to.
public struct ImportedCases: RandomAccessCollection, Sendable {
    /// The cases, in the order of the folder.
    public let cases: [ImportedCase]
    /// What else became of all its acts.
    public let change: AccessChange

    /// The first place.
    public var startIndex: Int { cases.startIndex }
    /// The place behind the last.
    public var endIndex: Int { cases.endIndex }
    /// The case in a place.
    public subscript(position: Int) -> ImportedCase { cases[position] }
}
