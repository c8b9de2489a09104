// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

#if canImport(FoundationEssentials)
    public import struct FoundationEssentials.URL
#else
    public import struct Foundation.URL
#endif

extension MemberKey {
    /// The longest that a key file stays unlocked, in minutes: a day.
    public static let longestUnlocking = 24 * 60

    /// Opens a key file, and lets this login session open it without the passphrase for some time.
    ///
    /// What the passphrase leads to is kept in the kernel's key store, neither the passphrase nor
    /// the key itself. Until its time is over, every program that you run in this session could use
    /// it together with the key file. Linux only.
    ///
    /// - Parameters:
    ///   - file: The key file.
    ///   - passphrase: Its passphrase.
    ///   - minutes: How long, 1 to ``longestUnlocking``; doing it again sets a new time.
    /// - Returns: The key.
    /// - Throws: `cannotStayUnlocked` when the system has no such store or does not allow it, and for
    ///   a file without passphrase, which is never locked; `badInput` for other minutes;
    ///   `wrongPassphrase`, `notAKey`, `keyFileTooOpen`, `fileSystem`, `outOfMemory`.
    public static func unlock(
        _ file: URL, passphrase: Passphrase, minutes: Int
    ) throws(VaultError) -> MemberKey {
        guard (1...longestUnlocking).contains(minutes) else {
            throw .badInput(
                "unlockingTooLong", "A key stays unlocked for 1 to \(longestUnlocking) minutes.",
                hint: "Give another number of minutes.",
                with: ["minutes": "\(longestUnlocking)"])
        }
        var bytes = try read(file)
        defer { Wipe.zero(&bytes) }
        var opener: SecretBytes?
        let key = try KeyFile.decode(bytes, path: file.path) { (wrapping) throws(VaultError) in
            do {
                let found = try wrapping.key(from: passphrase)
                opener = found
                return found
            } catch { throw .outOfMemory }
        }
        guard let opener else { throw .isNeverLocked(file.path) }
        do {
            try SessionKeyring.keep(opener, as: keyringName(file), seconds: UInt32(minutes) * 60)
        } catch { throw .cannotStayUnlocked }
        return key
    }

    /// Opens a key file that ``unlock(_:passphrase:minutes:)`` left unlocked; `nil` when it is locked.
    ///
    /// - Throws: `notAKey`, `keyFileTooOpen`, `fileSystem`, `outOfMemory`.
    public init?(unlocked file: URL) throws(VaultError) {
        var bytes = try Self.read(file)
        defer { Wipe.zero(&bytes) }
        guard let key = try Self.unlocked(file, bytes) else { return nil }
        self = key
    }

    /// The key of a file that was read; `nil` when it is locked.
    static func unlocked(_ file: URL, _ bytes: [UInt8]) throws(VaultError) -> MemberKey? {
        let opener: SecretBytes?
        do {
            opener = try SessionKeyring.read(keyringName(file), count: KeyFile.Wrapping.keyBytes)
        } catch { throw .outOfMemory }
        guard let opener else { return nil }
        do {
            return try KeyFile.decode(bytes, path: file.path) { (_) throws(VaultError) in opener }
        } catch {
            // The passphrase was changed meanwhile.
            guard error.code == .wrongPassphrase else { throw error }
            return nil
        }
    }

    /// Locks a key file again, at once; whether it was unlocked.
    @discardableResult
    public static func lock(_ file: URL) -> Bool { SessionKeyring.remove(keyringName(file)) }

    /// Under which name it is kept: of the place of the key file, which the name does not tell.
    private static func keyringName(_ file: URL) -> String {
        "casevault:" + BLAKE2b.hash(Array("casevault/1 unlocked \(file.path)".utf8)).hex
    }
}
