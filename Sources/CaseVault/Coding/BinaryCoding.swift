// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A value with exactly one binary form: writing what was parsed gives the same bytes.
protocol BinaryCoding {
    /// Appends the one binary form of this value.
    func write(to writer: inout ByteWriter)

    /// Reads one value and leaves the reader behind it.
    init(parsing reader: inout ByteReader) throws(FormatError)
}

extension BinaryCoding {
    /// The one binary form of this value.
    var encoded: [UInt8] {
        var writer = ByteWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// Reads one value that must fill `bytes` to the end.
    init(wholly bytes: [UInt8]) throws(FormatError) {
        var reader = ByteReader(bytes)
        try self.init(parsing: &reader)
        try reader.expectEnd()
    }
}
