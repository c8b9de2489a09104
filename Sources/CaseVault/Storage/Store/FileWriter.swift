// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge
internal import Synchronization

/// Seals files, writes them, reads them back and verifies them.
///
/// In batches, which bound memory; each is durable before the next, and the caller may stop
/// between. While one is on its way to the disk, the next is sealed and the one before is read
/// back.
struct FileWriter {
    /// Where the files go.
    private let store: VaultStore
    /// Whether the files mean something only together.
    private let isTogether: Bool
    /// The names of all files that are there now or were about to be.
    private(set) var names: [FileName] = []

    /// A writer of the files of one transaction.
    init(store: VaultStore, isTogether: Bool) {
        self.store = store
        self.isTogether = isTogether
    }

    /// Writes files, in this order.
    ///
    /// - Returns: The files, as they were read back.
    /// - Throws: `fileSystem`, `diskFull`, `cancelled`.
    mutating func write(
        _ files: [Planner.File], progress: WorkProgress.Handler?
    ) throws(VaultError) -> [OpenedFile] {
        let batches = batches(of: files).map {
            SealedBatch($0, sealer: store.key, vault: store.vault)
        }
        let folder = store.folder
        var done: [OpenedFile] = []
        var sealed = try batches.first?.seal() ?? []
        var onDisk: [SealedFile.Sealed] = []
        for number in batches.indices {
            try progress.report(.writing, done.count + onDisk.count, of: files.count)
            // Known before they are written, so that a failure half-way leaves none of them.
            names += sealed.map(\.name)
            let (isFirst, isLast) = (number == 0, number + 1 == batches.count)
            let before = onDisk
            let beside = Mutex<Result<Beside, VaultError>>(.success(Beside()))
            try together {
                let result = Result { () throws(VaultError) in
                    Beside(
                        sealed: isLast ? [] : try batches[number + 1].seal(),
                        readBack: isFirst
                            ? [] : try batches[number - 1].readBack(before, folder: folder))
                }
                beside.withLock { $0 = result }
            } _: { () throws(VaultError) in
                try store.write(sealed, together: isTogether)
            }
            let ready = try beside.withLock { $0 }.get()
            done += ready.readBack
            (onDisk, sealed) = (sealed, ready.sealed)
        }
        return done + (try batches.last?.readBack(onDisk, folder: folder) ?? [])
    }

    /// What is done while a batch is on its way to the disk.
    private struct Beside: Sendable {
        /// The next batch.
        var sealed: [SealedFile.Sealed] = []
        /// The files of the batch before.
        var readBack: [OpenedFile] = []
    }

    /// Files that are written together: all that mean something only together, otherwise at most
    /// 128 and not much more than 16 MiB. The more there are, the fewer times a folder is synced;
    /// the first ones are few, since the disk waits for them.
    private func batches(of files: [Planner.File]) -> [[Planner.File]] {
        if isTogether { return files.isEmpty ? [] : [files] }
        var batches: [[Planner.File]] = []
        var bytes = Int.max
        for file in files {
            if bytes >= 16 << 20 || batches.last?.count == (batches.count == 1 ? 32 : 128) {
                batches.append([])
                bytes = 0
            }
            batches[batches.count - 1].append(file)
            bytes += file.contents.records.reduce(0) { $0 + $1.record.size }
        }
        return batches
    }
}
