// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Why a mail could not be read. The text never contains anything from the message.
package struct MailError: Error, Hashable, Sendable {
    /// The kinds of failure.
    package enum Code: Hashable, Sendable {
        /// The message has more bytes than allowed.
        case messageTooLarge
        /// A header block has more bytes than allowed.
        case headerTooLarge
        /// Multiparts stand in each other too deeply.
        case tooDeep
        /// There are more parts than allowed.
        case tooManyParts
        /// The bytes do not begin with a mail header.
        case notAMessage
    }

    /// What kind of failure it is.
    package let code: Code
    /// What happened and what to do, for a person.
    package let message: String

    /// The message is over the size limit.
    ///
    /// - Parameter limit: the limit in bytes.
    /// - Returns: the error.
    static func messageTooLarge(_ limit: Int) -> MailError {
        MailError(
            code: .messageTooLarge,
            message: "the mail is larger than \(limit) bytes; add its attachments one by one")
    }

    /// A header block is over the size limit.
    ///
    /// - Parameter limit: the limit in bytes.
    /// - Returns: the error.
    static func headerTooLarge(_ limit: Int) -> MailError {
        MailError(
            code: .headerTooLarge, message: "a header of the mail is larger than \(limit) bytes")
    }

    /// Multiparts are nested too deeply.
    ///
    /// - Parameter limit: the deepest nesting allowed.
    /// - Returns: the error.
    static func tooDeep(_ limit: Int) -> MailError {
        MailError(
            code: .tooDeep, message: "the parts of the mail are nested deeper than \(limit) levels")
    }

    /// There are too many parts.
    ///
    /// - Parameter limit: the most parts allowed.
    /// - Returns: the error.
    static func tooManyParts(_ limit: Int) -> MailError {
        MailError(code: .tooManyParts, message: "the mail has more than \(limit) parts")
    }

    /// The bytes are no mail.
    static let notAMessage = MailError(
        code: .notAMessage, message: "this is not a mail message: it does not begin with a header")
}
