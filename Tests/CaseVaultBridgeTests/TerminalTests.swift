// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@Suite struct TerminalTests {
    @Test func readsToTheEndWithinTheLimit() throws {
        for (count, limit) in [(0, 0), (1, 1), (4096, 4096), (50_000, 50_000), (50_000, 60_000)] {
            let ends = try #require(Probe.pipe())
            let bytes = Random.bytes(count)
            let writer = Thread {
                try? Terminal.write(bytes, to: ends.write)
                close(ends.write)
            }
            writer.start()
            #expect(try Terminal.readAll(fileDescriptor: ends.read, limit: limit) == bytes)
            close(ends.read)
        }
    }

    @Test(arguments: [0, 1, 4095, 9_999]) func refusesMoreThanTheLimit(limit: Int) throws {
        let ends = try #require(Probe.pipe())
        try Terminal.write([UInt8](repeating: 1, count: 10_000), to: ends.write)
        close(ends.write)
        #expect(throws: TerminalError.tooLong) {
            _ = try Terminal.readAll(fileDescriptor: ends.read, limit: limit)
        }
        close(ends.read)
    }

    @Test func reportsABadDescriptor() {
        #expect(throws: TerminalError.failed(errno: EBADF)) {
            _ = try Terminal.readAll(fileDescriptor: -1, limit: 1)
        }
        #expect(!Terminal.isTerminal(-1))
        #expect(Terminal.columns(-1) == nil)
    }

    @Test func aClosedPipeEndsWritingQuietly() async {
        await #expect(processExitsWith: .exitCode(5)) {
            Terminal.ignoreBrokenPipes()
            let ends = try #require(Probe.pipe())
            close(ends.read)
            try Terminal.write([1, 2, 3], to: ends.write)
            Terminal.exit(5)
        }
    }

    @Test func readsTheEnvironment() async {
        #expect(Terminal.environment("CASEVAULT_TEST_UNSET_VARIABLE") == nil)
        await #expect(processExitsWith: .exitCode(0)) {
            Probe.setEnvironment("CASEVAULT_TEST", "value")
            exit(Terminal.environment("CASEVAULT_TEST") == "value" ? 0 : 1)
        }
    }

    @Test func turnsCoreDumpsOff() async {
        await #expect(processExitsWith: .exitCode(0)) {
            Terminal.disableCoreDumps()
            exit(Probe.coreLimit() == 0 ? 0 : 1)
        }
    }
}
