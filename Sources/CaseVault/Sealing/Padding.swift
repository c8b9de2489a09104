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

    /// The padded size of so many bytes of content with their length in front.
    ///
    /// It is computed for `room` bytes more, so that content may grow by as many without showing.
    static func size(ofContent count: Int, room: Int) -> Int { size(4 + count + room) }

    /// The length, the bytes, and zeros up to the padded size.
    static func pad(_ bytes: [UInt8], room: Int = 0) -> [UInt8] {
        var writer = ByteWriter()
        writer.blob(bytes)
        let padded = size(ofContent: bytes.count, room: room)
        writer.raw(Array(repeating: 0, count: padded - writer.bytes.count))
        return writer.bytes
    }

    /// The bytes in front of the zeros.
    ///
    /// Whether there are as many zeros as there should be is for the caller to compare: what was
    /// padded says for how much room.
    static func content(of padded: [UInt8]) throws(FormatError) -> [UInt8] {
        var reader = ByteReader(padded)
        let bytes = try reader.blob(atMost: padded.count)
        guard padded[reader.offset...].allSatisfy({ $0 == 0 }) else {
            throw reader.failure(.notCanonical)
        }
        return bytes
    }
}
