// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What changed in a computer's memory since it was last written as a whole.
///
/// Nearly all of a memory says which files are known, and one act changes a few of these. So an
/// act writes the changes, whose size does not grow with the vault.
struct SeenChanges: Sendable, Equatable {
    /// What is new or has another value, and the tag.
    private let come: SeenState
    /// What is gone, as it was.
    private let gone: SeenState

    /// The changes from one state to another.
    init(from whole: SeenState, to state: SeenState) {
        come = state.without(whole)
        gone = whole.without(state, keysOnly: true)
    }

    /// What a state becomes by the changes.
    func applied(to whole: SeenState) -> SeenState { whole.removing(gone).putting(come) }
}

// MARK: - BinaryCoding

extension SeenChanges: BinaryCoding {
    func write(to writer: inout ByteWriter) {
        come.write(to: &writer)
        gone.write(to: &writer)
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        come = try SeenState(parsing: &reader)
        gone = try SeenState(parsing: &reader)
    }
}

// MARK: - Parts of a state

extension SeenState {
    /// What this state has and another has not.
    ///
    /// - Parameters:
    ///   - other: The other state.
    ///   - keysOnly: Whether what the other has with another value is left out too.
    /// - Returns: A state with this one's tag.
    fileprivate func without(_ other: SeenState, keysOnly: Bool = false) -> SeenState {
        var rest = SeenState(tag: tag)
        rest.noted = Self.rest(noted, other.noted, keysOnly)
        rest.mine = Self.rest(mine, other.mine, keysOnly)
        rest.heads = Self.rest(heads, other.heads, keysOnly)
        rest.notMine = Self.rest(notMine, other.notMine)
        rest.firstLooks = Self.rest(firstLooks, other.firstLooks)
        rest.standing.known = Self.rest(standing.known, other.standing.known)
        rest.standing.readers = Self.rest(
            standing.readers, other.standing.readers, keysOnly)
        rest.standing.exemptions = Self.rest(
            standing.exemptions, other.standing.exemptions, keysOnly)
        rest.standing.out = Self.rest(standing.out, other.standing.out, keysOnly)
        rest.erasures = Self.rest(erasures, other.erasures, keysOnly)
        rest.publishing = Self.rest(publishing, other.publishing)
        rest.faulty = Self.rest(faulty, other.faulty, keysOnly)
        rest.vanished = Self.rest(vanished, other.vanished, keysOnly)
        rest.crowded = Self.rest(crowded, other.crowded, keysOnly)
        rest.hasGaps = hasGaps
        rest.neighbours = neighbours
        return rest
    }

    /// This state without the keys of another.
    fileprivate func removing(_ other: SeenState) -> SeenState {
        var rest = self
        for key in other.noted.keys { rest.noted[key] = nil }
        for key in other.mine.keys { rest.mine[key] = nil }
        for key in other.heads.keys { rest.heads[key] = nil }
        rest.notMine.subtract(other.notMine)
        rest.firstLooks.subtract(other.firstLooks)
        rest.standing.known.subtract(other.standing.known)
        for key in other.standing.readers.keys { rest.standing.readers[key] = nil }
        for key in other.standing.exemptions.keys { rest.standing.exemptions[key] = nil }
        for key in other.standing.out.keys { rest.standing.out[key] = nil }
        for key in other.erasures.keys { rest.erasures[key] = nil }
        rest.publishing.subtract(other.publishing)
        for key in other.faulty.keys { rest.faulty[key] = nil }
        for key in other.crowded.keys { rest.crowded[key] = nil }
        for key in other.vanished.keys { rest.vanished[key] = nil }
        return rest
    }

    /// This state with the tag and all that another holds.
    fileprivate func putting(_ other: SeenState) -> SeenState {
        var sum = SeenState(tag: other.tag, with: self)
        sum.noted.merge(other.noted) { $1 }
        sum.mine.merge(other.mine) { $1 }
        sum.heads.merge(other.heads) { $1 }
        sum.notMine.formUnion(other.notMine)
        sum.firstLooks.formUnion(other.firstLooks)
        sum.standing.known.formUnion(other.standing.known)
        sum.standing.readers.merge(other.standing.readers) { $1 }
        sum.standing.exemptions.merge(other.standing.exemptions) { $1 }
        sum.standing.out.merge(other.standing.out) { $1 }
        sum.erasures.merge(other.erasures) { $1 }
        sum.publishing.formUnion(other.publishing)
        sum.faulty.merge(other.faulty) { $1 }
        sum.crowded.merge(other.crowded) { $1 }
        sum.vanished.merge(other.vanished) { $1 }
        sum.hasGaps = other.hasGaps
        sum.neighbours = other.neighbours
        return sum
    }

    /// The entries of one dictionary that are not in another.
    private static func rest<Key, Value: Equatable>(
        _ own: [Key: Value], _ other: [Key: Value], _ keysOnly: Bool
    ) -> [Key: Value] {
        // Equal at once where nothing was changed since the one was copied from the other.
        if own == other { return [:] }
        return own.filter { keysOnly ? other[$0.key] == nil : other[$0.key] != $0.value }
    }

    /// The members of one set that are not in another.
    private static func rest<T>(_ own: Set<T>, _ other: Set<T>) -> Set<T> {
        own == other ? [] : own.subtracting(other)
    }
}
