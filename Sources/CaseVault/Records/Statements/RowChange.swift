// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// New values for some columns of a register row; the others stay.
struct RowChange: BinaryCoding, Sendable {
    /// The columns that change; at most one value each.
    let values: [RegisterRow.Column: String]

    func write(to writer: inout ByteWriter) {
        let sorted = values.sorted { $0.key.number < $1.key.number }
        writer.list(sorted) {
            $0.u8($1.key.number)
            $0.text($1.value)
        }
    }

    /// New values.
    init(values: [RegisterRow.Column: String]) { self.values = values }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        var values: [RegisterRow.Column: String] = [:]
        var last: UInt8?
        let count = try reader.count(
            atMost: RegisterRow.Column.allCases.count, ofAtLeast: 5)
        for _ in 0..<count {
            let start = reader
            let number = try reader.u8()
            if let last, number <= last { throw start.failure(.notCanonical) }
            last = number
            guard let column = RegisterRow.Column(number: number) else {
                throw start.failure(.unsupportedVersion)
            }
            let text = try reader.text(atMost: RegisterRow.valueLimit)
            guard RegisterRow.isValid(text, for: column) else { throw start.failure(.malformed) }
            values[column] = text
        }
        self.values = values
    }
}
