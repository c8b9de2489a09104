// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Day {
    /// Reads a day as people write it: `2026-11-30`, `30.11.2026`, `30. 11. 2026`, `30/11/2026`,
    /// `30 November 2026`, `Nov 30, 2026`.
    ///
    /// Numbers with slashes mean different days in different places: they are taken only where one
    /// reading is a day. Years have four digits.
    ///
    /// - Parameter text: The text. Another form, a day that does not exist, or a text that can be
    ///   two days gives `nil`.
    public init?(written text: String) {
        guard text.utf8.count <= 40 else { return nil }
        if let day = Day(text) {
            self = day
            return
        }
        let isSlashed = text.contains("/")
        let parts = text.split { " .,/\t".contains($0) }.map { $0.lowercased() }
        guard parts.count == 3, !(isSlashed && text.contains(".")) else { return nil }
        /// The number that so many digits are.
        func number(_ text: String, _ digits: ClosedRange<Int>) -> Int? {
            guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) })
            else { return nil }
            return Int(text)
        }
        guard let year = number(parts[2], 4...4) else { return nil }
        if let month = Self.month(parts[1]), let day = number(parts[0], 1...2) {
            self.init(year: year, month: month, day: day)
        } else if let month = Self.month(parts[0]), let day = number(parts[1], 1...2) {
            self.init(year: year, month: month, day: day)
        } else if let first = number(parts[0], 1...2), let second = number(parts[1], 1...2) {
            let dayFirst = Day(year: year, month: second, day: first)
            guard isSlashed else {
                guard text.contains("."), let dayFirst else { return nil }
                self = dayFirst
                return
            }
            let monthFirst = Day(year: year, month: first, day: second)
            switch (dayFirst, monthFirst) {
            case (let one?, let other?) where one != other: return nil
            case (let one?, _), (nil, let one?): self = one
            default: return nil
            }
        } else {
            return nil
        }
    }

    /// The number of a month by its English name, or its first three letters or more.
    private static func month(_ word: String) -> Int? {
        guard word.utf8.count >= 3 else { return nil }
        return months.firstIndex { $0.hasPrefix(word) }.map { $0 + 1 }
    }

    /// The months.
    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    ]
}
