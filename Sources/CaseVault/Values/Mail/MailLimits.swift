// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// How much of a mail is read.
///
/// A message that is too large is refused. What is over another limit stays a file, or is in the
/// message itself alone, and a note says so: it is never a silent cut, which would make a wrong
/// record.
package struct MailLimits: Hashable, Sendable {
    /// The most bytes of the whole message.
    package var messageBytes = 64 << 20
    /// The most bytes of one header block.
    package var headerBytes = 256 << 10
    /// How deep multiparts may stand in each other.
    package var depth = 8
    /// The most parts in all, containers included.
    package var parts = 100
    /// The most bytes of all text.
    package var textBytes = 1 << 20
    /// The most bytes of one text in HTML, which is mostly no text.
    package var htmlBytes = 16 << 20

    /// The limits used for real messages.
    package static let standard = MailLimits()
}
