// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// Everything a person ever held, and the patience to try all of it on every file.
///
/// It goes around `SealedFile.open`: slots, commitment and cipher are tried directly, so that a
/// check which the library forgets cannot make a test pass.
final class Attacker {
    /// The person's own keys; more than one for somebody with a key of their own making.
    private var keys: [MemberKey]
    /// The vault, which everybody with the folder knows.
    private let vault: VaultID
    /// Every file key and attachment key this person ever got at, each tried for every purpose.
    private var secrets: [FileKey] = []
    /// The bytes of `secrets`, so that each is kept once.
    private var known: Set<Bytes32> = []
    /// What became of each file so far. A file's name is the hash of its bytes, so the outcome
    /// of one secret on one file never changes and each pair is tried once.
    private var attempts: [FileName: Attempt] = [:]

    /// What was tried on one file.
    private struct Attempt {
        /// The bytes: whoever has the folder keeps old files as they like.
        let bytes: [UInt8]
        /// How many of the own keys were tried on the slots.
        var keysTried = 0
        /// How many of the secrets were tried.
        var secretsTried = 0
        /// The plaintext, once it opened.
        var plain: [UInt8]?
    }

    /// An attacker with keys.
    init(_ keys: [MemberKey], vault: VaultID) {
        self.keys = keys
        self.vault = vault
    }

    /// How many secrets this person collected, the own keys aside.
    var secretCount: Int { secrets.count }

    /// Takes one more key of one's own.
    func take(_ key: MemberKey) { keys.append(key) }

    /// Keeps a copy of every file, and every secret that is to be had from them.
    func watch(_ files: [FileName: [UInt8]]) {
        for (name, bytes) in files where attempts[name] == nil {
            attempts[name] = Attempt(bytes: bytes)
        }
        // A key found in one file may open another, so go on until nothing new turns up.
        while true {
            let before = secretCount
            for name in Array(attempts.keys) { attack(name) }
            if secretCount == before { return }
        }
    }

    /// Tries every secret on every file; the plaintext of whatever opens, by file.
    func tryEverything(on files: [FileName: [UInt8]]) -> [FileName: [UInt8]] {
        watch(files)
        return files.keys.reduce(into: [:]) { $0[$1] = attempts[$1]?.plain }
    }

    /// Tries what was not tried yet on one file.
    private func attack(_ name: FileName) {
        guard var attempt = attempts[name], attempt.plain == nil else { return }
        if attempt.bytes.starts(with: Array("CVSF".utf8)) {
            openSealed(&attempt)
        } else if attempt.bytes.starts(with: Array("CVAF".utf8)) {
            openAttachment(&attempt)
        }
        attempts[name] = attempt
    }

    /// Tries a file as a sealed file: every slot with every key, then every secret on the body.
    private func openSealed(_ attempt: inout Attempt) {
        let bytes = attempt.bytes
        guard let slots = RawSlots(bytes) else { return }
        for key in keys[attempt.keysTried...] {
            for found in slots.keys(for: key).compactMap(\.self) { remember(found) }
        }
        attempt.keysTried = keys.count
        let header = Array(bytes[..<slots.bodyStart])
        let nonce = Array(header.suffix(24))
        let body = Array(bytes[slots.bodyStart...])
        let commitment = Array(bytes[7..<39])
        for key in secrets[attempt.secretsTried...] {
            // Either would do for an attacker: the commitment tells which key it is, the cipher
            // whether it opens.
            if let plain = try? XChaCha20Poly1305.open(
                body.span, associatedData: header.span, nonce: nonce.span, key: key)
            {
                attempt.plain = plain
                learn(from: plain)
                return
            }
            if SlotTable.commitment(to: key, vault: vault).bytes == commitment {
                attempt.plain = []
                return
            }
        }
        attempt.secretsTried = secrets.count
    }

    /// Tries a file as an attachment: every secret on the first chunk, then on all of them.
    private func openAttachment(_ attempt: inout Attempt) {
        let bytes = attempt.bytes
        guard bytes.count >= 38 + 16 else { return }
        let header = Array(bytes[..<38])
        let first = Array(bytes[38..<min(38 + 65_536 + 16, bytes.count)])
        for key in secrets[attempt.secretsTried...] {
            // The header could lie: the chunk is tried whatever it says.
            guard open(first, 0, header, key) != nil else { continue }
            var plain: [UInt8] = []
            var start = 38
            var number: UInt64 = 0
            while start < bytes.count {
                let end = min(start + 65_536 + 16, bytes.count)
                plain += open(Array(bytes[start..<end]), number, header, key) ?? []
                start = end
                number += 1
            }
            attempt.plain = plain
            return
        }
        attempt.secretsTried = secrets.count
    }

    /// Opens one chunk, as the last one or as any other.
    private func open(
        _ chunk: [UInt8], _ number: UInt64, _ header: [UInt8], _ key: FileKey
    ) -> [UInt8]? {
        for flag: UInt8 in [0, 1] {
            var nonce = [UInt8](repeating: 0, count: 15)
            for shift in stride(from: 56, through: 0, by: -8) {
                nonce.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
            }
            nonce.append(flag)
            if let plain = try? XChaCha20Poly1305.open(
                chunk.span, associatedData: header.span, nonce: nonce.span, key: key)
            {
                return plain
            }
        }
        return nil
    }

    /// Keeps a key, once.
    private func remember(_ key: FileKey) {
        if let raw = key.withBytes({ Bytes32($0) }), known.insert(raw).inserted {
            secrets.append(key)
        }
    }

    /// Keeps the attachment keys of an opened body.
    private func learn(from plain: [UInt8]) {
        guard let content = try? Padding.content(of: plain), let body = try? SealedBody(content)
        else {
            return
        }
        for entry in body.attachments { remember(entry.key) }
    }
}

extension [UInt8] {
    /// Whether a text stands in these bytes as it is.
    func holds(_ text: String) -> Bool { Data(self).range(of: Data(text.utf8)) != nil }
}
