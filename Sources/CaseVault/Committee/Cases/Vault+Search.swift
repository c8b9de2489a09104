// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A place where words were found: an entry of a case.
public struct Found {
    /// The case.
    public let item: Case
    /// The entry.
    public let entry: Entry
    /// The words around the first that was found; a line, cut where it is long.
    public let excerpt: String
}

// MARK: - CustomStringConvertible, CustomReflectable

extension Found: CustomStringConvertible, CustomReflectable {
    /// The entry's name only: the text is a secret.
    public var description: String { "Found(\(entry.label), redacted)" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension Vault {
    /// Looks for words in everything that you may read: texts, fields of reports, names of
    /// attachments. Nothing about it is stored.
    ///
    /// Capitals and letters that look alike make no difference, and the start of a word is enough.
    /// An entry is found when it has all the words.
    ///
    /// - Parameters:
    ///   - words: What to look for, separated by spaces.
    ///   - progress: Is told how many cases were read; can stop.
    /// - Returns: What was found, by case and entry; and the cases that were left out, because their
    ///   people were not looked at yet.
    /// - Throws: `badInput` when there is no word; `cancelled`.
    public func search(
        _ words: String, progress: WorkProgress.Handler? = nil
    ) throws(VaultError) -> (found: [Found], notSearched: [Case]) {
        let wanted = Self.words(words).split(separator: " ").map { " " + $0 }
        guard !wanted.isEmpty else {
            throw .badInput(
                "noWord", "There is no word to look for.", hint: "Give at least one.")
        }
        var found: [Found] = []
        var notSearched: [Case] = []
        let cases = cases
        for (index, item) in cases.enumerated() {
            try progress.report(.opening, index, of: cases.count)
            guard item.hasTakenFirstLook else {
                notSearched.append(item)
                continue
            }
            for entry in try item.entries() {
                let lines = entry.searched
                let whole = Self.words(lines.joined(separator: " \n "))
                guard wanted.allSatisfy(whole.contains) else { continue }
                found.append(
                    Found(item: item, entry: entry, excerpt: Self.excerpt(lines, wanted)))
            }
        }
        return (found, notSearched)
    }

    /// The words of a text, folded, with a space before each: everything that is no letter, digit or
    /// mark separates them.
    private static func words(_ text: String) -> String {
        var words = String.UnicodeScalarView([" "])
        for scalar in TextFolding.fold(text).unicodeScalars {
            let properties = scalar.properties
            let isMark = [.nonspacingMark, .spacingMark].contains(properties.generalCategory)
            let isWord = properties.isAlphabetic || properties.numericType != nil || isMark
            words.append(isWord ? scalar : " ")
        }
        return String(words)
    }

    /// The words around the first place where one of the wanted words is.
    private static func excerpt(_ lines: [String], _ wanted: [String]) -> String {
        let around = 12
        for line in lines {
            let words = line.split(whereSeparator: \.isWhitespace)
            let place = words.firstIndex { word in
                let folded = self.words(String(word))
                return wanted.contains(where: folded.contains)
            }
            guard let place else { continue }
            let start = max(0, place - around)
            let end = min(words.count, place + around + 1)
            return (start > 0 ? "… " : "") + words[start..<end].joined(separator: " ")
                + (end < words.count ? " …" : "")
        }
        return ""
    }
}

extension Entry {
    /// What a search looks at, line by line.
    fileprivate var searched: [String] {
        var lines = text.split(separator: "\n").map(String.init)
        lines += (report?.fields ?? []).map { "\($0.label): \($0.text)" }
        lines += attachments.map(\.name)
        if let response { lines.append(response) }
        return lines
    }
}
