// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The committee's own rules: data, kept signed in the roster.
///
/// The binary form is the JSON text that was given, so that a newer program can add fields
/// without changing the format.
public struct Rules: Sendable {
    /// Whether newcomers are asked about cases from before they joined.
    public enum Newcomers: String, Sendable {
        /// They are asked about every case, and let into those without a conflict.
        case allCases
        /// They see only what starts after they joined.
        case newCasesOnly
    }

    /// A case with fewer readers than this is warned about; at least 1.
    public let minimumReaders: Int
    /// What newcomers are asked about.
    public let newcomers: Newcomers
    /// The rules as they were given: a JSON object in UTF-8.
    public let json: [UInt8]

    /// The largest rules file in bytes.
    static let sizeLimit = 256 * 1024

    /// The rules of a vault that was founded without a rules file.
    public static let standard = Rules(minimumReaders: 2, newcomers: .allCases, json: [])

    /// Rules that are known to be valid.
    init(minimumReaders: Int, newcomers: Newcomers, json: [UInt8]) {
        self.minimumReaders = minimumReaders
        self.newcomers = newcomers
        self.json = json
    }
}

// MARK: - BinaryCoding

extension Rules: BinaryCoding {
    func write(to writer: inout ByteWriter) { writer.blob(json) }

    /// Reads rules. Fields that are not usable take their standard value: the text stays.
    init(parsing reader: inout ByteReader) throws(FormatError) {
        let json = try reader.blob(atMost: Self.sizeLimit)
        do throws(VaultError) { self = try Rules(json: json) } catch {
            self = Rules(
                minimumReaders: Rules.standard.minimumReaders, newcomers: .allCases, json: json)
        }
    }
}
