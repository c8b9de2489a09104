// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// How much a mail may contain before it is refused.
///
/// Over a limit is an error, never a cut: a silently shortened report would be a wrong record.
package struct MailLimits: Hashable, Sendable {
    /// The most bytes of the whole message.
    package var messageBytes = 64 << 20
    /// The most bytes of one header block.
    package var headerBytes = 256 << 10
    /// How deep multiparts may stand in each other.
    package var depth = 8
    /// The most parts in all, containers included.
    package var parts = 100

    /// The limits used for real messages.
    package static let standard = MailLimits()
}
