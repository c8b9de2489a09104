// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// What a log's first record says about people, and about the logs that belong to it.
struct AuthorityRoot: Sendable {
    /// A row or a check of a case.
    struct Part: Sendable {
        /// Its log.
        var log: LogID
        /// The tag of a first record that was made for this case.
        var tag: Bytes32
    }

    /// What the log is about.
    var kind: LogKind
    /// The first people.
    var people: [CardID]
    /// The checks that a case starts with.
    var checks: [Part] = []
    /// The row of a case.
    var row: Part?
    /// From whom a check is kept.
    var withheld: [CardID] = []
    /// Of a check or a row: the hash over a bond and its owner. The case names the bond, so both
    /// name each other. The owner is the author of both first records; for a later check, the case.
    var tag = Bytes32.zero
}
