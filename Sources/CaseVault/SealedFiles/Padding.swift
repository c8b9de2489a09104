// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Hides the exact size of a body: Padmé, with a floor of 1 KiB.
///
/// Padmé leaks O(log log n) bits of the size and adds at most 12 % (Nikitin, Barman, Lueks,
/// Underwood, Hubaux, Ford: "Reducing Metadata Leakage from Encrypted Files and Communication
/// with PURBs", PoPETs 2019).
enum Padding {
    /// The least padded size in bytes.
    static let floor = 1024

    /// The padded size of `size` bytes.
    static func size(_ size: Int) -> Int {
        guard size > floor else { return floor }
        let exponent = Int.bitWidth - 1 - size.leadingZeroBitCount
        let bits = Int.bitWidth - exponent.leadingZeroBitCount
        let mask = (1 << (exponent - bits)) - 1
        return (size + mask) & ~mask
    }

    /// The length, the bytes, and zeros up to the padded size.
    static func pad(_ bytes: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.blob(bytes)
        let padded = size(writer.bytes.count)
        writer.raw(Array(repeating: 0, count: padded - writer.bytes.count))
        return writer.bytes
    }

    /// The bytes of what `pad` returned; any other padding is refused.
    static func unpad(_ padded: [UInt8]) throws(FormatError) -> [UInt8] {
        var reader = ByteReader(padded)
        let bytes = try reader.blob(atMost: padded.count)
        let start = reader
        guard size(reader.offset) == padded.count else { throw start.failure(.notCanonical) }
        guard padded[reader.offset...].allSatisfy({ $0 == 0 }) else {
            throw start.failure(.notCanonical)
        }
        return bytes
    }
}
