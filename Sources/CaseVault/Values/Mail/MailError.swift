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
        /// A mailbox holds several messages.
        case severalMessages
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
            message: "the mail is larger than \(limit) bytes; save its text and its attachments as "
                + "files, start the case with the text and attach the others")
    }

    /// A header block is over the size limit.
    ///
    /// - Parameter limit: the limit in bytes.
    /// - Returns: the error.
    static func headerTooLarge(_ limit: Int) -> MailError {
        MailError(
            code: .headerTooLarge,
            message: "a header of the mail is larger than \(limit) bytes; save its text as a file "
                + "and attach the mail")
    }

    /// A mailbox holds several messages.
    ///
    /// - Parameter count: how many.
    /// - Returns: the error.
    static func severalMessages(_ count: Int) -> MailError {
        MailError(
            code: .severalMessages,
            message: "this is a mailbox with \(count) mails; open it in a mail program, save each "
                + "mail as a file of its own, and take them in one by one")
    }

    /// The bytes are no mail.
    static let notAMessage = MailError(
        code: .notAMessage, message: "this is not a mail message: it does not begin with a header")
}
