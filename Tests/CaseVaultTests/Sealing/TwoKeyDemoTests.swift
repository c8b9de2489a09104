// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Public material that opens under two keys; it lives beside the repository.
struct TwoKeyDemoTests {
    /// The file of demonstrations, or `nil` where it is not there.
    static let file: URL? = {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        var folders = ["../shared/vectors", "../../shared/vectors"].map {
            root.appendingPathComponent($0).standardizedFileURL
        }
        if let path = ProcessInfo.processInfo.environment["CASEVAULT_VECTORS"] {
            folders.insert(URL(fileURLWithPath: path), at: 0)
        }
        return folders.map { $0.appendingPathComponent("non-committing-demo.json") }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }()

    /// The part with one ciphertext under two keys.
    private struct Cipher: Decodable {
        let key1: String
        let key2: String
        let nonce: String
        let cipher: String
        let plaintext1: String
        let plaintext2: String

        /// The names in the file.
        enum CodingKeys: String, CodingKey {
            case key1, key2, nonce, plaintext1, plaintext2
            case cipher = "ciphertext_and_tag"
        }
    }

    /// The part with one box and two keys in it.
    private struct Box: Decodable {
        let pk1: String
        let sk1: String
        let pk2: String
        let sk2: String
        let sealed: String
    }

    /// The whole file.
    private struct Demo: Decodable {
        let cipher: Cipher
        let box: Box

        /// The names in the file.
        enum CodingKeys: String, CodingKey {
            case cipher = "xchacha20poly1305_ietf"
            case box = "box_seal"
        }
    }

    /// Reads the file.
    private func demo() throws -> Demo {
        let file = try #require(Self.file)
        return try JSONDecoder().decode(Demo.self, from: Data(contentsOf: file))
    }

    /// The bytes of hexadecimal digits.
    private func unhex(_ text: String) throws -> [UInt8] {
        let digits = Array(text.utf8)
        return try stride(from: 0, to: digits.count, by: 2).map {
            try #require(UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16))
        }
    }

    /// A file key of these digits.
    private func key(_ text: String) throws -> FileKey {
        let bytes = try unhex(text)
        let key = FileKey(copying: bytes.span)
        return try #require(key)
    }

    @Test(.enabled(if: file != nil, "there is no ../shared/vectors"))
    func oneCiphertextWithTwoKeysHasOneCommitment() throws {
        let demo = try demo().cipher
        let vault = VaultID(raw: Random.bytes32())
        let keys = [try key(demo.key1), try key(demo.key2)]
        let body = try unhex(demo.cipher)
        let nonce = try unhex(demo.nonce)
        let empty: [UInt8] = []
        // The demonstration works: the cipher alone shows two people two texts.
        for (key, text) in zip(keys, [demo.plaintext1, demo.plaintext2]) {
            let plain = try XChaCha20Poly1305.open(
                body.span, associatedData: empty.span, nonce: nonce.span, key: key)
            #expect(try plain == unhex(text))
        }
        // In our format whoever holds the other key is stopped before anything is decrypted.
        let robin = try MemberKey.generate(name: "Robin")
        let sam = try MemberKey.generate(name: "Sam")
        for committed in keys {
            for (reader, mine) in [(robin, keys[0]), (sam, keys[1])] {
                let sealed = try SealedBoxes(
                    sealing: mine, to: [reader.card.boxKey], ephemeralSeed: .random())
                let header = SealedHeader(
                    commitment: SlotTable.commitment(to: committed, vault: vault),
                    ephemeral: sealed.ephemeral,
                    slots: Array(repeating: sealed.boxes[0], count: 8), nonce: nonce
                ).encoded
                let file = header + body + [UInt8](repeating: 0, count: 1024)
                let fault: SealedFileError =
                    FileKey.equal(mine, committed) ? .bodyDamaged : .keyNotCommitted
                #expect(throws: fault) {
                    try FileForge.open(file, with: reader, vault: vault)
                }
            }
        }
        #expect(
            SlotTable.commitment(to: keys[0], vault: vault)
                != SlotTable.commitment(to: keys[1], vault: vault))
    }

    @Test(.enabled(if: file != nil, "there is no ../shared/vectors"))
    func oneBoxWithTwoKeysIsNoSlotOfEither() throws {
        let demo = try demo().box
        let box = try unhex(demo.sealed)
        let vault = VaultID(raw: Random.bytes32())
        var found: [FileKey] = []
        for (secret, card) in [(demo.sk1, demo.pk1), (demo.sk2, demo.pk2)] {
            let raw = try #require(Bytes32(hex: card))
            let recipient = BoxPublicKey(trusted: raw)
            let bytes = try unhex(secret)
            let locked = try SecretBytes(copying: bytes.span)
            let reader = try BoxSecretKey(secret: locked, publicKey: recipient)
            let ephemeral = try #require(Bytes32(Array(box.prefix(32))))
            let slot = Array(box.dropFirst(32))
            let opener = SealedBoxOpener(ephemeral: ephemeral, reader: reader)
            let opened = try #require(opener).open(anyOf: [slot])
            let key = try #require(opened)
            // The slot that this key gives this recipient is another one.
            #expect(try RawSlots.slot(key, for: recipient, in: vault) != slot)
            found.append(key)
        }
        #expect(found.count == 2)
        #expect(!FileKey.equal(found[0], found[1]))
        #expect(
            SlotTable.commitment(to: found[0], vault: vault)
                != SlotTable.commitment(to: found[1], vault: vault))
    }
}
