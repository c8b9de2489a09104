// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Who read a case on this computer before a link came to it, and so need not answer its check.
///
/// Links that came together share one list of people: somebody who writes thousands of links does
/// not make a computer remember everybody thousands of times.
struct AuthorityExemptions: Sendable {
    /// The lists.
    let groups: [AuthorityMemory.Exemption]
    /// For each link of the log, which list is its own; -1 if it has none.
    let groupOf: [Int]
    /// For each list, who is on it, by their numbers in the log.
    private let people: [Set<Int>]

    /// Looks at what this computer remembers.
    ///
    /// - Parameters:
    ///   - log: The log.
    ///   - memory: What this computer remembers of it; `nil` if it has never seen it.
    init(of log: AuthorityLog, memory: AuthorityMemory.LogMemory?) {
        var groups = memory?.exemptions ?? []
        var groupOf = Array(repeating: -1, count: log.limits.links.count)
        if let memory, !log.limits.links.isEmpty {
            var known: [RecordID: Int] = [:]
            for (i, group) in groups.enumerated() { for link in group.links { known[link] = i } }
            var new: Int?
            for (link, record) in log.limits.links.enumerated() {
                let id = log.id(record)
                if let group = known[id] {
                    groupOf[link] = group
                    continue
                }
                let group =
                    new ?? groups.firstIndex { $0.readers == memory.readers } ?? groups.count
                if group == groups.count {
                    groups.append(
                        AuthorityMemory.Exemption(links: [], readers: memory.readers))
                }
                new = group
                groups[group].links.append(id)
                groupOf[link] = group
            }
        } else if memory == nil, !log.limits.links.isEmpty {
            // Seen for the first time, and by the next look they are known.
            groups = [
                AuthorityMemory.Exemption(links: log.limits.links.map(log.id), readers: [])
            ]
            groupOf = groupOf.map { _ in 0 }
        }
        self.groups = groups
        self.groupOf = groupOf
        people = groups.map { group in
            Set(group.readers.compactMap { log.facts.numbers[$0].flatMap(log.local) })
        }
    }

    /// The lists on which somebody is.
    func groups(of person: Int) -> [Int] { people.indices.filter { people[$0].contains(person) } }

    /// Whether somebody read here before a link came.
    func frees(_ person: Int, from link: Int) -> Bool {
        groupOf[link] >= 0 && people[groupOf[link]].contains(person)
    }
}
