// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension ReaderList {
    /// Whether these are exactly the readers of a log.
    func isExactly(_ readers: [CardID: AccessHistory.Reader]) -> Bool {
        cards.count == readers.count && cards.allSatisfy { readers[$0.id] != nil }
    }
}
