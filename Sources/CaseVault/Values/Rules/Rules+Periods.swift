// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Rules {
    /// How long the committee may take; `nil` is no deadline. `Due.What` says what ends each.
    public struct Deadlines: Hashable, Sendable {
        /// Hours until the reporter has a first answer. Records carry days: hours that were
        /// begun count as a day.
        public internal(set) var acknowledgeHours: Int? = 24
        /// Days until the reporter hears an outcome or how things stand.
        public internal(set) var followUpDays: Int? = 7
        /// Days that moderators have to answer a recommendation.
        public internal(set) var moderatorsDays: Int? = 7
        /// Days after an outcome in which it can be appealed.
        public internal(set) var appealDays: Int?
        /// Days until an appeal is answered.
        public internal(set) var appealAnswerDays: Int?

        /// The standard deadlines.
        init() {}
    }

    /// How long cases are kept after they were resolved.
    public struct Retention: Hashable, Sendable {
        /// Months for every response that has no number of its own; `nil` is for good.
        public internal(set) var months: Int?
        /// Months by the name of the response; a `nil` in it is for good.
        public internal(set) var byResponse: [String: Int?] = [:]

        /// Everything is kept.
        init() {}
    }

    /// How many months a case is kept after it was resolved.
    ///
    /// - Parameter response: What its outcome states, if anything.
    /// - Returns: The months; `nil` is for good.
    public func retentionMonths(after response: String?) -> Int? {
        guard let response else { return retention.months }
        let known = self.response(named: response)
        let ofFamily = known?.family.flatMap { retention.byResponse[$0] }
        return retention.byResponse[known?.name ?? response] ?? ofFamily ?? retention.months
    }
}
