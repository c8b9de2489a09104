// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@Suite struct PasswordHashTests {
    struct Case: Decodable {
        let iters: UInt64
        let mode: String
        let salt: String
        let dgstLen: Int
        let construct: String
        let passwd: String
        let pwhash: String
        let maxmem: Int

        enum CodingKeys: String, CodingKey {
            case iters, mode, salt, construct, passwd, pwhash, maxmem
            case dgstLen = "dgst_len"
        }
    }

    @Test(.withVectors) func pynacl() throws {
        let cases = try Vectors.decode([Case].self, "pynacl/raw_argon2id_hashes.json")
        #expect(cases.count == 10)
        for test in cases {
            #expect(test.mode == "raw")
            #expect(test.construct == "argon2id")
            // The memory is in kibibytes in the file.
            let key = try PasswordHash.argon2id(
                secret(Array(test.passwd.utf8)), salt: Array(test.salt.utf8),
                passes: test.iters, memoryBytes: test.maxmem * 1024, outputCount: test.dgstLen)
            #expect(hex(exposed(key)) == test.pwhash)
        }
    }

    @Test func everyInputCounts() throws {
        let salt = [UInt8](repeating: 1, count: 16)
        let other = [UInt8](repeating: 2, count: 16)
        func run(
            _ text: String, _ salt: [UInt8], _ passes: UInt64, _ memory: Int
        ) throws -> [UInt8] {
            exposed(
                try PasswordHash.argon2id(
                    secret(Array(text.utf8)), salt: salt, passes: passes, memoryBytes: memory))
        }
        let all = [
            try run("a", salt, 1, 8192), try run("", salt, 1, 8192), try run("a", other, 1, 8192),
            try run("a", salt, 2, 8192), try run("a", salt, 1, 16384),
        ]
        #expect(Set(all).count == 5)
        #expect(all.allSatisfy { $0.count == 32 })
        #expect(try run("a", salt, 1, 8192) == all[0])
    }

    @Test func refusesNumbersOutOfRange() throws {
        let text = try secret([1])
        let salt = [UInt8](repeating: 1, count: 16)
        #expect(throws: CryptoError.badLength(expected: 16, got: 15)) {
            _ = try PasswordHash.argon2id(
                text, salt: Array(salt.dropLast()), passes: 1, memoryBytes: 8192)
        }
        #expect(throws: CryptoError.badLength(expected: 32, got: 15)) {
            _ = try PasswordHash.argon2id(
                text, salt: salt, passes: 1, memoryBytes: 8192, outputCount: 15)
        }
        for passes in [0, UInt64(UInt32.max) + 1] {
            #expect(throws: CryptoError.badLength(expected: 1, got: Int(passes))) {
                _ = try PasswordHash.argon2id(
                    text, salt: salt, passes: passes, memoryBytes: 8192)
            }
        }
        for memory in [-1, 0, 8191, 1 << 42] {
            #expect(throws: CryptoError.badLength(expected: 8192, got: memory)) {
                _ = try PasswordHash.argon2id(
                    text, salt: salt, passes: 1, memoryBytes: memory)
            }
        }
    }
}
