// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(FoundationEssentials)
    private import FoundationEssentials
#else
    private import Foundation
#endif

extension Rules {
    /// The fields that have an effect; every other field is kept as it is.
    private struct Fields: Decodable {
        /// See `Rules.minimumReaders`.
        var minimumReaders: Int?
        /// See `Rules.Newcomers`.
        var newcomers: String?
    }

    /// Reads rules from a JSON object in UTF-8; no bytes at all mean the standard rules.
    ///
    /// - Parameter json: At most 256 KiB. Known fields: `minimumReaders` (1 to 30) and
    ///   `newcomers` (`"allCases"` or `"newCasesOnly"`).
    /// - Throws: `badInput` naming the field.
    public init(json: [UInt8]) throws(VaultError) {
        guard json.count <= Self.sizeLimit else { throw .badRules("the file is too large") }
        if json.isEmpty {
            self = .standard
            return
        }
        let fields: Fields
        do { fields = try JSONDecoder().decode(Fields.self, from: Data(json)) } catch {
            if case DecodingError.typeMismatch(_, let context) = error,
                let key = context.codingPath.first
            {
                throw .badRules("the field \(key.stringValue) has the wrong type")
            }
            throw .badRules("they are not a JSON object")
        }
        let minimum = fields.minimumReaders ?? Rules.standard.minimumReaders
        guard (1...30).contains(minimum) else {
            throw .badRules("the field minimumReaders must be 1 to 30")
        }
        guard let newcomers = Newcomers(rawValue: fields.newcomers ?? "allCases") else {
            throw .badRules("the field newcomers must be allCases or newCasesOnly")
        }
        self.init(minimumReaders: minimum, newcomers: newcomers, json: json)
    }
}
