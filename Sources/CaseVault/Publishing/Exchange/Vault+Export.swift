// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(FoundationEssentials)
    public import struct FoundationEssentials.URL
#else
    public import struct Foundation.URL
#endif

extension Vault {
    /// Writes everything that you may read into a new folder, as Markdown.
    ///
    /// A folder for each case, a document for each entry, the attachments as they were, and the
    /// register. `importCases` reads it again. What was erased is left out. Cases at whose people you have not looked yet are
    /// left out and listed, and so are attachments that have not arrived. **The vault no longer protects what was written.**
    ///
    /// - Parameters:
    ///   - folder: Made if it is missing; refused if it is not empty. Only you can read it.
    ///   - progress: Is told how many cases were written and of the bytes of attachments; can
    ///     stop.
    /// - Returns: What was written, and what was left out.
    /// - Throws: `alreadyExists`, `refused` inside of a vault, `damaged`,
    ///   `fileSystem`, `diskFull`, `cancelled`. Then nothing stays.
    @discardableResult
    public func export(
        to folder: URL, progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> ExportReport {
        let output = try PlainFolder(folder, files: store.folder.files)
        let mine = readableCases.map { Case(vault: self, id: $0.log.id) }
            .sorted { ($0.codeName, $0.id) < ($1.codeName, $1.id) }
        let looked = mine.filter(\.hasTakenFirstLook)
        let open = looked.filter { ((try? $0.entries()) ?? []).contains(where: \.hasText) }
        let unseen = mine.filter { !$0.hasTakenFirstLook }
        var waiting = unseen.map {
            Waiting(.firstLook, in: NamedCase(id: $0.id, codeName: $0.codeName))
        }
        let names = Dictionary(mine.map { ($0.codeName, 1) }, uniquingKeysWith: +)
        for (done, item) in open.enumerated() {
            try progress.report(.writing, done, of: open.count)
            let name = item.codeName
            let isShared = names[name, default: 0] > 1
            let export = CaseExport(
                item: item, title: "\(name)" + (isShared ? " " + item.disambiguation : ""),
                folder: output, progress: progress)
            let missing = try export.write()
            if missing > 0 {
                let file = NamedCase(id: item.id, codeName: item.codeName)
                waiting.append(Waiting(.attachmentBytes, in: file))
                noteMissingAttachments(missing, in: item.codeName)
            }
        }
        let table = RegisterTable(of: self)
        let lacks = incomplete
        try output.write(table.markdown, to: "register.md")
        try output.write(table.csv, to: "register.csv")
        try output.write(
            readMe(
                cases: open.count, leftOut: unseen, erased: looked.count - open.count, lacks: lacks),
            to: "README.md")
        try progress.report(.writing, open.count, of: open.count)
        output.keep()
        return ExportReport(
            files: output.written, cases: open.count, waiting: waiting,
            isOpenToOthers: output.isOpenToOthers)
    }

    /// What the folder is, for whoever finds it.
    private func readMe(
        cases: Int, leftOut: [Case], erased: Int, lacks: [Incomplete]
    ) -> String {
        var text = """
            # Export from a case vault

            \(MarkdownText.escaped(committee ?? "One case, for a guest")), \(store.clock.today), \
            by \(MarkdownText.escaped(me.name)). Cases: \(cases).

            **Nothing in this folder is encrypted.** It is for the one member who made it and for
            members without a conflict of interest. Keep it out of shared folders and backups, and
            delete it after use.

            - `register.md` and `register.csv`: the status register.
            - A folder for each case, called by its code name, with a document for each entry in
              order, and the attachments; what was erased is missing. The lines between `---` say what an entry is; all below
              is its text, as it was written.
            - Read the documents as text. A program that renders Markdown may load pictures from
              the web that a text names, and so tell somebody that it is being read.
            - `casevault import` reads this folder into a vault. Who wrote an entry is not carried
              over: whoever imports signs.

            """
        if !lacks.isEmpty {
            text += "\n**This export is not complete.** What is known to be missing:\n\n"
            for item in lacks { text += "- \(MarkdownText.escaped(item.text))\n" }
        }
        if erased > 0 { text += "\nErased, so that nothing is left to write: cases: \(erased).\n" }
        if !leftOut.isEmpty {
            text += "\nLeft out, because the people named in them were not looked at yet:\n\n"
            for item in leftOut { text += "- \(item.title)\n" }
        }
        return text
    }
}
