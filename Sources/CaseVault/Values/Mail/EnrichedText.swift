// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Text with a few marks (RFC 1896), as some programs of old sent it.
enum EnrichedText {
    /// The text without its marks.
    ///
    /// - Parameter text: the text with marks.
    /// - Returns: the text; `<<` stands for one `<`, and a single line break for a space.
    static func plain(_ text: String) -> String {
        var out: [UInt8] = []
        let bytes = Array(LineFeeds.only(text).utf8)
        var place = 0
        var hidden = false
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "<"), place + 1 < bytes.count, bytes[place + 1] == byte {
                if !hidden { out.append(byte) }
                place += 2
            } else if byte == UInt8(ascii: "<"),
                let end = bytes[place...].prefix(62).firstIndex(of: UInt8(ascii: ">"))
            {
                let mark = String(decoding: bytes[(place + 1)..<end], as: UTF8.self).lowercased()
                // What stands in it is for the program, such as the name of a colour.
                if mark == "param" { hidden = true }
                if mark == "/param" { hidden = false }
                place = end + 1
            } else if byte == 0x0A {
                let end = bytes[place...].firstIndex { $0 != 0x0A } ?? bytes.count
                if !hidden {
                    out +=
                        end - place == 1
                        ? [0x20] : [UInt8](repeating: 0x0A, count: end - place - 1)
                }
                place = end
            } else {
                if !hidden { out.append(byte) }
                place += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
