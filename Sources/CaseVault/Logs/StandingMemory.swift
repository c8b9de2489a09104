// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What a computer remembers of who counts. It may be lost at any moment: what a new computer would
/// not find is signed.
struct StandingMemory: Sendable, Hashable {
    /// The acts and entries that it took over, in all logs, and what restricts somebody. Some may
    /// have gone from the folder: they count again when they are back. Whatever their authors write
    /// more, these are taken in.
    var known: Set<RecordID> = []
    /// Who read each log, ascending.
    var readers: [LogID: [CardID]] = [:]
    /// Who read each case before links came.
    var exemptions: [LogID: [AuthorityMemory.Exemption]] = [:]

    /// What it remembers of one log; `nil` of one that it has never settled.
    func of(_ log: LogID, acts: [AuthorityRecord]) -> AuthorityMemory.LogMemory? {
        guard let readers = readers[log] else { return nil }
        return AuthorityMemory.LogMemory(
            taken: acts.filter { !$0.isRestriction && known.contains($0.id) }.map(\.id),
            readers: readers,
            exemptions: exemptions[log] ?? [])
    }

    /// Notes what restricts somebody in a log, but for those who wrote too much: then it is too late
    /// to tell what was there before.
    mutating func noteRestrictions(in log: LogActs) {
        // Of all others everything is taken in, whatever was known before.
        let intake = log.intake
        for act in intake.kept where act.isRestriction && !intake.excessive.contains(act.author) {
            known.insert(act.id)
        }
    }

    /// Notes what came of settling a log.
    mutating func note(_ memory: AuthorityMemory.LogMemory, of log: LogID) {
        known.formUnion(memory.taken)
        // Writing the same would copy all of it.
        if readers[log] != memory.readers { readers[log] = memory.readers }
        let new = memory.exemptions.isEmpty ? nil : memory.exemptions
        if exemptions[log] != new { exemptions[log] = new }
    }
}
