// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Report: BinaryCoding {
    func write(to writer: inout ByteWriter) {
        writer.text(text)
        writer.optional(recorded) { $0.u8($1.number) }
        writer.optional(receivedOn) { $1.write(to: &$0) }
        writer.optional(channel) { $0.u8($1.number) }
        for flag in [immediateDanger, staysAnonymous, consentToBeNamed, ongoing] {
            writer.optional(flag) { $0.bool($1) }
        }
        writer.list(reporterAliases) { $0.text($1) }
        for (_, path) in Self.textFields {
            writer.optional(self[keyPath: path]) { $0.text($1) }
        }
        writer.list(witnesses) {
            $0.text($1.name)
            $0.optional($1.contact) { $0.text($1) }
        }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        self.init(text: try reader.text(atMost: Self.longestText))
        recorded = try Self.choice(&reader) { Recording(number: $0) }
        receivedOn = try reader.optional { (reader) throws(FormatError) in
            try Day(parsing: &reader)
        }
        channel = try Self.choice(&reader) { Channel(number: $0) }
        immediateDanger = try Self.flag(&reader)
        staysAnonymous = try Self.flag(&reader)
        consentToBeNamed = try Self.flag(&reader)
        ongoing = try Self.flag(&reader)
        reporterAliases = try reader.list(atMost: Self.mostAliases, ofAtLeast: 4) {
            (reader) throws(FormatError) in try reader.text(atMost: Self.longestField)
        }
        for (_, path) in Self.textFields {
            self[keyPath: path] = try reader.optional { (reader) throws(FormatError) in
                try reader.text(atMost: Self.longestField)
            }
        }
        witnesses = try reader.list(atMost: Self.mostWitnesses, ofAtLeast: 5) {
            (reader) throws(FormatError) in
            let name = try reader.text(atMost: Self.longestField)
            let contact = try reader.optional { (reader) throws(FormatError) in
                try reader.text(atMost: Self.longestField)
            }
            return Witness(name: name, contact: contact)
        }
    }

    /// Reads an optional number with a meaning; others belong to a newer version.
    private static func choice<T>(
        _ reader: inout ByteReader, _ meaning: (UInt8) -> T?
    ) throws(FormatError) -> T? {
        try reader.optional { (reader) throws(FormatError) in
            let start = reader
            guard let value = meaning(try reader.u8()) else {
                throw start.failure(.unsupportedVersion)
            }
            return value
        }
    }

    /// Reads an optional yes or no.
    private static func flag(_ reader: inout ByteReader) throws(FormatError) -> Bool? {
        try reader.optional { (reader) throws(FormatError) in try reader.bool() }
    }
}
