// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Files in the form that mails had before MIME: lines between `begin 644 name` and `end`.
enum Uuencode {
    /// A file in a text.
    struct File {
        /// Its name as written.
        let name: [UInt8]
        /// The lines from `begin` to `end`.
        let range: Range<Int>
        /// The bytes.
        let bytes: [UInt8]
    }

    /// How the first line begins.
    private static let begin = Array("begin ".utf8)

    /// The bytes of the first file in a body.
    ///
    /// - Parameter body: a body.
    /// - Returns: the bytes, or `nil` if there is no whole file.
    static func file(in body: ArraySlice<UInt8>) -> [UInt8]? {
        next(in: body, from: body.startIndex)?.bytes
    }

    /// The next whole file in a text.
    ///
    /// - Parameters:
    ///   - text: a text.
    ///   - start: where a line begins.
    /// - Returns: the file, or `nil` when there is no other.
    static func next(in text: ArraySlice<UInt8>, from start: Int) -> File? {
        var place = start
        while let found = ByteSearch.firstLine(beginningWith: begin, in: text, from: place) {
            var lines = MailLines(text[found...])
            let line = lines.next() ?? []
            place = lines.position
            let words = line.dropFirst(begin.count).split(
                separator: 0x20, maxSplits: 1, omittingEmptySubsequences: true)
            guard words.count == 2, (3...4).contains(words[0].count),
                words[0].allSatisfy({ (0x30...0x37).contains($0) })
            else { continue }
            if let (bytes, end) = body(&lines) {
                return File(name: Array(words[1]), range: found..<end, bytes: bytes)
            }
            // The lines were looked at: the next file begins behind them.
            place = max(place, lines.position)
        }
        return nil
    }

    /// Decodes the lines below `begin`.
    private static func body(_ lines: inout MailLines) -> (bytes: [UInt8], end: Int)? {
        var out: [UInt8] = []
        while let line = lines.next() {
            if line.elementsEqual("end".utf8) { return (out, lines.position) }
            guard let first = line.first, (0x20...0x60).contains(first) else { return nil }
            let count = Int((first - 0x20) & 0x3F)
            // Programs strip spaces at the end, which stand for zeros, or add a letter.
            let letters = line.dropFirst()
            guard letters.count <= (count + 2) / 3 * 4 + 1,
                letters.allSatisfy({ (0x20...0x60).contains($0) })
            else { return nil }
            var bits: UInt32 = 0
            var written = 0
            for place in 0..<((count + 2) / 3 * 4) {
                let index = letters.startIndex + place
                let letter = index < letters.endIndex ? letters[index] : 0x20
                bits = bits << 6 | UInt32((letter - 0x20) & 0x3F)
                guard place % 4 == 3 else { continue }
                for shift in [UInt32(16), 8, 0] where written < count {
                    out.append(UInt8(truncatingIfNeeded: bits >> shift))
                    written += 1
                }
                bits = 0
            }
        }
        return nil
    }
}
