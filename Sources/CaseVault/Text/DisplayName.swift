// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The rules for the name under which a member appears to the others.
package enum DisplayName {
    /// The most bytes a name may have in UTF-8.
    package static let maximumBytes = 200
    /// The most scalars a name may have.
    package static let maximumScalars = 100

    /// Whether a text may be a member's display name.
    ///
    /// A name is 1 to 100 scalars and at most 200 bytes, in normalization form C, on one line,
    /// of visible characters, without space at either end.
    ///
    /// - Parameter name: the text to check.
    /// - Returns: whether every rule is met.
    package static func isValid(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.count <= maximumBytes else { return false }
        let scalars = name.unicodeScalars
        guard scalars.count <= maximumScalars, scalars.allSatisfy(CharacterClass.isShowable),
            let first = scalars.first, !first.properties.isWhitespace,
            let last = scalars.last, !last.properties.isWhitespace
        else { return false }
        // Compared as bytes: String equality would call every canonical form equal.
        return TextFolding.nfc(name).utf8.elementsEqual(name.utf8)
    }
}
