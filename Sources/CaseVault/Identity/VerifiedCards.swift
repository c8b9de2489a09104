// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge
private import Synchronization

/// Cards that this process has checked already, so that each is checked once.
///
/// Every file carries the cards of its readers, and checking one costs four multiplications on
/// the curve. Two cards are the same here only if all of their bytes are.
enum VerifiedCards {
    /// The cards, by the hash of their bytes.
    private static let known = Mutex<[Bytes32: MemberCard]>([:])
    /// More than this many are forgotten, so that a hostile folder cannot fill the memory.
    private static let limit = 4096

    /// The card with these bytes, if it was checked before.
    static func find(_ hash: Bytes32) -> MemberCard? { known.withLock { $0[hash] } }

    /// Remembers a checked card.
    static func remember(_ card: MemberCard, _ hash: Bytes32) {
        known.withLock {
            if $0.count >= limit { $0.removeAll() }
            $0[hash] = card
        }
    }
}
