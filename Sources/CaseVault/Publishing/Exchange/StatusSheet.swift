// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The status spreadsheet that committees have had, saved as CSV: one line a case, by code name.
struct StatusSheet {
    /// The columns of each case, by its code name in small letters with spaces.
    private(set) var rows: [String: [RegisterRow.Column: String]] = [:]
    /// The code names as they are written.
    private(set) var names: [String: String] = [:]
    /// How many lines have the code name of an earlier one.
    private(set) var repeated = 0
    /// How many values no column takes.
    private(set) var unknownValues = 0

    /// The most lines.
    private static let mostLines = 10_000

    /// Reads a spreadsheet, if its first line has the headings of a status spreadsheet.
    ///
    /// - Parameter text: The file; commas, semicolons or tabs between the columns.
    init?(_ text: String) {
        let first = text.prefix { !$0.isNewline }
        let sign: Character =
            [";", "\t", ","].max { one, other in
                first.count { $0 == one } < first.count { $0 == other }
            } ?? ","
        let lines = Self.cells(text, separator: sign)
        guard let head = lines.first else { return nil }
        var columns: [Int: RegisterRow.Column] = [:]
        var name: Int?
        for (place, heading) in head.enumerated() {
            let letters = heading.lowercased().filter(\.isLetter)
            if name == nil, Self.headingsOfName.contains(letters) {
                name = place
            } else if let column = Self.column(letters), !columns.values.contains(column) {
                columns[place] = column
            }
        }
        guard let name, columns.count >= 3 else { return nil }
        for cells in lines.dropFirst() where cells.indices.contains(name) {
            let code = Self.key(cells[name])
            guard !code.isEmpty else { continue }
            guard rows[code] == nil else {
                repeated += 1
                continue
            }
            names[code] = cells[name].split(whereSeparator: \.isWhitespace).joined(separator: " ")
            var row: [RegisterRow.Column: String] = [:]
            for place in cells.indices where place != name {
                var value = cells[place].split(whereSeparator: \.isWhitespace).joined(
                    separator: " ")
                if value.isEmpty || value == "-" || value == "–" { continue }
                guard let column = columns[place] else {
                    unknownValues += 1
                    continue
                }
                if let words = column.words {
                    value = value.lowercased()
                    if let word = Self.meanings[value], words.contains(word) { value = word }
                }
                if column.isDay, let day = Day(written: value) ?? DayInText.first(value) {
                    value = "\(day)"
                }
                if RegisterRow.isValid(value, for: column) {
                    row[column] = value
                } else {
                    unknownValues += 1
                }
            }
            rows[code] = row
        }
    }

    /// How a code name is looked up: small letters, one space.
    static func key(_ name: String) -> String {
        name.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
    }

    /// The column of a heading, by its letters.
    private static func column(_ letters: String) -> RegisterRow.Column? {
        RegisterRow.Column.allCases.first {
            let heading = $0.heading.lowercased().filter(\.isLetter)
            return letters == heading || letters == $0.name.lowercased()
        } ?? headings[letters]
    }

    /// Headings of the column with the code name.
    private static let headingsOfName: Set<String> = [
        "codename", "case", "casename", "casecodename", "nameofcase",
    ]

    /// What committees also call the columns.
    private static let headings: [String: RegisterRow.Column] = [
        "safety": .safetyRisk, "safetyconcern": .safetyRisk, "risk": .safetyRisk,
        "riskofrepeat": .repeatRisk, "repeatrisk": .repeatRisk, "repeat": .repeatRisk,
        "riskofrepetition": .repeatRisk, "date": .dateTime, "when": .dateTime,
        "dateandtime": .dateTime, "dateofincident": .dateTime, "incidentdate": .dateTime,
        "actions": .actionsNeeded, "action": .actionsNeeded, "actionneeded": .actionsNeeded,
        "nextsteps": .actionsNeeded, "todo": .actionsNeeded, "outcome": .resolution,
        "decision": .resolution, "result": .resolution,
    ]

    /// Words for those that a column takes. "Closed" is none: it does not say what came of it.
    private static let meanings = ["y": "yes", "true": "yes", "n": "no", "false": "no"]

    /// The cells of each line; a cell in quotes can hold the separator and line breaks.
    private static func cells(_ text: String, separator: Character) -> [[String]] {
        var lines: [[String]] = []
        var line: [String] = []
        var cell = ""
        var isQuoted = false
        var characters = text.makeIterator()
        var held: Character?
        while let character = held ?? characters.next() {
            held = nil
            if isQuoted {
                if character == "\"" {
                    let next = characters.next()
                    if next == "\"" {
                        cell.append("\"")
                    } else {
                        isQuoted = false
                        held = next
                        if next == nil { break }
                    }
                } else {
                    cell.append(character)
                }
            } else if character == "\"", cell.isEmpty {
                isQuoted = true
            } else if character == separator {
                line.append(cell)
                cell = ""
            } else if character.isNewline {
                lines.append(line + [cell])
                (line, cell) = ([], "")
                if lines.count > mostLines { return lines }
            } else {
                cell.append(character)
            }
        }
        if !cell.isEmpty || !line.isEmpty { lines.append(line + [cell]) }
        return lines
    }
}
