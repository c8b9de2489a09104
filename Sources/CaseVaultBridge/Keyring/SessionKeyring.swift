// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The kernel's store of secrets for this login session, each with a time limit.
///
/// Linux only; elsewhere everything fails with `unavailable`. What is in it is in memory that is
/// never written to a disk, and goes at its time, at ``remove(_:)``, and when the computer is
/// switched off. Programs that the same user runs in the same session can read it.
package enum SessionKeyring {
    /// Why a secret could not be kept.
    package enum Failure: Error, Equatable, Sendable {
        /// There is no such store here, or the system does not let us use it.
        case unavailable(errno: Int32)
        /// No locked memory was left for what was read.
        case outOfSecureMemory
    }

    /// Keeps a secret under a name, in the place of what was there, for some time.
    ///
    /// - Parameters:
    ///   - secret: the bytes, at most 32,767.
    ///   - name: says whose it is. It is not secret.
    ///   - seconds: how long, at least one.
    /// - Throws: `unavailable`; nothing is then kept.
    package static func keep(
        _ secret: SecretBytes, as name: String, seconds: UInt32
    ) throws(Failure) {
        precondition(seconds > 0, "a limit of zero would be none")
        let ring = try call { csodium_key_session() }
        // Before it has its limit it is this process's alone: if that dies, the key goes with it.
        let key = try call {
            secret.withPointer { (bytes) in unsafe csodium_key_add(name, bytes, secret.count) }
        }
        do {
            _ = try call { csodium_key_limit(key, seconds) }
            _ = try call { csodium_key_restrict(key) }
            _ = try call { csodium_key_link(key, ring) }
        } catch {
            _ = csodium_key_revoke(key)
            _ = csodium_key_leave(key)
            throw error
        }
        // A second one of this name would else be taken for a change of this one, which nobody may.
        _ = csodium_key_leave(key)
    }

    /// Reads what is kept under a name, straight into locked memory.
    ///
    /// - Parameters:
    ///   - name: as given to ``keep(_:as:seconds:)``.
    ///   - count: how many bytes it has; anything else under that name is not ours.
    /// - Returns: the bytes; `nil` when there are none.
    /// - Throws: `outOfSecureMemory`.
    package static func read(_ name: String, count: Int) throws(Failure) -> SecretBytes? {
        guard let (key, _) = find(name) else { return nil }
        var moved = 0
        let secret: SecretBytes
        do {
            secret = try SecretBytes(count: count) { (output) throws(CryptoError) in
                output.withPointer { (target, _) in
                    moved = unsafe csodium_key_read(key, target, count)
                }
            }
        } catch { throw .outOfSecureMemory }
        return moved == count ? secret : nil
    }

    /// Ends what is kept under a name; whether there was something.
    @discardableResult
    package static func remove(_ name: String) -> Bool {
        guard let (key, ring) = find(name) else { return false }
        let wasEnded = csodium_key_revoke(key) == 0
        return csodium_key_unlink(key, ring) == 0 || wasEnded
    }

    /// A key and the keyring it is in.
    private static func find(_ name: String) -> (key: Int, ring: Int)? {
        let ring = csodium_key_session()
        guard ring != -1 else { return nil }
        let key = unsafe csodium_key_find(ring, name)
        return key == -1 ? nil : (key, ring)
    }

    /// Calls, and turns -1 into a failure.
    private static func call(_ body: () -> Int) throws(Failure) -> Int {
        let result = body()
        if result == -1 { throw .unavailable(errno: errno) }
        return result
    }
}
