// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One newcomer in the file.
struct Row {
    /// Where the newcomer's card is, beside the file or from the root.
    let card: String
    /// The fingerprint that the newcomer read aloud.
    let fingerprint: String
    /// The checks to keep from the newcomer, by identifier; the word `none`; or nothing yet.
    let withhold: [String]
    /// The key file of a machine that may answer for itself; empty for people.
    let key: String
    /// What such a machine answers.
    let answer: String

    /// The first line of every file.
    static let columns = "card,fingerprint,withhold,key,answer"

    /// Why a file cannot be read.
    struct Problem: Error, CustomStringConvertible {
        /// The line and what is wrong with it, never what stands there.
        let description: String
    }

    /// Reads a file. There are no quotes: none of the columns needs a comma.
    static func list(reading text: String) throws -> [Row] {
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.first.map(String.init) == columns else {
            throw Problem(description: "The first line must be: \(columns)")
        }
        return try lines.dropFirst().enumerated().map { (index, line) in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count == 5, !line.contains("\"") else {
                throw Problem(description: "Line \(index + 2) needs five columns without quotes.")
            }
            return Row(
                card: String(fields[0]), fingerprint: String(fields[1]),
                withhold: fields[2].split(separator: " ").map(String.init),
                key: String(fields[3]), answer: String(fields[4]))
        }
    }
}
