// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What an export wrote, and what it left out.
public struct ExportReport: Sendable {
    /// The files, relative to the folder, in the order in which they were written.
    public let files: [String]
    /// How many cases were written.
    public let cases: Int
    /// The cases that were left out, and why.
    public let waiting: [Waiting]
    /// Whether others than you can reach the folder: the disk knows no permissions.
    public let isOpenToOthers: Bool
}
