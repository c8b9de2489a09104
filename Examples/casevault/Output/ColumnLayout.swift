// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A table in columns, its cells broken into lines so that nothing is lost on a narrow terminal.
///
/// Cells are one line of visible characters each. Off a terminal every row is one line.
struct ColumnLayout {
    /// The headings.
    private let headings: [String]
    /// The cells, row by row.
    private let rows: [[String]]
    /// The width to keep to; `nil` for none.
    private let width: Int?

    /// What stands between two columns.
    private static let bar = " | "
    /// A broken column is at least so wide; where that does not fit there are no columns.
    private static let narrowest = 14

    /// A table for a terminal of a width, or for none.
    init(_ headings: [String], _ rows: [[String]], width: Int?) {
        self.headings = headings
        self.rows = rows
        self.width = width
    }

    /// The table, every line with its break.
    var text: String {
        let full = headings.indices.map { column in
            (rows.map { $0[column].count } + [headings[column].count]).max() ?? 0
        }
        guard let width, total(full) > width else { return columns(full) }
        var widths = full
        // The widest column gives first, one place at a time, until all fit.
        while total(widths) > width, let most = widths.max(), most > Self.narrowest,
            let column = widths.lastIndex(of: most)
        {
            widths[column] -= 1
        }
        return total(widths) <= width ? columns(widths) : blocks
    }

    /// The width of a table.
    private func total(_ widths: [Int]) -> Int {
        widths.reduce(0, +) + (widths.count - 1) * Self.bar.count
    }

    /// The rows in columns of these widths, below the headings.
    private func columns(_ widths: [Int]) -> String {
        let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "-+-") + "\n"
        let isBroken = rows.contains { row in zip(row, widths).contains { $0.count > $1 } }
        let body = rows.map { lines(of: $0, widths) }
        return lines(of: headings, widths) + rule + body.joined(separator: isBroken ? rule : "")
    }

    /// One row, in as many lines as its longest cell takes.
    private func lines(of cells: [String], _ widths: [Int]) -> String {
        let broken = zip(cells, widths).map { Self.broken($0, to: $1) }
        let height = broken.map(\.count).max() ?? 0
        return (0..<height).map { line in
            var text = zip(broken, widths).map { lines, width in
                let part = line < lines.count ? lines[line] : ""
                return part + String(repeating: " ", count: max(0, width - part.count))
            }.joined(separator: Self.bar)
            while text.last == " " { text.removeLast() }
            return text + "\n"
        }.joined()
    }

    /// Every row as a block of lines, for terminals that are too narrow for columns.
    private var blocks: String {
        rows.map { cells in
            zip(headings, cells).map { "\($0): \($1)\n" }.joined()
        }.joined(separator: "\n")
    }

    /// A text in lines of at most `width` characters, broken at spaces where there are any.
    private static func broken(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            var word = word[...]
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            while line.isEmpty, word.count > width {
                lines.append(String(word.prefix(width)))
                word = word.dropFirst(width)
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }
}
