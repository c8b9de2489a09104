// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Rules {
    /// Something that the committee can decide about a reported person.
    public struct Response: Hashable, Sendable {
        /// What it is called.
        public let name: String
        /// Whether it can end on a day; otherwise it is for good.
        public let isTimed: Bool
        /// The name without the step, where the response has steps: "suspension" of "second
        /// suspension".
        public let family: String?
        /// Which step it is, from 1; `nil` where there are none.
        public let step: Int?

        /// A response without steps.
        init(name: String, isTimed: Bool) {
            self.name = name
            self.isTimed = isTimed
            family = nil
            step = nil
        }

        /// One step of a response.
        init(_ family: String, step: Int, isTimed: Bool) {
            name = Self.stepWords[step - 1] + " " + family
            self.isTimed = isTimed
            self.family = family
            self.step = step
        }

        /// What the steps are called.
        static let stepWords = ["first", "second", "third", "fourth", "fifth"]
    }

    /// A column of the register and its heading.
    public struct ColumnUse: Hashable, Sendable {
        /// Which column.
        public let column: RegisterRow.Column
        /// The heading.
        public let label: String
    }

    /// A role that committee, reporter or reported person can turn to.
    public struct Contact: Hashable, Sendable {
        /// The role, never a name or an address.
        public let role: String
        /// What the role does; `nil` if that is not said.
        public let task: String?
    }

    /// Where an outcome can be appealed.
    public struct Appeals: Hashable, Sendable {
        /// The role that decides about appeals.
        public let to: String
        /// Whether the outcome holds until the appeal is decided.
        public let outcomeStands: Bool
    }

    /// How many of the readers have to agree; who abstains or is silent does not.
    @nonexhaustive public enum Majority: String, Sendable, CaseIterable {
        /// At least two thirds.
        case twoThirds
        /// More than half.
        case simple
        /// All of them.
        case unanimous

        /// How many have to say yes.
        ///
        /// - Parameter readers: How many could.
        /// - Returns: At least 1, so that nothing is carried by nobody.
        public func needed(of readers: Int) -> Int {
            switch self {
            case .twoThirds: max(1, (2 * readers + 2) / 3)
            case .simple: readers / 2 + 1
            case .unanimous: max(1, readers)
            }
        }
    }

    /// What a committee can decide if its rules do not say it.
    static let standardResponses = [
        Response(name: "no consequence", isTimed: false),
        Response(name: "warning", isTimed: false),
        Response(name: "final warning", isTimed: false),
        Response(name: "temporary removal", isTimed: true),
        Response(name: "permanent removal", isTimed: false),
        Response(name: "public account", isTimed: false),
    ]

    /// The columns that most registers have, with their usual headings.
    static let standardColumns = [
        RegisterRow.Column.safetyRisk, .repeatRisk, .status, .dateTime, .actionsNeeded, .resolution,
    ].map { ColumnUse(column: $0, label: $0.heading) }

    /// By which periods numbers are published.
    @nonexhaustive public enum Publishing: String, Sendable, CaseIterable {
        /// By calendar years.
        case year
        /// By half years, from January and from July.
        case halfYear
    }
}
