// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The links, holds, ends and erasures of one log. They count whoever their author is today, or
/// only while their author has power; no list carries them.
struct AuthorityLimits: Sendable {
    /// The links that fit, as records of the log.
    var links: [Int] = []
    /// The check of each link, by its number in the vault.
    var checks: [Int] = []
    /// Who wrote each link.
    var linkAuthors: [Int] = []
    /// For each link, whom it lists as readers.
    var readers = Ragged(count: 0, pairs: [])
    /// The holds.
    var holds: [Int] = []
    /// The records that end something.
    var ends: [Int] = []
    /// For each of them, the links that it names.
    var endedLinks = Ragged(count: 0, pairs: [])
    /// For each of them, the holds that it names.
    var endedHolds = Ragged(count: 0, pairs: [])
    /// For each of them, the people whose links and holds are over once they are out.
    var endedPeople = Ragged(count: 0, pairs: [])
    /// The erasures.
    var erasures: [Int] = []
    /// The checks that the case started with and that name it too.
    var rootChecks: [Int] = []
    /// These, and the checks ever linked whose first records are here: one that is not could be
    /// another case's, and a conflict on it takes nobody out.
    var allChecks: Set<Int> = []
}
