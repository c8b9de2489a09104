// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What all printable pages have: head, style, title, who may read it, the day of printing.
enum PageFrame {
    /// A page.
    ///
    /// - Parameters:
    ///   - title: The title, also the first heading.
    ///   - audience: Who may read it, in one line.
    ///   - committee: The committee's name, if known.
    ///   - day: The day of printing.
    ///   - isWide: Whether it is printed across.
    ///   - body: Writes what is in it.
    /// - Returns: The whole page.
    static func page(
        title: String, audience: String, committee: String?, day: Day, isWide: Bool = false,
        _ body: (inout HTMLWriter) -> Void
    ) -> String {
        var writer = HTMLWriter()
        writer.element(.html, [(.lang, "en")]) { page in
            page.element(.head) { head in
                head.element(.meta, [(.charset, "utf-8")])
                head.element(
                    .meta, [(.httpEquiv, "Content-Security-Policy"), (.content, policy)])
                head.element(.meta, [(.name, "referrer"), (.content, "no-referrer")])
                head.element(
                    .meta,
                    [(.name, "viewport"), (.content, "width=device-width, initial-scale=1")])
                head.element(.title, text: title)
                head.style(style)
            }
            page.element(.body, [(.class, isWide ? "wide" : "tall")]) { page in
                page.element(.header) { header in
                    header.element(.p, [(.class, "audience")], text: audience)
                    header.element(.h1, text: title)
                    header.element(.p, [(.class, "origin")]) { line in
                        if let committee {
                            line.write(committee)
                            line.write(" · ")
                        }
                        line.write("printed on \(day)")
                    }
                }
                page.element(.main, [], body)
                page.element(
                    .footer,
                    text: "This page is not encrypted: the vault no longer protects it. "
                        + "Destroy prints and files after use.")
            }
        }
        return writer.text
    }

    /// The page loads nothing and runs nothing; its one style sheet is known by its SHA-256.
    static let policy =
        "default-src 'none'; style-src 'sha256-\(styleHash)'; base-uri 'none'; form-action 'none'"

    /// The SHA-256 of `style`, in base64. A test computes it again.
    static let styleHash = "Cnhh5y6HsUbbS5rydWLt2KxJP54cZuqbH2BrESow4Ec="

    /// How pages look, on a screen and on paper. It names no address.
    static let style: StaticString = """

        :root { color-scheme: light; }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 2rem 2.5rem; max-width: 56rem; background: #fff;
          color: #1b1f24; font: 16px/1.5 "Noto Sans", "DejaVu Sans", Helvetica, Arial, sans-serif; }
        body.wide { max-width: 80rem; }
        header { border-bottom: 2px solid #1b1f24; margin-bottom: 1.5rem; }
        h1 { margin: 0.6rem 0 0.1rem; font-size: 1.9rem; line-height: 1.2; }
        h2 { margin: 0 0 0.4rem; font-size: 1.15rem; line-height: 1.3; }
        p { margin: 0 0 0.6rem; }
        .audience { display: inline-block; margin: 0; padding: 0.15rem 0.6rem;
          border: 1.5px solid #1b1f24; font-size: 0.85rem; font-weight: 600; }
        .origin, .note, footer { color: #4d5560; font-size: 0.85rem; }
        .alarm { margin: 0 0 1.2rem; padding: 0.5rem 0.8rem; border: 2px solid #b00020;
          color: #b00020; font-weight: 700; }
        section { margin: 0 0 1.8rem; }
        section.entry { border-top: 1px solid #c9ced6; padding-top: 1rem; }
        section.old .text, section.old table { color: #4d5560; }
        .text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
        table { width: 100%; margin: 0 0 0.9rem; border-collapse: collapse; font-size: 0.92rem; }
        caption { padding: 0 0 0.3rem; text-align: left; font-weight: 600; }
        th, td { padding: 0.35rem 0.55rem; border: 1px solid #c9ced6; text-align: left;
          vertical-align: top; overflow-wrap: anywhere; white-space: pre-wrap;
          unicode-bidi: plaintext; }
        th { background: #f1f3f6; font-weight: 600; overflow-wrap: normal; }
        th[scope=row] { width: 15rem; }
        .wide th { white-space: normal; }
        .wide th[scope=row] { width: auto; white-space: nowrap; }
        td.word { white-space: nowrap; overflow-wrap: normal; }
        ul { margin: 0 0 0.6rem; padding-left: 1.2rem; }
        footer { margin-top: 2rem; border-top: 1px solid #c9ced6; padding-top: 0.5rem; }
        @page { margin: 18mm 16mm; }
        @page across { size: landscape; }
        @media print {
          body, body.wide { max-width: none; padding: 0; font-size: 10.5pt; }
          body.wide { page: across; }
          h2 { break-after: avoid; }
          tr, .alarm { break-inside: avoid; }
          thead { display: table-header-group; }
          th { background: none; }
        }

        """
}
