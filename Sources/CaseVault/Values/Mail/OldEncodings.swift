// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Ways to write letters that the system's converter does not know, made to some that it does.
enum OldEncodings {
    /// Whether a label names HZ, Chinese in letters of seven bits.
    ///
    /// - Parameter label: A label in any spelling.
    /// - Returns: Whether it does.
    static func isHZ(_ label: String) -> Bool {
        let letters = label.lowercased().filter { $0.isLetter || $0.isNumber }
        return letters == "hz" || letters == "hzgb2312"
    }

    /// HZ as GB 2312: between `~{` and `~}` each letter has its eighth bit.
    ///
    /// - Parameter bytes: The text as it came.
    /// - Returns: The text in eight bits.
    static func eightBit(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var isChinese = false
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let byte = bytes[place]
            let next = place + 1 < bytes.endIndex ? bytes[place + 1] : 0
            if byte == UInt8(ascii: "~"), "{}~\n".utf8.contains(next) {
                if next == UInt8(ascii: "{") { isChinese = true }
                if next == UInt8(ascii: "}") { isChinese = false }
                if next == UInt8(ascii: "~") { out.append(next) }
                place += 2
                continue
            }
            // A line ends what was not ended.
            if byte == 0x0A { isChinese = false }
            out.append(isChinese && byte > 0x20 ? byte | 0x80 : byte)
            place += 1
        }
        return out
    }

    /// A mail that a program saved in UTF-16.
    ///
    /// - Parameters:
    ///   - bytes: The mail without its mark.
    ///   - isLittle: Whether the lower byte of each two comes first.
    /// - Returns: The mail in UTF-8, in memory once. Half a character is U+FFFD.
    static func utf8(ofUTF16 bytes: ArraySlice<UInt8>, isLittle: Bool) -> [UInt8] {
        let units = (bytes.count + 1) / 2
        let order = isLittle ? (0, 1) : (1, 0)
        func unit(_ i: Int) -> UInt32 {
            let place = bytes.startIndex + 2 * i
            guard place + 1 < bytes.endIndex else { return 0xFFFD }
            return UInt32(bytes[place + order.0]) | UInt32(bytes[place + order.1]) << 8
        }
        var size = 0
        for i in 0..<units { size += unit(i) < 0x80 ? 1 : unit(i) < 0x800 ? 2 : 3 }
        var out: [UInt8] = []
        out.reserveCapacity(size)
        var i = 0
        while i < units {
            var value = unit(i)
            i += 1
            if value & 0xFC00 == 0xD800, i < units, unit(i) & 0xFC00 == 0xDC00 {
                value = 0x10000 + (value & 0x3FF) << 10 + unit(i) & 0x3FF
                i += 1
            }
            if value < 0x80 {
                out.append(UInt8(value))
            } else {
                out += Array(String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
            }
        }
        return out
    }

    /// UTF-8 in which a character is two halves of three bytes each, as programs write that think
    /// in UTF-16.
    ///
    /// - Parameter bytes: The text as it came.
    /// - Returns: The same in one piece each.
    static func joiningHalves(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let six = bytes[place...].prefix(6)
            if bytes[place] == 0xED, six.count == 6 {
                let part = Array(six)
                if (0xA0...0xAF).contains(part[1]), part[3] == 0xED,
                    (0xB0...0xBF).contains(part[4]),
                    [part[2], part[5]].allSatisfy({ (0x80...0xBF).contains($0) })
                {
                    let high = UInt32(part[1] & 0x0F) << 6 | UInt32(part[2] & 0x3F)
                    let low = UInt32(part[4] & 0x0F) << 6 | UInt32(part[5] & 0x3F)
                    if let scalar = Unicode.Scalar(0x10000 + high << 10 + low) {
                        out += Array(String(scalar).utf8)
                        place += 6
                        continue
                    }
                }
            }
            out.append(bytes[place])
            place += 1
        }
        return out
    }
}
