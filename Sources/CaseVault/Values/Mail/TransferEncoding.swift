// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The encodings that carry bytes through mail: quoted-printable and Base64.
enum TransferEncoding {
    /// Decodes a body by the value of Content-Transfer-Encoding.
    ///
    /// - Parameters:
    ///   - bytes: the body as it came.
    ///   - name: the encoding in lower case; an unknown one leaves the bytes as they are.
    ///   - notes: gets a sentence when something was not well-formed.
    /// - Returns: the decoded bytes.
    static func decode(_ bytes: ArraySlice<UInt8>, name: String, notes: inout [String]) -> [UInt8] {
        switch name {
        case "base64":
            return base64(bytes, notes: &notes)
        case "quoted-printable":
            return quotedPrintable(bytes)
        case "", "7bit", "8bit", "binary":
            return Array(bytes)
        default:
            MailCharset.add("A part has an unknown transfer encoding and is kept as it is.", &notes)
            return Array(bytes)
        }
    }

    /// Decodes quoted-printable. A stray "=" stays as it is.
    ///
    /// - Parameter bytes: the encoded bytes.
    /// - Returns: the decoded bytes.
    static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var lines = MailLines(bytes)
        while let line = lines.next() {
            // Space at the end of a line was added on the way and does not count.
            var end = line.endIndex
            while end > line.startIndex, line[end - 1] == 0x20 || line[end - 1] == 0x09 { end -= 1 }
            var place = line.startIndex
            var isSoftBreak = false
            while place < end {
                let byte = line[place]
                if byte != UInt8(ascii: "=") {
                    out.append(byte)
                    place += 1
                } else if place + 1 == end {
                    isSoftBreak = true
                    place += 1
                } else if place + 2 < end, let high = hex(line[place + 1]),
                    let low = hex(line[place + 2])
                {
                    out.append(high << 4 | low)
                    place += 3
                } else {
                    out.append(byte)
                    place += 1
                }
            }
            let hadBreak = lines.position > bytes.startIndex && bytes[lines.position - 1] == 0x0A
            if !isSoftBreak, hadBreak { out += [0x0D, 0x0A] }
        }
        return out
    }

    /// Decodes Base64. Bytes outside its alphabet are skipped, as RFC 2045 asks.
    ///
    /// - Parameters:
    ///   - bytes: the encoded bytes.
    ///   - notes: gets a sentence when the end is cut.
    /// - Returns: the decoded bytes.
    static func base64(_ bytes: ArraySlice<UInt8>, notes: inout [String]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count / 4 * 3 + 3)
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            let value: UInt8
            switch byte {
            case 0x41...0x5A: value = byte - 0x41
            case 0x61...0x7A: value = byte - 0x61 + 26
            case 0x30...0x39: value = byte - 0x30 + 52
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            case UInt8(ascii: "="):
                // Padding ends a group; joined encodings go on after it.
                (bits, count) = (0, 0)
                continue
            default: continue
            }
            bits = bits << 6 | UInt32(value)
            count += 1
            if count > 1 { out.append(UInt8(truncatingIfNeeded: bits >> UInt32(8 - 2 * count))) }
            if count == 4 { (bits, count) = (0, 0) }
        }
        if count == 1 { MailCharset.add("A Base64 part ends in the middle.", &notes) }
        return out
    }

    /// The value of a hexadecimal digit.
    ///
    /// - Parameter byte: an ASCII character.
    /// - Returns: 0 to 15, or `nil` for another character.
    static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
