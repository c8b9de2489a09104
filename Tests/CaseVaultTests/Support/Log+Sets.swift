// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

@testable import CaseVault

/// What tests compare of a log.
extension Log {
    /// The names of the files that hold records of it.
    var fileNames: Set<FileName> { Set(files.map(\.name)) }

    /// The identifiers of all records that are held.
    var recordIDs: Set<RecordID> { Set(history.order.map(\.id)) }
}
