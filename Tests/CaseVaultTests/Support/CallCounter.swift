// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Synchronization

/// Counts the calls of a file system that do more than read names.
final class CallCounter: Sendable {
    /// How many there were.
    private let calls = Mutex(0)

    /// A file system whose calls are counted.
    var files: FileSystem {
        FileSystem { operation, path in
            // Listing takes a look at each of up to 256 folders with names of two digits.
            let isFolder = path.split(separator: "/").last?.utf8.count == 2
            let isListing = isFolder && [.open, .close].contains(operation)
            if !isListing, operation != .list { self.calls.withLock { $0 += 1 } }
            return nil
        }
    }

    /// How many calls were made so far.
    var total: Int { calls.withLock { $0 } }
}
