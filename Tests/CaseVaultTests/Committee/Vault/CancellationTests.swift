// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// A task that was cancelled stops what it does in a vault, without a handler that asks.
@Suite struct CancellationTests {
    private let committee: TestCommittee
    private let shelf: Case

    init() throws {
        committee = try TestCommittee("Robin", "Sam")
        shelf = try committee.sharedCase(of: "Robin", with: ["Sam"])
    }

    /// Runs an act in a task, cancels the task after a while, and gives how it ended. Each act here
    /// would last for minutes, or for good.
    private func cancelling(
        after wait: TimeInterval, _ act: @escaping @Sendable () throws -> Void
    ) async throws -> VaultError? {
        let task = Task.detached { () -> VaultError? in
            do { try act() } catch { return error as? VaultError }
            return nil
        }
        // From a thread of its own: the act may block every thread that tasks share.
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: wait)
            task.cancel()
        }
        return await task.value
    }

    /// Opens the case on Robin's computer, in whatever task asks.
    private func opener() throws -> @Sendable () throws -> Case {
        let key = try committee.key("Robin")
        let environment = committee.environment("Robin")
        let (folder, id) = (committee.folder, shelf.id)
        return { try Vault(at: folder, key: key, in: environment).case(id: id) }
    }

    @Test func waitingForAnotherWriterEnds() async throws {
        let open = try opener()
        let directory = try open().vault.store.seenFile.lockPath
        let held = try FileLock.exclusive(path: directory)
        defer { held.unlock() }
        let before = try committee.snapshot().keys.sorted()
        let error = try await cancelling(after: 0.3) {
            _ = try open().add(.discussion, "Never.")
        }
        #expect(error?.code == .cancelled, "\(String(describing: error))")
        #expect(try committee.snapshot().keys.sorted() == before)
    }

    @Test func attachingEndsAndLeavesNothing() async throws {
        let open = try opener()
        let file = committee.root.appendingPathComponent("large")
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        try handle.truncate(atOffset: 4 << 30)
        try handle.close()
        let before = try committee.snapshot().keys.sorted()
        let error = try await cancelling(after: 0.5) {
            _ = try open().add(.plan, "Never.", attaching: [AttachmentSource(file: file)])
        }
        #expect(error?.code == .cancelled, "\(String(describing: error))")
        #expect(try committee.snapshot().keys.sorted() == before)
        #expect(try open().vault.verify().isWhole)
    }

    @Test func aCancelledTaskDoesNothing() async throws {
        let open = try opener()
        let before = try committee.snapshot().keys.sorted()
        for act in [
            { @Sendable (item: Case) throws in _ = try item.add(.discussion, "Never.") },
            { @Sendable (item: Case) throws in _ = try item.vault.catchUp() },
            { @Sendable (item: Case) throws in
                _ = try item.vault.startCase(
                    about: [ReportedPerson(name: "Lee Example")], report: Report(text: "x"),
                    deciding: [:])
            },
        ] {
            let item = HandedOn(try open())
            let error = try await cancelling(after: 0) {
                while !Task.isCancelled {}
                try act(item.value)
            }
            #expect(error?.code == .cancelled)
        }
        #expect(try committee.snapshot().keys.sorted() == before)
    }

    /// A handle that one task after another uses.
    private struct HandedOn: @unchecked Sendable {
        let value: Case
        init(_ value: Case) { self.value = value }
    }
}
