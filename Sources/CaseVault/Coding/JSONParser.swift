// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Reads JSON (RFC 8259) in one pass and linear time.
struct JSONParser {
    /// The text.
    private let bytes: [UInt8]
    /// Where the next token starts.
    private var place: Int

    /// A parser for a text.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Reads the one value of the text.
    mutating func document() throws(JSONTree.Fault) -> JSONTree {
        let value = try value(depth: 0)
        skipSpace()
        guard place == bytes.count else { throw fault("something follows the end") }
        return value
    }

    /// What is wrong at the present place.
    private func fault(_ why: String = "this is not JSON") -> JSONTree.Fault {
        let before = bytes.prefix(min(place, bytes.count))
        return JSONTree.Fault(line: 1 + before.count { $0 == UInt8(ascii: "\n") }, why: why)
    }

    /// The byte at the present place; `nil` at the end.
    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    /// Skips white space.
    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
    }

    /// Takes one byte if it stands here, after white space.
    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: byte) else { return false }
        place += 1
        return true
    }

    /// Takes a word, or fails.
    private mutating func word(_ word: StaticString, _ value: JSONTree) throws(JSONTree.Fault)
        -> JSONTree
    {
        for byte in word.description.utf8 {
            guard next == byte else { throw fault() }
            place += 1
        }
        return value
    }

    /// Reads one value.
    private mutating func value(depth: Int) throws(JSONTree.Fault) -> JSONTree {
        skipSpace()
        if next == UInt8(ascii: "{") || next == UInt8(ascii: "[") {
            guard depth < JSONTree.depthLimit else { throw fault("it is nested too deep") }
        }
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try list(depth: depth + 1)
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .flag(true))
        case UInt8(ascii: "f"): return try word("false", .flag(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    /// Reads an object.
    private mutating func object(depth: Int) throws(JSONTree.Fault) -> JSONTree {
        place += 1
        var members: [String: JSONTree] = [:]
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw fault() }
            let key = try text()
            guard members[key] == nil else { throw fault("a field stands there twice") }
            guard take(":") else { throw fault() }
            members[key] = try value(depth: depth)
        } while take(",")
        guard take("}") else { throw fault() }
        return .object(members)
    }

    /// Reads an array.
    private mutating func list(depth: Int) throws(JSONTree.Fault) -> JSONTree {
        place += 1
        var items: [JSONTree] = []
        if take("]") { return .list(items) }
        repeat { items.append(try value(depth: depth)) } while take(",")
        guard take("]") else { throw fault() }
        return .list(items)
    }

    // MARK: - Tokens

    /// Reads a string.
    private mutating func text() throws(JSONTree.Fault) -> String {
        place += 1
        var content: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                place += 1
                guard let text = String(validating: content, as: UTF8.self) else {
                    throw fault("this is not UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): content += try escape()
            case 0..<0x20: throw fault()
            default:
                content.append(byte)
                place += 1
            }
        }
        throw fault()
    }

    /// Reads an escape sequence, as UTF-8.
    private mutating func escape() throws(JSONTree.Fault) -> [UInt8] {
        place += 1
        guard let byte = next else { throw fault() }
        place += 1
        let plain: [UInt8: UInt8] = [
            0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D,
            0x74: 0x09,
        ]
        if let value = plain[byte] { return [value] }
        guard byte == UInt8(ascii: "u") else { throw fault() }
        var unit = try hex()
        if (0xD800..<0xDC00).contains(unit) {
            guard next == UInt8(ascii: "\\") else { throw fault() }
            place += 1
            guard next == UInt8(ascii: "u") else { throw fault() }
            place += 1
            let low = try hex()
            guard (0xDC00..<0xE000).contains(low) else { throw fault() }
            unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(unit) else { throw fault() }
        return Array(String(scalar).utf8)
    }

    /// Reads four hexadecimal digits.
    private mutating func hex() throws(JSONTree.Fault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue,
                byte < 0x80
            else { throw fault() }
            value = value << 4 | UInt32(digit)
            place += 1
        }
        return value
    }

    /// Reads a number.
    private mutating func number() throws(JSONTree.Fault) -> JSONTree {
        let start = place
        if next == UInt8(ascii: "-") { place += 1 }
        let first = next
        let count = digits()
        guard count > 0, count == 1 || first != UInt8(ascii: "0") else { throw fault() }
        var isInteger = true
        if next == UInt8(ascii: ".") {
            isInteger = false
            place += 1
            guard digits() > 0 else { throw fault() }
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            isInteger = false
            place += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place += 1 }
            guard digits() > 0 else { throw fault() }
        }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        return isInteger ? Int(text).map(JSONTree.integer) ?? .number : .number
    }

    /// Skips digits and counts them.
    private mutating func digits() -> Int {
        let start = place
        while let byte = next, (0x30...0x39).contains(byte) { place += 1 }
        return place - start
    }
}
