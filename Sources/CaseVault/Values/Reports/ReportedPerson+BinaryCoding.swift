// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension ReportedPerson: BinaryCoding {
    func write(to writer: inout ByteWriter) {
        writer.text(name)
        writer.list(aliases) { $0.text($1) }
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        let name = try reader.text(atMost: Self.longestName)
        let aliases = try reader.list(atMost: Self.mostAliases, ofAtLeast: 4) {
            (reader) throws(FormatError) in try reader.text(atMost: Self.longestName)
        }
        self.init(name: name, aliases: aliases)
    }
}
