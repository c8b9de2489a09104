// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Pages are well-formed, run and load nothing, and show every text as text.
struct PageTests {
    /// Texts that try to be something else.
    static let hostile = [
        "<script>alert(1)</script>", "</td></tr></table><img src=http://evil.example/x>",
        "\" onmouseover=\"x", "' style='x", "&lt;b&gt; &amp; &#x3C;", "]]><!-- --><![CDATA[",
        "\u{1B}[31mred\u{7}\u{9B}", "\u{202E}gnp.exe\u{202C}", "zero\u{200B}width\u{FEFF}",
        "a\u{0}b", "\u{FFFF}\u{E000}\u{E0041}", "</title><style>*{display:none}</style>",
        "line\r\nline\rline\u{2028}line", "javascript:alert(1)",
    ]

    /// A case in which every text is hostile.
    private func hostileCase() throws -> (committee: TestCommittee, item: Case) {
        let committee = try TestCommittee("Mika")
        let all = Self.hostile.joined(separator: "\n")
        var report = Report(text: all)
        for (_, path) in Report.textFields { report[keyPath: path] = all }
        report.immediateDanger = true
        report.reporterAliases = Self.hostile
        report.witnesses = [.init(name: all, contact: all)]
        let item = try committee.vault("Mika").startCase(
            about: Self.hostile.map { ReportedPerson(name: $0, aliases: [$0]) }, report: report,
            attachments: [AttachmentSource(name: Self.hostile[1], bytes: [1], mediaType: all)])
        try item.add(.discussion, all, correcting: 1)
        return (committee, item)
    }

    @Test func hostileTextsStayText() throws {
        let (committee, item) = try hostileCase()
        let page = try CasePage(of: item).html
        let seen = try WellFormed(page)
        for text in Self.hostile {
            let shown = SafeText.escaped(text, keepingLineBreaks: true)
            #expect(seen.text.contains(shown), "\(shown) is not shown")
        }
        #expect(seen.elements.isSubset(of: Self.elements))
        #expect(seen.attributes.isSubset(of: Self.attributes))
        #expect(!page.contains("<script"))
        let visible = page.unicodeScalars.allSatisfy {
            $0 == "\n" || $0 == "\t" || CharacterClass.isShowable($0)
        }
        #expect(visible)
        #expect(page.contains("Immediate danger was reported"))
        _ = committee
    }

    @Test func theRegisterIsAPageToo() throws {
        let (committee, item) = try hostileCase()
        _ = try item.updateRow([.resolution: "<b>\u{202E}bold", .actionsNeeded: "a & b"])
        let vault = try committee.vault("Mika")
        let page = RegisterPage(of: vault).html
        let seen = try WellFormed(page)
        #expect(seen.text.contains("<b>\\u{202E}bold"))
        #expect(seen.text.contains("a & b"))
        #expect(seen.elements.isSubset(of: Self.elements))
        for heading in RegisterTable(of: vault).headings { #expect(seen.text.contains(heading)) }
        #expect(seen.text.contains(item.codeName.description))
        #expect(!page.contains("://"))
    }

    @Test func saysWhatWasErased() throws {
        let committee = try TestCommittee("Mika")
        let item = try committee.startCase(by: "Mika")
        _ = try item.add(.plan, "GONE")
        try item.erase(entry: 2, confirming: item.codeName)
        try committee.letErase("Mika")
        try item.vault.refresh()
        let seen = try WellFormed(CasePage(of: item).html)
        #expect(seen.text.contains("2. No text"))
        #expect(seen.text.contains("Written down by Mika · erased"))
        #expect(!seen.text.contains("GONE"))
    }

    @Test func saysWhatItIs() throws {
        let committee = try TestCommittee("Mika")
        let item = try committee.startCase(by: "Mika")
        let page = try CasePage(of: item).html
        let seen = try WellFormed(page)
        #expect(page.contains("<title>\(item.codeName)</title>"))
        #expect(page.contains("<h1>\(item.codeName)</h1>"))
        #expect(page.contains("lang=\"en\""))
        #expect(seen.text.contains("For members without a conflict of interest only"))
        #expect(seen.text.contains("printed on \(item.vault.store.clock.today)"))
        #expect(seen.text.contains("the vault no longer protects it"))
        #expect(page.contains("default-src 'none'".replacing("'", with: "&#39;")))
        #expect(!page.contains("://"))
        let heads = seen.headers.filter { $0 != "col" && $0 != "row" }
        #expect(!seen.headers.isEmpty && heads.isEmpty, "every th has a scope")
    }

    @Test func needsTheFirstLook() throws {
        let committee = try TestCommittee("Mika", "Lou")
        _ = try committee.startCase(by: "Mika")
        try committee.declareAll("Lou")
        _ = try committee.vault("Mika").catchUp()
        let item = try #require(try committee.vault("Lou").cases.first)
        #expect(throws: VaultError.firstLookNeeded) { try CasePage(of: item) }
        _ = try item.takeFirstLook(.noConflict)
        _ = try CasePage(of: item)
    }

    @Test func theStyleIsTheOneThatThePolicyNames() throws {
        let python = "/usr/bin/python3"
        guard FileManager.default.isExecutableFile(atPath: python) else {
            try Test.cancel("there is no python3 to compute SHA-256")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [
            "-c",
            "import base64,hashlib,sys;sys.stdout.write(base64.b64encode("
                + "hashlib.sha256(sys.stdin.buffer.read()).digest()).decode())",
        ]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        input.fileHandleForWriting.write(Data(PageFrame.style.description.utf8))
        try input.fileHandleForWriting.close()
        let hash = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(hash == PageFrame.styleHash)
        #expect(!PageFrame.style.description.contains { "<>&@".contains($0) && $0 != "@" })
        #expect(!PageFrame.style.description.contains("url("))
    }

    /// The elements that a page may have.
    private static let elements: Set<String> = [
        "html", "head", "body", "title", "meta", "style", "header", "main", "section", "footer",
        "h1", "h2", "p", "div", "ul", "li", "strong", "table", "caption", "thead", "tbody", "tr",
        "th", "td",
    ]
    /// The attributes that a page may have.
    private static let attributes: Set<String> = [
        "lang", "charset", "content", "name", "http-equiv", "class", "scope", "dir",
    ]
}

/// What a strict XML parser finds in a page.
private final class WellFormed: NSObject, XMLParserDelegate {
    /// All text.
    private(set) var text = ""
    /// The names of elements.
    private(set) var elements: Set<String> = []
    /// The names of attributes.
    private(set) var attributes: Set<String> = []
    /// The scopes of header cells; empty where there is none.
    private(set) var headers: [String] = []

    /// Parses a page; an error ends the test.
    init(_ page: String) throws {
        super.init()
        let parser = XMLParser(data: Data(page.utf8))
        parser.delegate = self
        let isFine = parser.parse()
        try #require(isFine, "line \(parser.lineNumber): \(String(describing: parser.parserError))")
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes found: [String: String] = [:]
    ) {
        elements.insert(name)
        attributes.formUnion(found.keys)
        if name == "th" { headers.append(found["scope"] ?? "") }
    }
}
