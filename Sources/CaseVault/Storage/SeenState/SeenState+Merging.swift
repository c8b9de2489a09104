// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension SeenState {
    /// What another process of this machine wrote down, with what changed here since `base`.
    ///
    /// Two processes that each wrote their own memory would forget what the other was told: a
    /// first look, or which side to take.
    func adding(_ own: SeenState, since base: SeenState) -> SeenState {
        var merged = self
        Self.merge(&merged.noted, own.noted, base.noted) { min($0, $1) }
        Self.merge(&merged.mine, own.mine, base.mine) { $1 }
        Self.merge(&merged.notMine, own.notMine, base.notMine)
        Self.merge(&merged.firstLooks, own.firstLooks, base.firstLooks)
        Self.merge(&merged.standing.known, own.standing.known, base.standing.known)
        Self.merge(&merged.standing.readers, own.standing.readers, base.standing.readers) { $1 }
        Self.merge(
            &merged.standing.exemptions, own.standing.exemptions, base.standing.exemptions
        ) { $1 }
        Self.merge(&merged.standing.out, own.standing.out, base.standing.out) { $1 }
        Self.merge(&merged.erasures, own.erasures, base.erasures) { min($0, $1) }
        Self.merge(&merged.publishing, own.publishing, base.publishing)
        Self.merge(&merged.faulty, own.faulty, base.faulty) { $1 }
        Self.merge(&merged.vanished, own.vanished, base.vanished) { $1 }
        // What was read of a folder holds with the names of its own reader only.
        merged.crowded = crowded.merging(own.crowded) { $1 }.compactMapValues(\.lasting)
        if own.hasGaps != base.hasGaps { merged.hasGaps = own.hasGaps }
        if own.neighbours != base.neighbours { merged.neighbours = own.neighbours }
        // Heads of both: whoever holds the newer ones holds the older ones too.
        Self.merge(&merged.heads, own.heads, base.heads) { Set($0).union($1).sorted() }
        return merged
    }

    /// Takes over what came and went.
    private static func merge<T>(_ theirs: inout Set<T>, _ own: Set<T>, _ base: Set<T>) {
        theirs.formUnion(own.subtracting(base))
        theirs.subtract(base.subtracting(own))
    }

    /// Takes over what came, went and changed.
    private static func merge<Key, Value: Equatable>(
        _ theirs: inout [Key: Value], _ own: [Key: Value], _ base: [Key: Value],
        both: (Value, Value) -> Value
    ) {
        for (key, value) in own where base[key] != value {
            if let other = theirs[key], other != base[key] {
                theirs[key] = both(other, value)
            } else {
                theirs[key] = value
            }
        }
        for key in base.keys where own[key] == nil { theirs[key] = nil }
    }
}
