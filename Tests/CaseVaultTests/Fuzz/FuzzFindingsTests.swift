// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@testable import CaseVault

/// What fuzzing found, each as the smallest input that shows it.
struct FuzzFindingsTests {
    /// A seen state that names one file twice was accepted and written back shorter.
    @Test func seenStateRefusesRepeatedAndUnorderedNames() throws {
        let low = try #require(Bytes32([UInt8](repeating: 1, count: 32)))
        let high = try #require(Bytes32([UInt8](repeating: 2, count: 32)))
        /// A seen state that noted these files and nothing else.
        func noted(_ names: [Bytes32]) -> [UInt8] {
            var writer = ByteWriter()
            writer.raw([UInt8](repeating: 7, count: 8))
            writer.list(names) {
                $0.raw($1)
                $0.u64(1)
            }
            for _ in 0..<5 { writer.count(0) }
            return writer.bytes
        }
        #expect(try SeenState(wholly: noted([low, high])).encoded == noted([low, high]))
        for names in [[low, low], [high, low]] {
            #expect(throws: FormatError(reason: .notCanonical, offset: 8)) {
                try SeenState(wholly: noted(names))
            }
        }
        /// A seen state in which these files have no slot for me.
        func notMine(_ names: [Bytes32]) -> [UInt8] {
            var writer = ByteWriter()
            writer.raw([UInt8](repeating: 7, count: 8))
            for _ in 0..<2 { writer.count(0) }
            writer.list(names) { $0.raw($1) }
            for _ in 0..<3 { writer.count(0) }
            return writer.bytes
        }
        #expect(try SeenState(wholly: notMine([low, high])).encoded == notMine([low, high]))
        for names in [[low, low], [high, low]] {
            #expect(throws: FormatError(reason: .notCanonical, offset: 16)) {
                try SeenState(wholly: notMine(names))
            }
        }
    }
}
