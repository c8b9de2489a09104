// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A span of days for which numbers are counted.
public struct NumbersPeriod: Hashable, Sendable {
    /// The first day.
    public let from: Day
    /// The last day.
    public let until: Day

    /// A period of days.
    ///
    /// - Parameters:
    ///   - from: The first day.
    ///   - until: The last day; one before the first gives `nil`.
    public init?(from: Day, until: Day) {
        guard from <= until else { return nil }
        self.from = from
        self.until = until
    }

    /// A calendar year.
    public init(year: Int) { self.init(year, 1, year, 12) }

    /// A half year, from January or from July; `nil` but for 1 and 2.
    public init?(year: Int, half: Int) {
        guard half == 1 || half == 2 else { return nil }
        self.init(year, half == 1 ? 1 : 7, year, half == 1 ? 6 : 12)
    }

    /// Reads `2026`, `2026-H1` or `2026-H2`; anything else gives `nil`.
    public init?(_ text: String) {
        let parts = text.uppercased().split(separator: "-", omittingEmptySubsequences: false)
        guard let digits = parts.first, digits.utf8.count == 4,
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let year = Int(digits)
        else { return nil }
        switch parts.dropFirst() {
        case []: self.init(year: year)
        case ["H1"]: self.init(year: year, half: 1)
        case ["H2"]: self.init(year: year, half: 2)
        default: return nil
        }
    }

    /// From the first day of a month to the last of another.
    private init(_ year: Int, _ month: Int, _ lastYear: Int, _ lastMonth: Int) {
        let far = Day(daysSince1970: .max)
        from = Day(year: year, month: month, day: 1) ?? far
        until = Day(year: lastYear, month: lastMonth, day: lastMonth == 6 ? 30 : 31) ?? far
    }

    /// Whether a day is in it.
    func contains(_ day: Day) -> Bool { from <= day && day <= until }

    /// The most parts that a period is divided into.
    private static let mostParts = 400

    /// The published periods that it consists of, in order; `nil` if it cuts one or has too many.
    func parts(by published: Rules.Publishing) -> [NumbersPeriod]? {
        let years = from.parts.year...max(from.parts.year, until.parts.year)
        guard years.count <= Self.mostParts else { return nil }
        let all = years.flatMap { year in
            switch published {
            case .year: [NumbersPeriod(year: year)]
            case .halfYear: (1...2).compactMap { NumbersPeriod(year: year, half: $0) }
            }
        }
        let inside = all.filter { from <= $0.from && $0.until <= until }
        guard inside.first?.from == from, inside.last?.until == until else { return nil }
        return inside
    }
}

// MARK: - CustomStringConvertible

extension NumbersPeriod: CustomStringConvertible {
    /// `2026`, `2026-H1`, or the first and the last day.
    public var description: String {
        let year = from.parts.year
        if self == NumbersPeriod(year: year) { return "\(year)" }
        for half in 1...2 where self == NumbersPeriod(year: year, half: half) {
            return "\(year)-H\(half)"
        }
        return "\(from) to \(until)"
    }
}
