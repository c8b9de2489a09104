// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Tells things of a search apart in sixteen bytes, so that millions of them can be remembered. Two
/// different ones look alike with a chance that no search will ever meet.
struct AuthorityMark: Hashable {
    private let one: Int
    private let two: Int

    init(of value: some Hashable) {
        var hasher = Hasher()
        hasher.combine(value)
        one = hasher.finalize()
        hasher = Hasher()
        hasher.combine(0x5E)
        hasher.combine(value)
        two = hasher.finalize()
    }
}

/// How a moment of a search came about, last step first.
final class AuthorityTrace {
    /// One thing that happened.
    enum Step {
        case signed(Int)
        case happened(at: Int, String, isLost: Bool)
    }
    private let step: Step
    private let before: AuthorityTrace?

    init(_ step: Step, after before: AuthorityTrace?) {
        self.step = step
        self.before = before
    }

    /// All steps in words, the first one first.
    func words(_ world: AuthorityWorld) -> [String] {
        var words: [String] = []
        var next: AuthorityTrace? = self
        while let trace = next {
            switch trace.step {
            case .signed(let record): words.append("signed " + world.deeds.shown(record))
            case .happened(let computer, let what, let isLost):
                let name = world.deeds.names[world.honest[computer]]
                words.append("\(name) \(what)" + (isLost ? " (memory lost)" : ""))
            }
            next = trace.before
        }
        return words.reversed()
    }
}
