// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@Suite struct FileKeyTests {
    @Test func keepsWhatItIsGiven() throws {
        let bytes = (0..<32).map { UInt8($0) }
        #expect(exposed(try fileKey(bytes)) == bytes)
    }

    @Test(arguments: [0, 16, 31, 33]) func refusesOtherLengths(count: Int) {
        let bytes = [UInt8](repeating: 1, count: count)
        let key = FileKey(copying: bytes.span)
        #expect(key == nil)
    }

    @Test func randomOnesDiffer() {
        #expect(!FileKey.equal(.random(), .random()))
    }

    @Test func comparesEveryByte() throws {
        let bytes = [UInt8](repeating: 0, count: 32)
        let key = try fileKey(bytes)
        #expect(FileKey.equal(key, try fileKey(bytes)))
        for index in 0..<32 {
            var other = bytes
            other[index] = 1
            #expect(!FileKey.equal(key, try fileKey(other)))
        }
    }
}
