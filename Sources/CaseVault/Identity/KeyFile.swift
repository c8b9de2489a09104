// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The form in which a member key is kept on disk.
///
/// `"CVKY" | version 1 | protection | [passes u32 | memory KiB u32 | salt 16] | nonce 24 |
/// ciphertext`. Protection 1 encrypts name and seed with XChaCha20-Poly1305 under an Argon2id
/// key; everything in front is associated data. Protection 0 has neither nonce nor cipher.
struct KeyFile {
    /// How the seed is protected.
    enum Protection: UInt8 {
        /// Not at all: for tests and machines.
        case none = 0
        /// By Argon2id and XChaCha20-Poly1305.
        case argon2id = 1
    }

    /// What every key file starts with.
    private static let magic = Array("CVKY".utf8)
    /// The largest key file that is read.
    static let sizeLimit = 4096
    /// Bounds on what a key file may ask for: enough to be slow, never more than 1 GiB.
    private static let passesRange: ClosedRange<UInt32> = 1...16
    /// Memory in KiB: from libsodium's least to 1 GiB.
    private static let memoryRange: ClosedRange<UInt32> = 8...1_048_576

    /// What the key derivation costs.
    let cost: KeyFileCost

    /// The bytes of a key file.
    func encode(_ key: MemberKey, passphrase: Passphrase?) throws(VaultError) -> [UInt8] {
        var inner = ByteWriter()
        inner.text(key.card.name)
        var plain = inner.bytes
        plain.reserveCapacity(plain.count + MemberKey.seedSize)
        key.seed.withBytes { for i in $0.indices { plain.append($0[i]) } }
        defer { Wipe.zero(&plain) }
        var header = ByteWriter()
        header.raw(Self.magic)
        header.u8(1)
        guard let passphrase else {
            header.u8(Protection.none.rawValue)
            return header.bytes + plain
        }
        header.u8(Protection.argon2id.rawValue)
        header.u32(cost.passes)
        header.u32(cost.memoryKiB)
        let salt = Random.bytes(16)
        header.raw(salt)
        let nonce = Random.bytes(XChaCha20Poly1305.nonceBytes)
        header.raw(nonce)
        do {
            let wrap = try PasswordHash.argon2id(
                passphrase.secret, salt: salt, passes: UInt64(cost.passes),
                memoryBytes: Int(cost.memoryKiB) * 1024)
            let data = Self.associatedData(header.bytes)
            return header.bytes
                + (try XChaCha20Poly1305.seal(
                    plain.span, associatedData: data.span, nonce: nonce.span, key: wrap))
        } catch { throw .outOfMemory }
    }

    /// Name and seed, encrypted under a key that a passphrase leads to.
    struct Wrapping {
        /// Argon2id passes over memory.
        let passes: UInt32
        /// Memory in KiB.
        let memoryKiB: UInt32
        /// What the derivation is salted with.
        let salt: [UInt8]
        /// Everything in front of the cipher.
        let associatedData: [UInt8]
        /// The cipher's nonce.
        let nonce: [UInt8]
        /// Name and seed.
        let cipher: [UInt8]

        /// The length of the key that opens it.
        static let keyBytes = 32

        /// The key that opens it, if the passphrase is right. This is what takes time.
        func key(from passphrase: Passphrase) throws(CryptoError) -> SecretBytes {
            try PasswordHash.argon2id(
                passphrase.secret, salt: salt, passes: UInt64(passes),
                memoryBytes: Int(memoryKiB) * 1024, outputCount: Self.keyBytes)
        }
    }

    /// Reads a key file.
    static func decode(
        _ bytes: [UInt8], passphrase: Passphrase?, path: String
    ) throws(VaultError) -> MemberKey {
        try decode(bytes, path: path) { (wrapping) throws(VaultError) in
            guard let passphrase else { throw .passphraseNeeded(path) }
            do { return try wrapping.key(from: passphrase) } catch { throw .outOfMemory }
        }
    }

    /// Reads a key file; `unwrap` gives the key that opens it, if it has a passphrase.
    static func decode(
        _ bytes: [UInt8], path: String,
        unwrap: (Wrapping) throws(VaultError) -> SecretBytes
    ) throws(VaultError) -> MemberKey {
        var reader = ByteReader(bytes)
        do {
            guard try reader.raw(4) == magic else { throw reader.failure(.malformed) }
        } catch { throw .notAKey(path) }
        do {
            guard try reader.u8() == 1 else { throw reader.failure(.unsupportedVersion) }
            guard let protection = Protection(rawValue: try reader.u8()) else {
                throw reader.failure(.unsupportedVersion)
            }
            switch protection {
            case .none:
                var plain = try reader.raw(reader.remaining)
                defer { Wipe.zero(&plain) }
                return try key(fromPlain: plain, path: path)
            case .argon2id:
                let passes = try reader.u32()
                let memory = try reader.u32()
                guard passesRange.contains(passes), memoryRange.contains(memory) else {
                    throw reader.failure(.tooLarge)
                }
                let salt = try reader.raw(16)
                let nonce = try reader.raw(XChaCha20Poly1305.nonceBytes)
                let data = associatedData(Array(bytes[..<reader.offset]))
                let wrapping = Wrapping(
                    passes: passes, memoryKiB: memory, salt: salt, associatedData: data,
                    nonce: nonce, cipher: try reader.raw(reader.remaining))
                var plain = try open(wrapping, try unwrap(wrapping), path)
                defer { Wipe.zero(&plain) }
                return try key(fromPlain: plain, path: path)
            }
        } catch let error as VaultError {
            throw error
        } catch let error as FormatError where error.reason == .unsupportedVersion {
            throw .newerVersion(path)
        } catch {
            throw .notAKey(path)
        }
    }

    /// Decrypts; a wrong passphrase and a changed file look the same.
    private static func open(
        _ wrapping: Wrapping, _ key: SecretBytes, _ path: String
    ) throws(VaultError) -> [UInt8] {
        do {
            return try XChaCha20Poly1305.open(
                wrapping.cipher.span, associatedData: wrapping.associatedData.span,
                nonce: wrapping.nonce.span, key: key)
        } catch { throw .wrongPassphrase(path) }
    }

    /// Reads name and seed.
    private static func key(fromPlain plain: [UInt8], path: String) throws(VaultError) -> MemberKey
    {
        do {
            var reader = ByteReader(plain)
            let name = try reader.text(atMost: MemberCard.nameLimit)
            var bytes = try reader.raw(MemberKey.seedSize)
            defer { Wipe.zero(&bytes) }
            try reader.expectEnd()
            return try MemberKey(name: name, seed: try SecretBytes(copying: bytes.span))
        } catch is CryptoError {
            throw .outOfMemory
        } catch {
            throw .notAKey(path)
        }
    }

    /// The label and the header, so that no parameter can be changed.
    private static func associatedData(_ header: [UInt8]) -> [UInt8] {
        var writer = Label.keyFile.writer
        writer.raw(header)
        return writer.bytes
    }
}
