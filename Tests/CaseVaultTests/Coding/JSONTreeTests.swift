// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

@testable import CaseVault

/// JSON is read strictly, bounded, and as everybody else reads it.
struct JSONTreeTests {
    /// Reads a text.
    private func parse(_ text: String) throws(JSONTree.Fault) -> JSONTree {
        try JSONTree(parsing: Array(text.utf8))
    }

    @Test(arguments: [
        ("null", JSONTree.null), (" [ ] ", .list([])), ("{}", .object([:])),
        ("\u{FEFF}true", .flag(true)), ("-0", .integer(0)), ("12", .integer(12)),
        ("1.0", .number), ("1e3", .number), ("99999999999999999999", .number),
        (#""a\"\\\/\b\f\n\r\t\u00e9\uD83D\ude00""#, .text("a\"\\/\u{8}\u{C}\n\r\té😀")),
        (#"{"a":[1,{"b":null}]}"#, .object(["a": .list([.integer(1), .object(["b": .null])])])),
    ])
    func reads(_ text: String, _ tree: JSONTree) throws {
        #expect(try parse(text) == tree)
    }

    @Test(arguments: [
        "", " ", "nul", "nullx", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":1,}", "{a:1}", "{\"a\":1}}",
        "01", "-", "1.", ".5", "1e", "+1", "NaN", "Infinity", "\"", "\"\n\"", #""\x""#, #""\u12""#,
        #""\ud800""#, #""\ud800\u0041""#, #""\udc00""#, "[1] 2", "'a'", "// x\n1",
        #"{"a":1,"a":2}"#,
        "{\"\u{E9}\":1,\"e\u{301}\":2}",
    ])
    func refuses(_ text: String) {
        #expect(throws: JSONTree.Fault.self) { try parse(text) }
    }

    @Test func refusesWhatIsNoUTF8() {
        #expect(throws: JSONTree.Fault.self) { try JSONTree(parsing: [0x22, 0xFF, 0x22]) }
        #expect(throws: JSONTree.Fault.self) { try JSONTree(parsing: [0x22, 0xC0, 0x80, 0x22]) }
    }

    @Test func namesTheLine() {
        #expect(throws: JSONTree.Fault(line: 3, why: "this is not JSON")) {
            try parse("{\n\"a\": 1,\n b}")
        }
        #expect(throws: JSONTree.Fault(line: 2, why: "a field stands there twice")) {
            try parse("{\"a\": 1,\n\"a\": 1}")
        }
    }

    @Test func nestsToItsLimitAndNoDeeper() throws {
        let limit = JSONTree.depthLimit
        /// Lists in lists.
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try parse(nested(limit))
        #expect(throws: JSONTree.Fault.self) { try parse(nested(limit + 1)) }
        #expect(throws: JSONTree.Fault.self) { try parse(String(repeating: "[", count: 200_000)) }
        #expect(throws: JSONTree.Fault.self) {
            try parse(String(repeating: "{\"a\":", count: 200_000))
        }
    }

    /// Whatever this takes, another parser takes too, and the other way round but for what is
    /// stricter here on purpose.
    @Test func agreesWithFoundation() throws {
        var random = SeededRandom()
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "1", "-2", "0", "1.5", "null", "true",
            " ", "\\", "\"", "e",
        ]
        var taken = 0
        for _ in 0..<4000 {
            let count = Int.random(in: 1...7, using: &random)
            let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let theirs = try? JSONSerialization.jsonObject(
                with: Data(text.utf8), options: .fragmentsAllowed)
            do {
                _ = try parse(text)
                taken += 1
                #expect(theirs != nil, "\(text), \(random.hint)")
            } catch {
                // Foundation takes a comma behind the last element, which RFC 8259 does not.
                let hasLastComma = text.contains(/,\s*[\]}]/)
                let isOnPurpose = error.why == "a field stands there twice" || hasLastComma
                #expect(theirs == nil || isOnPurpose, "\(text), \(random.hint)")
            }
        }
        #expect(taken > 100)
    }
}
