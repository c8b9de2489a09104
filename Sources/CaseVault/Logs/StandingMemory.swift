// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What a computer remembers of who counts. It may be lost at any moment: what a new computer would
/// not find is signed.
struct StandingMemory: Sendable, Hashable {
    /// The acts and entries that it took over, in all logs. Some may have gone from the folder:
    /// they count again when they are back.
    var taken: Set<RecordID> = []
    /// Who read each log, ascending.
    var readers: [LogID: [CardID]] = [:]
    /// Who read each case before links came.
    var exemptions: [LogID: [AuthorityMemory.Exemption]] = [:]

    /// What it remembers of one log; `nil` of one that it has never settled.
    func of(_ log: LogID, acts: [AuthorityRecord]) -> AuthorityMemory.LogMemory? {
        guard let readers = readers[log] else { return nil }
        return AuthorityMemory.LogMemory(
            taken: acts.lazy.map(\.id).filter(taken.contains), readers: readers,
            exemptions: exemptions[log] ?? [])
    }

    /// Notes what came of settling a log.
    mutating func note(_ memory: AuthorityMemory.LogMemory, of log: LogID) {
        taken.formUnion(memory.taken)
        // Writing the same would copy all of it.
        if readers[log] != memory.readers { readers[log] = memory.readers }
        let new = memory.exemptions.isEmpty ? nil : memory.exemptions
        if exemptions[log] != new { exemptions[log] = new }
    }
}
