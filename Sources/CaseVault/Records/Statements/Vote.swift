// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A reader's vote on an entry.
public enum Vote: String, Sendable, CaseIterable {
    /// For it.
    case yes
    /// Against it.
    case no
    /// Neither; counts among those who could vote.
    case abstain

    /// The number that the format has for it, never reused.
    var number: UInt8 {
        switch self {
        case .no: 0
        case .yes: 1
        case .abstain: 2
        }
    }
}
