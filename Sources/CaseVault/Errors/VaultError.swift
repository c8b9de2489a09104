// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Why something could not be done, in words that can be shown to a user.
///
/// The texts never hold a key, a passphrase, a reported name or a text of a case. After an
/// error the vault is as it was before the call.
///
/// Two errors are equal when their codes are.
public struct VaultError: Error, Sendable {
    /// What went wrong, as a value to switch over and to compare.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The fixed name, in lowerCamelCase; scripts may rely on it.
        public let description: String

        /// A code with a fixed name.
        init(_ name: String) { description = name }
    }

    /// What went wrong.
    public let code: Code
    /// What happened, in one sentence.
    public let message: String
    /// What to do about it, in one sentence.
    public let hint: String
    /// The file or folder it happened to, where there is one.
    public let file: String?

    /// Makes an error; only the factories in this folder call it.
    init(_ code: Code, _ message: String, hint: String, file: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.file = file
    }
}

// MARK: - Equatable

extension VaultError: Equatable {
    /// Compares the codes only, because texts may change between versions.
    public static func == (a: VaultError, b: VaultError) -> Bool { a.code == b.code }
}

// MARK: - CustomStringConvertible

extension VaultError: CustomStringConvertible {
    /// Message, file and hint in one line.
    public var description: String {
        let place = file.map { " (\($0))" } ?? ""
        return "\(message)\(place) \(hint)"
    }
}
