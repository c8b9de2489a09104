// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The records of one log, and the files that they came from.
struct LogBook: Sendable {
    /// The records.
    let records: LogRecords
    /// The files that hold them, in no order.
    let files: [OpenedFile]
}
