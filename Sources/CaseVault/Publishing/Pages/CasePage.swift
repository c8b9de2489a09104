// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// One case as a printable page, for members without a conflict.
///
/// Attachments are listed, not included.
public struct CasePage: Sendable {
    /// The page: HTML of one file, without scripts, loading nothing.
    public let html: String

    /// A case as it is now.
    ///
    /// - Throws: `notForYou`, `firstLookNeeded`.
    public init(of item: Case) throws(VaultError) {
        let entries = try item.entries()
        let people = try item.people
        let late = try item.lateRecordCount()
        html = PageFrame.page(
            title: item.title, audience: "For members without a conflict of interest only",
            committee: item.vault.committee, day: item.vault.store.clock.today
        ) { page in
            if entries.contains(where: { $0.report?.immediateDanger == true }) {
                page.element(
                    .p, [(.class, "alarm")], text: "Immediate danger was reported in this case.")
            }
            Self.write(people, to: &page)
            Self.write(item.row, item.vault.rules.columns, to: &page)
            page.element(.p, [(.class, "note"), (.dir, "auto")]) { line in
                line.write("Readers: ")
                line.write(item.readers.map(\.name).joined(separator: ", "))
            }
            for entry in entries { Self.write(entry, of: entries, to: &page) }
            if late > 0 {
                page.element(
                    .p, [(.class, "note")],
                    text: "Not shown: \(late) records by people who had no access.")
            }
        }
    }

    /// The people named in the case.
    private static func write(_ people: [PersonInCase], to page: inout HTMLWriter) {
        guard !people.isEmpty else { return }
        page.element(.table) { table in
            table.element(.caption, text: "People named")
            table.element(.thead) { head in
                head.element(.tr) { row in
                    for heading in ["Part", "Name", "Other names"] {
                        row.element(.th, [(.scope, "col")], text: heading)
                    }
                }
            }
            table.element(.tbody) { body in
                for person in people {
                    body.element(.tr) { row in
                        row.element(.th, [(.scope, "row")], text: capitalized(person.role.label))
                        row.element(.td, [(.dir, "auto")], text: person.name)
                        row.element(
                            .td, [(.dir, "auto")],
                            text: person.aliases.isEmpty
                                ? "-" : person.aliases.joined(separator: ", "))
                    }
                }
            }
        }
    }

    /// The case's line in the register, in the columns of the committee's rules.
    private static func write(
        _ row: RegisterRow?, _ columns: [Rules.ColumnUse], to page: inout HTMLWriter
    ) {
        guard let row else { return }
        writeTable(
            "In the register", columns.map { ($0.label, row.shown($0.column)) }, to: &page)
    }

    /// One entry.
    private static func write(_ entry: Entry, of all: [Entry], to page: inout HTMLWriter) {
        let later = all.filter { $0.corrects == entry.id }.map(\.label)
        page.element(.section, [(.class, entry.isCorrected ? "entry old" : "entry")]) { section in
            section.element(.h2, text: "\(entry.label). \(entry.kind.label), \(entry.day)")
            section.element(.p, [(.class, "note"), (.dir, "auto")]) { line in
                line.write("Written down by \(entry.author.name)")
                if entry.isErased { line.write(" · erased") }
                if entry.isBeingErased { line.write(" · will be erased when a day is over") }
                if entry.isTextMissing { line.write(" · its text is missing") }
                if let old = entry.correctsLabel { line.write(" · corrects entry \(old)") }
                if !later.isEmpty {
                    line.write(" · superseded by entry \(later.joined(separator: ", "))")
                }
            }
            if let report = entry.report, !report.fields.isEmpty {
                writeTable(
                    "What is known", report.fields.map { (capitalized($0.label), $0.text) },
                    to: &section)
            }
            if let response = entry.response {
                section.element(.p, [(.dir, "auto")]) { line in
                    line.element(.strong, text: response)
                    line.write(entry.until.map { ", until \($0)" } ?? ", for good")
                }
            }
            if !entry.text.isEmpty {
                section.element(.div, [(.class, "text"), (.dir, "auto")], text: entry.text)
            }
            guard !entry.attachments.isEmpty else { return }
            section.element(.p, [(.class, "note")], text: "Attached, not in this page:")
            section.element(.ul, [(.class, "note")]) { list in
                for (index, file) in entry.attachments.enumerated() {
                    list.element(.li, [(.dir, "auto")]) { item in
                        item.write("\(index + 1): \(RegisterRow.oneLine(file.name)), ")
                        item.write("\(RegisterRow.oneLine(file.mediaType)), \(file.size) bytes")
                    }
                }
            }
        }
    }

    /// A table of names and values.
    private static func writeTable(
        _ caption: String, _ rows: [(String, String)], to page: inout HTMLWriter
    ) {
        page.element(.table) { table in
            table.element(.caption, text: caption)
            table.element(.tbody) { body in
                for (name, value) in rows {
                    body.element(.tr) { row in
                        row.element(.th, [(.scope, "row")], text: name)
                        row.element(.td, [(.dir, "auto")], text: value)
                    }
                }
            }
        }
    }

    /// A label at the beginning of a line.
    private static func capitalized(_ label: String) -> String {
        label.prefix(1).uppercased() + label.dropFirst()
    }
}

extension Case {
    /// The code name; with four digits behind it where you read two cases of one name.
    var title: String {
        let name = codeName
        let isShared = vault.cases.filter { $0.codeName == name }.count > 1
        return name.description + (isShared ? " " + disambiguation : "")
    }
}
