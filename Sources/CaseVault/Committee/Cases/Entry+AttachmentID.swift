// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Entry.Attachment {
    /// Names an attachment: the entry, and the place in what its author signed.
    public struct ID: Hashable, Comparable, Sendable, LosslessStringConvertible {
        /// The entry.
        public let entry: Entry.ID
        /// The place among its attachments, from 1.
        let place: Int

        /// An attachment of an entry.
        init(entry: Entry.ID, place: Int) {
            self.entry = entry
            self.place = place
        }

        /// Reads the digits of the entry, a hyphen and the place; `nil` for anything else.
        public init?(_ text: String) {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2, let entry = Entry.ID(String(parts[0])),
                let place = Int(parts[1]), place > 0, "\(place)" == parts[1]
            else { return nil }
            self.init(entry: entry, place: place)
        }

        /// The digits of the entry, a hyphen and the place.
        public var description: String { "\(entry)-\(place)" }

        /// Orders by entry, then by place.
        public static func < (a: Self, b: Self) -> Bool {
            (a.entry, a.place) < (b.entry, b.place)
        }
    }
}

// MARK: - Codable

extension Entry.Attachment.ID: Codable {
    /// Reads the digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "no identifier of an attachment")
        }
        self = id
    }

    /// Writes the digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
