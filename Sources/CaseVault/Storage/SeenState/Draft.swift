// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A text that somebody typed and that is not signed yet: see ``Vault/keep(_:)``.
///
/// A draft is secret: its description and its mirror show nothing, and it is not `Codable`.
public struct Draft: Hashable, Sendable {
    /// What it is for, in the caller's words, such as "report"; 200 bytes of UTF-8 at most.
    public var purpose: String
    /// The text, 16 MiB of UTF-8 at most.
    public var text: String
    /// The names that belong to it, each with its aliases, as they were typed; 1,000 at most, of
    /// 4,096 bytes of UTF-8 each.
    public var names: [String]
    /// What was answered besides, by names of the caller's choice; within the same limits.
    public var answers: [String: String]

    /// A draft.
    ///
    /// - Parameters:
    ///   - purpose: What it is for.
    ///   - text: The text.
    ///   - names: The names that belong to it.
    ///   - answers: What was answered besides.
    public init(
        purpose: String, text: String, names: [String] = [], answers: [String: String] = [:]
    ) {
        self.purpose = purpose
        self.text = text
        self.names = names
        self.answers = answers
    }

    /// The most bytes of each part.
    private static let (mostOfPurpose, mostOfText, mostOfName) = (200, 16 << 20, 4096)
    /// The most names.
    private static let mostNames = 1000

    /// Whether no part is too large to be kept.
    var fits: Bool {
        purpose.utf8.count <= Self.mostOfPurpose && text.utf8.count <= Self.mostOfText
            && names.count <= Self.mostNames
            && names.allSatisfy { $0.utf8.count <= Self.mostOfName }
            && answers.count <= Self.mostNames
            && answers.allSatisfy {
                $0.utf8.count <= Self.mostOfName && $1.utf8.count <= Self.mostOfName
            }
    }
}

// MARK: - BinaryCoding

extension Draft: BinaryCoding {
    func write(to writer: inout ByteWriter) {
        writer.text(purpose)
        writer.text(text)
        writer.list(names) { $0.text($1) }
        writer.list(answers.sorted { $0.key < $1.key }) {
            $0.text($1.key)
            $0.text($1.value)
        }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        purpose = try reader.text(atMost: Self.mostOfPurpose)
        text = try reader.text(atMost: Self.mostOfText)
        names = try reader.list(atMost: Self.mostNames, ofAtLeast: 4) {
            (reader) throws(FormatError) in try reader.text(atMost: Self.mostOfName)
        }
        let pairs = try reader.list(atMost: Self.mostNames, ofAtLeast: 8) {
            (reader) throws(FormatError) in
            (
                try reader.text(atMost: Self.mostOfName),
                try reader.text(atMost: Self.mostOfName)
            )
        }
        answers = Dictionary(pairs) { first, _ in first }
    }
}

// MARK: - CustomStringConvertible, CustomReflectable

extension Draft: CustomStringConvertible, CustomReflectable {
    /// A fixed text: what was typed is secret.
    public var description: String { "Draft(redacted)" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
