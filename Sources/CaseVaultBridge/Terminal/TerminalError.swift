// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Why a question on the terminal got no answer.
package enum TerminalError: Error, Equatable, Sendable {
    /// The process has no terminal to ask on.
    case noTerminal
    /// A signal arrived, such as the one of Control-C.
    case interrupted(signal: Int32)
    /// The input ended before an answer.
    case endOfInput
    /// The input is longer than allowed.
    case tooLong
    /// The system's error number.
    case failed(errno: Int32)
}
