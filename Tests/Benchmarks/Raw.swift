// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

/// What the format requires of libsodium and of the disk, called directly: no parsing, no logs,
/// no rules.
///
/// It uses the bridge, which costs 0 to 2 % over C; nothing else of the library.
struct Raw: Sendable {
    /// Somebody who reads and writes.
    struct Person: Sendable {
        /// Signs.
        let signing: SigningKey
        /// Opens slots.
        let box: BoxSecretKey

        /// A fresh person.
        init() throws {
            signing = try SigningKey(seed: SecretBytes(copying: Random.bytes(32).span))
            box = try BoxSecretKey(seed: SecretBytes(copying: Random.bytes(32).span))
        }
    }

    /// The readers; the first one is "me".
    let people: [Person]
    /// How many slots a file has.
    let slots: Int
    /// A signature to verify; a wrong one takes as long.
    private let someSignature: Signature64
    /// A label, a vault and some field: as long as those of the format.
    private static let message = [UInt8](repeating: 7, count: 80)

    /// So many readers, and the slots that a roster of them leads to.
    init(readers: Int) throws {
        people = try (0..<readers).map { _ in try Person() }
        someSignature = people[0].signing.sign(Self.message)
        var slots = 8
        while slots < readers + 2 { slots *= 2 }
        self.slots = slots
    }

    /// All slots of a key: sealed to readers, and decoys.
    private func table(_ key: FileKey) throws -> (ephemeral: Bytes32, slots: [[UInt8]]) {
        let sealed = try SealedBoxes(
            sealing: key, to: people.map(\.box.publicKey),
            ephemeralSeed: BLAKE2b.derive(from: key, Self.message))
        let decoys = (people.count..<slots).map { _ in
            BLAKE2b.keyed(key, Self.message, count: SealedBoxes.boxSize)
        }
        let all = (sealed.boxes + decoys).sorted { $0.lexicographicallyPrecedes($1) }
        return (sealed.ephemeral, all)
    }

    /// Signs and hashes a record of so many bytes.
    func sign(_ record: [UInt8]) {
        let signature = people[0].signing.sign(record)
        _ = BLAKE2b.hash(record + signature.bytes)
    }

    /// A sealed file.
    struct File: Sendable {
        /// The hash of the bytes.
        let name: Bytes32
        /// The file.
        let bytes: [UInt8]
    }

    /// Seals a body to everybody.
    func seal(_ body: [UInt8]) throws -> File {
        let key = FileKey.random()
        let commitment = BLAKE2b.keyed(key, Self.message)
        _ = BLAKE2b.hash(body)
        let signature = people[0].signing.sign(Self.message)
        let table = try table(key)
        var header = commitment.bytes + table.ephemeral.bytes
        for slot in table.slots { header += slot }
        let nonce = Random.bytes(XChaCha20Poly1305.nonceBytes)
        header += nonce
        let cipher = try XChaCha20Poly1305.seal(
            (body + signature.bytes).span, associatedData: header.span, nonce: nonce.span, key: key)
        let bytes = header + cipher
        return File(name: BLAKE2b.hash(bytes), bytes: bytes)
    }

    /// Opens a file as one of the readers would: name, slot, commitment, cipher, slot audit,
    /// sealer.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - isKnown: Whether this machine verified the file before; then slot, commitment and
    ///     cipher are all.
    /// - Returns: The body.
    /// - Throws: What the calls throw.
    @discardableResult
    func open(_ bytes: [UInt8], isKnown: Bool = false) throws -> [UInt8] {
        _ = BLAKE2b.hash(bytes)
        let (key, body) = try decrypt(bytes)
        if !isKnown {
            _ = try table(key)
            _ = BLAKE2b.hash(body)
            verify(1)
        }
        return body
    }

    /// Opens a file that was just sealed and read from the disk: the bytes are compared, then
    /// slot, commitment, cipher and sealer.
    func reopen(_ bytes: [UInt8], as sealed: File) throws {
        guard bytes == sealed.bytes else { throw RawError.notMine }
        let body = try decrypt(bytes).body
        _ = BLAKE2b.hash(body)
        verify(1)
    }

    /// Slot, commitment and cipher.
    private func decrypt(_ bytes: [UInt8]) throws -> (key: FileKey, body: [UInt8]) {
        let size = SealedBoxes.boxSize
        let ephemeral = bytes.span.extracting(32..<64)
        let opener = Bytes32(ephemeral).flatMap {
            SealedBoxOpener(ephemeral: $0, reader: people[0].box)
        }
        let boxes = (0..<slots).map { Array(bytes[64 + $0 * size..<64 + ($0 + 1) * size]) }
        guard let key = opener?.open(anyOf: boxes) else { throw RawError.notMine }
        _ = BLAKE2b.keyed(key, Self.message)
        let end = 64 + slots * size
        let nonceEnd = end + XChaCha20Poly1305.nonceBytes
        let body = try XChaCha20Poly1305.open(
            bytes.span.extracting(nonceEnd..<bytes.count),
            associatedData: bytes.span.extracting(0..<nonceEnd),
            nonce: bytes.span.extracting(end..<nonceEnd), key: key)
        return (key, body)
    }

    /// Hashes so many records of about 300 bytes, to know them again.
    func hash(_ count: Int) {
        let record = [UInt8](repeating: 1, count: 300)
        for _ in 0..<count { _ = BLAKE2b.hash(record) }
    }

    /// Verifies so many signatures of about 300 bytes, and hashes as much.
    func verify(_ count: Int) {
        let message = [UInt8](repeating: 1, count: 300)
        for _ in 0..<count { verify(message) }
    }

    /// Verifies and hashes one record.
    func verify(_ record: [UInt8]) {
        _ = people[0].signing.verifyKey.verify(someSignature, record)
        _ = BLAKE2b.hash(record)
    }

    /// Writes files durably into 256 folders: each synced, from 8 threads, then named, then the
    /// folders synced.
    static func write(_ files: [File], to folder: String) throws {
        let system = FileSystem()
        func directory(_ file: File) -> String { folder + "/" + file.name.hex.prefix(2) }
        let directories = Set(files.map(directory))
        for directory in directories {
            try system.makeDirectory(directory, createParents: true)
        }
        let temporary = parallelMap(count: files.count, width: 8) { i in
            try? system.writeTemporary(
                files[i].bytes, inDirectory: folder + "/" + files[i].name.hex.prefix(2))
        }
        // Each name after all are synced: a name in between would be one more thing to sync.
        for (file, name) in zip(files, temporary) {
            guard let name else { throw WorkError.wrong }
            try system.publish(
                temporary: name, as: file.name.hex, inDirectory: directory(file),
                replacing: false)
        }
        let paths = directories.sorted()
        let synced = parallelMap(count: paths.count, width: 8) { i in
            (try? system.syncDirectory(paths[i])) != nil
        }
        guard synced.allSatisfy(\.self) else { throw WorkError.wrong }
        try system.syncDirectory(folder)
    }

    /// Reads files and removes them.
    static func remove(_ names: [Bytes32], from folder: String) throws {
        for name in names {
            try FileSystem().remove(folder + "/" + name.hex.prefix(2) + "/" + name.hex)
        }
    }

    /// Reads a file.
    static func read(_ name: Bytes32, from folder: String) throws -> [UInt8] {
        try FileSystem().readFile(
            folder + "/" + name.hex.prefix(2) + "/" + name.hex, limit: 1 << 30)
    }
}

/// What can go wrong in the limit itself.
enum RawError: Error {
    /// No slot opens.
    case notMine
}
