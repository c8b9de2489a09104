// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Decides which logs share a file, so that a big vault has few files.
///
/// Checks with the same readers share files, and so do rows; case files and the roster stand
/// alone, so that an entry or a removal in one case rewrites nothing of another. Which logs share
/// follows from their identifiers and records only: machines that hold the same agree, and two
/// that do it at once write the same.
struct Bundles {
    /// The most logs of one file.
    static let mostLogs = 64
    /// The most bytes of records of one file that several logs share.
    ///
    /// One more record in one of its logs, or one reader less, rewrites as much as this.
    private static let mostBytes = 1 << 20

    /// The logs that may share, by kind and readers.
    private var groups: [Company: [Log]] = [:]
    /// The most logs of one file, here.
    private let mostLogs: Int

    /// What logs that share a file have in common.
    private struct Company: Hashable {
        /// A check and a row in one file would tell that they belong to one case.
        let kind: LogKind
        /// Who reads them.
        let readers: CardIDs
    }

    /// Sorts logs into those that may share.
    ///
    /// - Parameters:
    ///   - logs: Every log that I read as it will be. Those that may not share are passed over.
    ///   - mostLogs: The most logs of one file.
    init(_ logs: some Sequence<Log>, mostLogs: Int) {
        self.mostLogs = mostLogs
        for log in logs {
            guard let kind = log.kind, log.sharesFiles else {
                continue
            }
            groups[Company(kind: kind, readers: log.history.readerIDs), default: []].append(log)
        }
    }

    /// The logs of each file, ascending.
    var cells: [[Log]] {
        groups.values.flatMap { split($0.sorted { $0.id < $1.id }, bit: 0) }
    }

    /// Splits logs in two by one bit of their identifiers after the other, until they fit.
    ///
    /// A log that comes or grows splits one file at most; all others stay as they are.
    private func split(_ logs: [Log], bit: Int) -> [[Log]] {
        guard logs.count > 1, bit < 256, !fits(logs) else { return logs.isEmpty ? [] : [logs] }
        // Ascending, so those with the bit come last.
        let middle = logs.firstIndex { $0.id.raw.hasBit(bit) } ?? logs.count
        return split(Array(logs[..<middle]), bit: bit + 1)
            + split(Array(logs[middle...]), bit: bit + 1)
    }

    /// Whether logs fit into one file.
    private func fits(_ logs: [Log]) -> Bool {
        guard logs.count <= mostLogs else { return false }
        return logs.reduce(0) { $0 + $1.size } <= Self.mostBytes
    }
}

extension Bytes32 {
    /// Whether a bit is set, counted from the most significant one.
    fileprivate func hasBit(_ bit: Int) -> Bool {
        withSpan { $0[bit >> 3] & (0x80 >> UInt8(bit & 7)) != 0 }
    }
}
