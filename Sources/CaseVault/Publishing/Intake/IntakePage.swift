// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// A page on which somebody outside writes a report, and seals it to members of their choice.
///
/// One file: HTML with its style and scripts. It loads, stores and sends nothing.
public struct IntakePage: Sendable {
    /// The page.
    public let html: String
    /// The members on it, by name.
    public let members: [String]

    /// How a member is shown on the page, and where reports for them go.
    public struct Contact: Hashable, Sendable {
        /// Which member.
        public var member: CardID
        /// Where to send a report, such as an address of mail; empty if it is not said.
        public var address: String
        /// A word on the member, such as their languages; may be empty.
        public var word: String

        /// A contact.
        public init(member: CardID, address: String = "", word: String = "") {
            self.member = member
            self.address = address
            self.word = word
        }
    }

    /// What stands in front of the list in the page.
    private static let listMark = "var LIST = \""

    /// Writes a page for a list.
    init(_ list: IntakeMembers, _ nacl: TweetNaCl) {
        let words = ReceiptWords.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let encoded = String(decoding: LetterText.base64(list.encoded), as: UTF8.self)
        let form = IntakeForm.text.replacing("%WORDS%", with: words)
            .replacing("%LIST%", with: encoded)
        let script = "\n" + IntakeScript.text + "\n" + form + "\n"
        let library = "\n" + nacl.text
        let style = "\n" + IntakeMarkup.style + "\n"
        let policy =
            "default-src 'none'; script-src \(Self.source(library)) \(Self.source(script)); "
            + "style-src \(Self.source(style)); img-src data:; base-uri 'none'; form-action 'none'"
        let parts = [
            "POLICY": policy, "COMMITTEE": HTMLWriter.escaped(list.committee),
            "ADDRESSES": Self.addresses(list), "STYLE": style, "NACL": library, "SCRIPT": script,
        ]
        html = Self.filled(IntakeMarkup.text, parts) + "\n"
        members = list.items.map(\.name)
    }

    /// A template with its parts; what is in a part is no template.
    private static func filled(_ template: String, _ parts: [String: String]) -> String {
        template.split(separator: "%", omittingEmptySubsequences: false)
            .map { parts[String($0)] ?? String($0) }.joined()
    }

    /// The source of a policy that allows exactly this text.
    private static func source(_ text: String) -> String {
        let hash = LetterText.base64(SHA2.sha256(Array(text.utf8)))
        return "'sha256-" + String(decoding: hash, as: UTF8.self) + "'"
    }

    /// What is shown where scripts are off.
    private static func addresses(_ list: IntakeMembers) -> String {
        let lines = list.items.map { item in
            let address = item.address.isEmpty ? "ask the committee for it" : item.address
            return "<li>" + HTMLWriter.escaped(item.name + ": " + address) + "</li>\n"
        }
        return "<ul>\n" + lines.joined() + "</ul>"
    }

    /// The list in a page; `nil` if this is no such page.
    static func list(in html: String) -> IntakeMembers? {
        guard let start = html.firstRange(of: listMark)?.upperBound,
            let end = html[start...].firstIndex(of: "\""),
            let bytes = LetterText.decoded(
                Array(html[start..<end].utf8)[...], atMost: 1 << 20)
        else { return nil }
        return try? IntakeMembers(wholly: bytes)
    }
}
