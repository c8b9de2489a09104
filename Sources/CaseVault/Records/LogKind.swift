// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What a log is about. Logs of different kinds never share a file.
enum LogKind: UInt8, Sendable, CaseIterable {
    /// Who is a member, and the rules.
    case roster = 0
    /// One reported person and the members' declarations.
    case check = 1
    /// One line of the status register.
    case row = 2
    /// The documents of one report.
    case caseFile = 3
}
