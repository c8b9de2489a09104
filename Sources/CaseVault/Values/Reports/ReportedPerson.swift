// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The person a report is about: a name and other names the person is known by.
public struct ReportedPerson: Hashable, Sendable {
    /// The name.
    public var name: String
    /// Other names, such as an account name.
    public var aliases: [String]

    /// A reported person.
    ///
    /// - Parameters:
    ///   - name: the name.
    ///   - aliases: other names.
    public init(name: String, aliases: [String] = []) {
        self.name = name
        self.aliases = aliases
    }

    /// The name and the other names.
    var allNames: [String] { [name] + aliases }

    /// The most bytes of an `--about` file.
    static let longestFile = 64 << 10
    /// The most bytes of one name in UTF-8.
    static let longestName = 400
    /// The most aliases of one person.
    static let mostAliases = 20
    /// The most people in one file.
    static let mostPeople = 20

    /// Reads the people a report is about: one a line, aliases after semicolons.
    ///
    /// Lines are read as people write lists: signs and numbers in front, quotes, commas, pronouns
    /// and addresses are not part of a name, and "Doe, Sam" is Sam Doe. Empty lines and lines that
    /// begin with "#" are ignored.
    ///
    /// - Parameter bytes: the bytes of the file, UTF-8.
    /// - Returns: at least one person, in the order of the file.
    /// - Throws: an error that gives the number of the line, never what stands in it.
    public static func list(reading bytes: [UInt8]) throws(VaultError) -> [ReportedPerson] {
        guard bytes.count <= longestFile else {
            throw .report(
                "namesTooLarge", "the file with the names is larger than \(longestFile) bytes",
                with: ["limit": "\(longestFile)"])
        }
        let text = try Report.text(bytes)
        var people: [ReportedPerson] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (place, line) in lines.enumerated() {
            let number = place + 1
            let trimmed = Self.trimmed(line)
            if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
            guard trimmed.split(separator: "\t").allSatisfy({ SafeText.isPlain(String($0)) })
            else { throw .aboutLine(number, "there is an invisible character in the name") }
            let read = NameLine.people(trimmed)
            if read.isEmpty, !line.unicodeScalars.contains(";") { continue }
            guard !read.isEmpty, read.allSatisfy({ !$0.name.isEmpty }) else {
                throw .aboutLine(number, "there is no name before the semicolon")
            }
            for person in read {
                guard person.allNames.allSatisfy({ $0.utf8.count <= longestName })
                else { throw .aboutLine(number, "a name is longer than \(longestName) bytes") }
                guard person.aliases.count <= mostAliases else {
                    throw .aboutLine(number, "there are more than \(mostAliases) aliases")
                }
                guard people.count < mostPeople else {
                    throw .aboutLine(number, "there are more than \(mostPeople) people")
                }
                let folded = TextFolding.fold(person.name)
                guard !people.contains(where: { TextFolding.fold($0.name) == folded }) else {
                    throw .aboutLine(number, "this name stands in an earlier line")
                }
                people.append(person)
            }
        }
        guard !people.isEmpty else { throw .report("namesNobody", "the file names nobody") }
        return people
    }

    /// A text without white space at its ends.
    ///
    /// - Parameter text: a line or a part of one.
    /// - Returns: the inner part.
    private static func trimmed(_ text: Substring) -> String {
        var inner = text.unicodeScalars
        while inner.first?.properties.isWhitespace == true { inner.removeFirst() }
        while inner.last?.properties.isWhitespace == true { inner.removeLast() }
        return String(inner)
    }
}

// MARK: - Redaction

extension ReportedPerson: CustomStringConvertible, CustomReflectable {
    /// A fixed text: who was reported is secret.
    public var description: String { "ReportedPerson(redacted)" }
    /// A mirror without children, so that a dump shows nothing either.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

// MARK: - Names as they are kept

extension ReportedPerson {
    /// The person with names as they are kept, or `nil` if one of them has nothing to see: nobody
    /// could answer a question about it.
    var tidied: ReportedPerson? {
        let names = ([name] + aliases).map(DisplayName.tidied)
        guard !names.contains(where: CharacterClass.isBlank) else { return nil }
        return ReportedPerson(name: names[0], aliases: Array(names.dropFirst()))
    }
}
