// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What a test wants to go wrong with one system call.
package enum FaultAction: Sendable {
    /// The call is not made and is reported to have failed with this `errno`.
    case fail(Int32)
    /// The call is made, and then reported to have failed with this `errno`.
    case failAfter(Int32)
    /// A read or write moves at most this many bytes. Other calls take no notice.
    case short(Int)
}
