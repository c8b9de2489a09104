// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The status register as people see it: headings and cells, for a terminal or a spreadsheet.
///
/// Every cell is one line of visible characters; `-` stands for nothing.
public struct RegisterTable: Sendable {
    /// The headings of the columns.
    public let headings: [String]
    /// Which of the columns is the code name; those before it have one word each.
    public let nameColumn: Int
    /// The cells, row by row.
    public let rows: [[String]]

    /// The register that a member sees today, with the columns of the committee's rules.
    public init(of vault: Vault) { self.init(rows: vault.register, columns: vault.rules.columns) }

    /// A table of these rows. The code name stands before the first column of free words; two
    /// of one code name get four digits behind it.
    init(rows: [RegisterRow], columns: [Rules.ColumnUse] = Rules.standardColumns) {
        let place = columns.prefix { $0.column.words != nil }.count
        nameColumn = place
        var headings = columns.map { RegisterRow.oneLine($0.label) }
        headings.insert("Code Name", at: place)
        self.headings = headings
        let names = Dictionary(rows.map { ($0.codeName, 1) }, uniquingKeysWith: +)
        self.rows = rows.map { row in
            let isShared = names[row.codeName, default: 0] > 1
            var cells = columns.map { row.shown($0.column) }
            cells.insert(
                row.codeName.description + (isShared ? " " + row.disambiguation : ""), at: place)
            return cells
        }
    }

    /// The table in Markdown.
    var markdown: String {
        ([headings] + [headings.map { _ in "---" }] + rows).enumerated()
            .map { place, cells in
                let shown = place == 1 ? cells : cells.map(MarkdownText.escaped)
                return "| " + shown.joined(separator: " | ") + " |\n"
            }.joined()
    }

    // MARK: - CSV

    /// The table as CSV (RFC 4180): every field in quotes, rows ended by CR LF, UTF-8.
    ///
    /// An empty column is an empty field. What a spreadsheet could take for a formula gets an
    /// apostrophe in front: see `disarmed`.
    public var csv: String {
        var text = Self.record(headings.map(Self.disarmed))
        for row in rows { text += Self.record(row.map { $0 == "-" ? "" : Self.disarmed($0) }) }
        return text
    }

    /// One record of a CSV file.
    private static func record(_ fields: [String]) -> String {
        fields.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
            + "\r\n"
    }

    /// A text in which no spreadsheet finds a formula.
    ///
    /// `=`, `+`, `-` and `@`, also in full width, get an apostrophe in front where they begin the
    /// cell; and where they stand behind what some program, set up for another country, takes for
    /// the end of a cell: a comma, a semicolon, a tab, a bar, a quote, a line break.
    static func disarmed(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        var isStart = true
        for scalar in text.unicodeScalars {
            if isStart, formulaStarts.contains(scalar) { out.append("'") }
            out.append(scalar)
            if cellEnds.contains(scalar) {
                isStart = true
            } else if !scalar.properties.isWhitespace {
                isStart = false
            }
        }
        return String(out)
    }

    /// What begins a formula.
    private static let formulaStarts: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}", "\u{2212}",
    ]
    /// What some program takes for the end of a cell.
    private static let cellEnds: Set<Unicode.Scalar> = [",", ";", "\t", "|", "\"", "\n", "\r"]
}
