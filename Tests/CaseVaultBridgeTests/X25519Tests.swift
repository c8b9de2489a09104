// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Testing

@Suite struct X25519Tests {
    struct File: Decodable {
        struct Group: Decodable {
            struct Case: Decodable {
                let tcId: Int
                let `public`: String
                let `private`: String
                let shared: String
                let result: String
            }
            let tests: [Case]
        }
        let testGroups: [Group]
    }

    @Test(.withVectors) func wycheproof() throws {
        let file = try Vectors.decode(File.self, "wycheproof/x25519_test.json")
        var valid = 0
        var acceptable = 0
        var refused = 0
        for test in file.testGroups.flatMap(\.tests) {
            let scalar = try #require(Bytes32(hex: test.private))
            let point = try #require(Bytes32(hex: test.public))
            if let shared = X25519.scalarMultiply(scalar: scalar, point: point) {
                #expect(shared.hex == test.shared, "case \(test.tcId)")
                if test.result == "valid" { valid += 1 } else { acceptable += 1 }
            } else {
                #expect(test.result == "acceptable", "case \(test.tcId)")
                refused += 1
            }
        }
        #expect(valid == 264)
        #expect(acceptable == 223)
        #expect(refused == 31)
    }
}
