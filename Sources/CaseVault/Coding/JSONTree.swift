// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A JSON text as a value: strict, and bounded against hostile input.
///
/// A key that stands twice in one object is refused, so that no two readers can take one text
/// for two things.
package enum JSONTree: Sendable, Equatable {
    /// `null`.
    case null
    /// `true` or `false`.
    case flag(Bool)
    /// A number without fraction and exponent that 64 bits can hold.
    case integer(Int)
    /// Any other number.
    case number
    /// A string.
    case text(String)
    /// An array.
    case list([JSONTree])
    /// An object.
    case object([String: JSONTree])

    /// Why a text is no JSON, or not one that is taken.
    package struct Fault: Error, Equatable {
        /// The line, from 1.
        package let line: Int
        /// What is wrong there.
        package let why: String
    }

    /// How deep arrays and objects may stand in each other.
    static let depthLimit = 16

    /// Reads a whole text in UTF-8; a byte order mark in front is skipped.
    package init(parsing bytes: [UInt8]) throws(Fault) {
        var parser = JSONParser(bytes)
        self = try parser.document()
    }
}
