// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@Suite struct SecretBytesTests {
    @Test func keepsWhatItIsGiven() throws {
        let bytes = Array("not a real passphrase".utf8)
        let value = try secret(bytes)
        #expect(exposed(value) == bytes)
        #expect(value.count == bytes.count)
    }

    @Test func canBeEmpty() throws {
        let value = try secret([])
        #expect(value.count == 0)
        #expect(exposed(value).isEmpty)
        #expect(SecretBytes.equal(value, try secret([])))
    }

    @Test func comparesLengthAndEveryByte() throws {
        let value = try secret([1, 2, 3])
        #expect(SecretBytes.equal(value, try secret([1, 2, 3])))
        #expect(!SecretBytes.equal(value, try secret([1, 2, 3, 0])))
        #expect(!SecretBytes.equal(value, try secret([1, 2])))
        for index in 0..<3 {
            var other: [UInt8] = [1, 2, 3]
            other[index] ^= 0x80
            #expect(!SecretBytes.equal(value, try secret(other)))
        }
    }

    @Test func randomOnesDiffer() throws {
        #expect(!SecretBytes.equal(try SecretBytes(random: 32), try SecretBytes(random: 32)))
    }

    @Test func startsZeroed() throws {
        var before: [UInt8] = [1]
        _ = try SecretBytes(count: 40) { (span) throws(CryptoError) in
            before = span.indices.map { span[$0] }
        }
        #expect(before == [UInt8](repeating: 0, count: 40))
    }

    @Test func passesOnTheErrorOfFill() {
        #expect(throws: CryptoError.invalidKey) {
            _ = try SecretBytes(count: 8) { (_) throws(CryptoError) in throw .invalidKey }
        }
    }

    @Test func throwsWhenThereIsNoMemory() {
        #expect(throws: CryptoError.outOfSecureMemory) {
            _ = try SecretBytes(count: Int.max / 2) { (_) throws(CryptoError) in }
        }
    }

    @Test func showsNothing() throws {
        let bytes = Array("CANARY-CANARY".utf8)
        for value in [try secret(bytes)] as [Any] + [
            try fileKey(bytes + bytes + [1, 2, 3, 4, 5, 6])
        ] {
            var dumped = ""
            dump(value, to: &dumped)
            for text in [String(describing: value), String(reflecting: value), "\(value)", dumped] {
                #expect(!text.contains("CANARY"))
                #expect(!text.contains(hex(Array(bytes.prefix(4)))))
                #expect(!text.contains("67, 65"))
                #expect(text.contains("redacted"))
            }
            #expect(Mirror(reflecting: value).children.isEmpty)
        }
    }

    @Test func cannotBeWrittenAfterwards() async {
        await #expect(processExitsWith: .signal(SIGSEGV)) {
            let value = try SecretBytes(random: 32)
            value.withBytes { (span) in Probe.overwriteFirstByte(span) }
        }
    }

    @Test func hasAGuardPageBehind() async {
        await #expect(processExitsWith: .signal(SIGSEGV)) {
            let value = try SecretBytes(random: 32)
            let byte = value.withBytes { (span) in Probe.byteBehind(span) }
            exit(Int32(byte))
        }
    }

    @Test func refusesANegativeLength() async {
        await #expect(processExitsWith: .failure) {
            _ = try SecretBytes(random: -1)
        }
    }
}
