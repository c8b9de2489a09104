// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What an act did to access, what it left for others, and what nobody can undo.
public struct AccessChange: Sendable {
    /// Somebody's access to something that changed.
    public struct Item: Hashable, Sendable {
        /// The case; `nil` where it is about a check, a row or the roster, or must not be told.
        public let caseID: TypedID<Named.ACase>?
        /// The case's code name.
        public let codeName: CodeName?
        /// Whose access.
        public let member: MemberCard

        /// Somebody's access.
        init(_ file: NamedCase?, _ member: MemberCard) {
            caseID = file?.id
            codeName = file?.codeName
            self.member = member
        }
    }

    /// Something that nobody can undo: a code for programs, which can say it in their own words,
    /// and a sentence for people.
    public struct Sentence: Hashable, Sendable, CustomStringConvertible {
        /// What it says, as a value to compare. There will be more.
        public struct Code: Hashable, Sendable, CustomStringConvertible {
            /// The fixed name, in lowerCamelCase; scripts may rely on it.
            public let description: String
            /// A code with a fixed name.
            init(_ name: String) { description = name }
        }

        /// What it says.
        public let code: Code
        /// Whom it is about, if it is about somebody.
        public let member: MemberCard?
        /// The sentence, in English.
        public let text: String

        /// The sentence.
        public var description: String { text }
    }

    /// Who was let in.
    public private(set) var granted: [Item] = []
    /// Who was taken out.
    public private(set) var revoked: [Item] = []
    /// What waits, and for what.
    public private(set) var waiting: [Waiting] = []
    /// The same, to find something among thousands.
    private var known: Set<Waiting> = []
    /// What cannot be undone.
    private var sentences: [CannotUndo] = []

    /// What cannot be undone, one plain sentence each.
    public var cannotUndo: [Sentence] { sentences.map(\.sentence) }

    /// Nothing changed.
    public init() {}

    /// Notes who was let in and who was taken out, each once.
    mutating func note(granted: [Item], revoked: [Item]) {
        self.granted += granted.filter { !self.granted.contains($0) }
        self.revoked += revoked.filter { !self.revoked.contains($0) }
    }

    /// Adds what another act did, each thing once.
    mutating func join(_ other: AccessChange) {
        note(granted: other.granted, revoked: other.revoked)
        wait(other.waiting)
        for sentence in other.sentences where !sentences.contains(sentence) {
            sentences.append(sentence)
        }
    }

    /// Adds sentences that are not there yet.
    mutating func say(_ sentences: CannotUndo...) {
        for sentence in sentences where !self.sentences.contains(sentence) {
            self.sentences.append(sentence)
        }
    }

    /// Adds something that waits, once.
    mutating func wait(
        _ need: Waiting.Need, in file: NamedCase? = nil, for member: MemberCard? = nil
    ) {
        wait([Waiting(need, in: file, for: member)])
    }

    /// Adds what waits, each once.
    mutating func wait(_ items: [Waiting]) {
        for item in items where known.insert(item).inserted { waiting.append(item) }
    }

    /// Takes out what does not wait any more.
    mutating func resolve(where isDone: (Waiting) -> Bool) {
        waiting.removeAll(where: isDone)
        known = Set(waiting)
    }
}
