// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

/// The kernel's key store, with names that nobody else uses. Each test takes its own away again.
@Suite(.enabled(if: KeyStore.works, "the kernel's key store cannot be used here"))
struct SessionKeyringTests {
    /// A name for one test.
    private let name = "casevault-test:\(UUID().uuidString)"

    /// What is kept under a name.
    private func kept(_ name: String, count: Int = 32) throws -> [UInt8]? {
        try SessionKeyring.read(name, count: count).map { exposed($0) }
    }

    @Test func keepsUntilItIsRemoved() throws {
        let one = try SecretBytes(random: 32)
        #expect(try kept(name) == nil)
        try SessionKeyring.keep(one, as: name, seconds: 60)
        #expect(try kept(name) == exposed(one))
        #expect(try kept(name + "x") == nil)
        let other = try SecretBytes(random: 32)
        try SessionKeyring.keep(other, as: name, seconds: 60)
        #expect(try kept(name) == exposed(other), "the newer one is in its place")
        #expect(SessionKeyring.remove(name))
        #expect(try kept(name) == nil)
        #expect(!SessionKeyring.remove(name))
    }

    @Test func endsByItself() async throws {
        try SessionKeyring.keep(try SecretBytes(random: 32), as: name, seconds: 1)
        // The kernel counts whole seconds.
        try await Task.sleep(for: .seconds(2.5))
        #expect(try kept(name) == nil)
    }

    @Test(arguments: [0, 31, 33]) func anotherLengthIsNotOurs(count: Int) throws {
        try SessionKeyring.keep(try SecretBytes(random: 32), as: name, seconds: 60)
        defer { SessionKeyring.remove(name) }
        #expect(try kept(name, count: count) == nil)
    }

    /// What another process of the session gets, without asking for possession of it.
    @Test func onlyPossessorsSeeIt() throws {
        try SessionKeyring.keep(try SecretBytes(random: 32), as: name, seconds: 60)
        defer { SessionKeyring.remove(name) }
        let lines = try String(contentsOfFile: "/proc/keys", encoding: .utf8).split(separator: "\n")
        let line = try #require(lines.first { $0.contains(name.prefix(30)) })
        #expect(line.contains(" 3b000000 "), "nobody but who possesses it has any right")
        #expect(!line.contains(" perm "), "it has a time limit")
    }

    @Test func aLimitOfNothingTraps() async {
        await #expect(processExitsWith: .failure) {
            try SessionKeyring.keep(try SecretBytes(random: 1), as: "x", seconds: 0)
        }
    }
}
