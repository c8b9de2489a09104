// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The committee's own rules: data, kept signed in the roster.
///
/// The binary form is the JSON text that was given, so that a newer program can add fields
/// without changing the format. Docs/RULES.md lists the fields.
public struct Rules: Hashable, Sendable {
    /// Whether newcomers are asked about cases from before they joined.
    @nonexhaustive public enum Newcomers: String, Sendable {
        /// They are asked about every case, and let into those without a conflict.
        case allCases
        /// They see only what starts after they joined.
        case newCasesOnly
    }

    /// What the rules are called; `nil` if they have no name.
    public internal(set) var name: String?
    /// A case with fewer readers than this is warned about; at least 1.
    public internal(set) var minimumReaders = 2
    /// What newcomers are asked about.
    public internal(set) var newcomers = Newcomers.allCases
    /// What the committee can decide, from the mildest to the hardest; never empty.
    public internal(set) var responses = Rules.standardResponses
    /// How many readers have to agree.
    public internal(set) var majority = Majority.twoThirds
    /// How many readers have to vote at all, abstentions included; `nil` is any number.
    public internal(set) var quorum: Int?
    /// How long the committee may take for what.
    public internal(set) var deadlines = Deadlines()
    /// With more members than this recused, another organizer steps in; `nil` is never.
    public internal(set) var recusalLimit: Int? = 2
    /// The columns of the register that are used, with their headings.
    public internal(set) var columns = Rules.standardColumns
    /// The roles to turn to, never people.
    public internal(set) var contacts: [Contact] = []
    /// How long cases are kept after they were resolved.
    public internal(set) var retention = Retention()
    /// Where an outcome can be appealed; `nil` is nowhere.
    public internal(set) var appeals: Appeals?
    /// By which periods numbers are published.
    public internal(set) var numbersBy = Publishing.year
    /// The rules as they were given: a JSON object in UTF-8.
    public internal(set) var json: [UInt8] = []

    /// The largest rules file in bytes.
    static let sizeLimit = 256 * 1024

    /// The rules of a vault that was founded without a rules file.
    public static let standard = Rules()

    /// The standard rules.
    private init() {}

    /// The response of this name, in any case and spacing.
    ///
    /// - Parameter name: The name as somebody typed it.
    /// - Returns: The response; `nil` if the rules have none of that name.
    public func response(named name: String) -> Response? {
        let folded = TextFolding.fold(name)
        return responses.first { TextFolding.fold($0.name) == folded }
    }
}

// MARK: - BinaryCoding

extension Rules: BinaryCoding {
    func write(to writer: inout ByteWriter) { writer.blob(json) }

    /// Reads rules. Fields that are not usable take their standard value: the text stays.
    init(parsing reader: inout ByteReader) throws(FormatError) {
        self.init(recorded: try reader.blob(atMost: Self.sizeLimit))
    }
}
