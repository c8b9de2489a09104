// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(FoundationEssentials)
    public import protocol FoundationEssentials.LocalizedError
#else
    public import protocol Foundation.LocalizedError
#endif

/// Why something could not be done, in words that can be shown to a user.
///
/// The texts never hold a key, a passphrase, a reported name or a text of a case. After an
/// error the vault is as it was before the call, unless the code is `partlyDone`.
///
/// A program that speaks another language says ``reason`` in its own words. Two errors are equal
/// when their reasons are, whatever they happened to.
public struct VaultError: Error, Sendable {
    /// What kind of thing went wrong, as a value to switch over and to compare. There will be more.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The fixed name, in lowerCamelCase; scripts may rely on it.
        public let description: String

        /// A code with a fixed name.
        init(_ name: String) { description = name }
    }

    /// What exactly went wrong: one name for each sentence, and what stands in it.
    public struct Reason: Hashable, Sendable, CustomStringConvertible {
        /// The fixed name, in lowerCamelCase. A code has several.
        public let name: String
        /// What the sentence says besides, each under a fixed name: a number, a field, the names of
        /// entries.
        public let arguments: [String: String]

        /// The name.
        public var description: String { name }
    }

    /// What kind of thing went wrong.
    public let code: Code
    /// What exactly went wrong.
    public let reason: Reason
    /// What happened, in one sentence.
    public let message: String
    /// What to do about it, in one sentence. It names no command of any program.
    public let hint: String
    /// The file or folder it happened to, where there is one.
    public let file: String?

    /// Makes an error; only the factories in this folder call it.
    init(
        _ code: Code, as reason: String, _ message: String, hint: String,
        with arguments: [String: String] = [:], file: String? = nil
    ) {
        self.code = code
        self.reason = Reason(name: reason, arguments: arguments)
        self.message = message
        self.hint = hint
        self.file = file
    }
}

// MARK: - Equatable

extension VaultError: Equatable {
    /// Compares codes and reasons, because texts may change between versions.
    public static func == (a: VaultError, b: VaultError) -> Bool {
        a.code == b.code && a.reason == b.reason
    }
}

// MARK: - CustomStringConvertible

extension VaultError: CustomStringConvertible {
    /// Message, file and hint in one line.
    public var description: String {
        let place = file.map { " (\($0))" } ?? ""
        return "\(message)\(place) \(hint)"
    }
}

// MARK: - LocalizedError

extension VaultError: LocalizedError {
    /// What happened, and to which file.
    public var errorDescription: String? { message + (file.map { " (\($0))" } ?? "") }
    /// What to do about it.
    public var recoverySuggestion: String? { hint }
}
