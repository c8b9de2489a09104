// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What a computer remembers of who counts, log by log. It may be lost at any moment: what a new
/// computer would not find is signed.
struct AuthorityMemory: Sendable, Hashable {
    /// What it remembers of each log.
    var logs: [LogID: LogMemory] = [:]

    /// What a computer remembers of one log.
    struct LogMemory: Sendable, Hashable {
        /// The acts that it took over, ascending. Some may have gone from the folder: they count
        /// again when they are back.
        var taken: [RecordID]
        /// Who read the log, ascending.
        var readers: [CardID]
        /// Who read it before links came.
        var exemptions: [Exemption]
        /// Whom removals and leaves took out of the roster that are gone from the folder, and these:
        /// an older roster that somebody put back brings nobody back.
        var goneBars: [CardID: [RecordID]] = [:]
    }

    /// Links, and who read on this computer before they came: they are not asked.
    struct Exemption: Sendable, Hashable {
        /// The links.
        var links: [RecordID]
        /// The people, ascending.
        var readers: [CardID]
    }
}
