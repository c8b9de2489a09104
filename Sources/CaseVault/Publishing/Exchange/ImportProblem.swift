// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Why a case of a folder cannot be imported.
///
/// The description has numbers, no names: names of files often hold names of people, and an
/// error may end up in a log. `path` is for the eyes of whoever imports.
public struct ImportProblem: Sendable, Hashable, CustomStringConvertible {
    /// The number of the case, from 1, folders and single documents in the order of their names.
    public let caseNumber: Int
    /// The number of the file in the case's folder, from 1 in the order of names.
    public let document: Int?
    /// What is wrong, in a sentence without names.
    public let reason: String
    /// Where; this may hold a reported name.
    public let path: String

    /// Number and reason.
    public var description: String {
        "Case \(caseNumber)" + (document.map { ", document \($0)" } ?? "") + ": " + reason
    }
}
