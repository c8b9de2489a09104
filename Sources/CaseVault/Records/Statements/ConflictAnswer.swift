// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A member's answer to "do you have a conflict of interest with this person?".
///
/// There is no third case and no reason: a member says only that a conflict exists.
public enum ConflictAnswer: String, Sendable, CaseIterable {
    /// The member must not read the case.
    case conflict
    /// The member may be let in.
    case noConflict
}
