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
    /// Every file key this person ever got at, by its bytes.
    private var fileKeys: [Bytes32: FileKey] = [:]
    /// Every attachment key from any index this person ever read, by its bytes.
    private var attachmentKeys: [Bytes32: FileKey] = [:]
    /// Old files, by name: whoever has the folder keeps what they like.
    private var kept: [FileName: [UInt8]] = [:]

    /// An attacker with keys.
    init(_ keys: [MemberKey], vault: VaultID) {
        self.keys = keys
        self.vault = vault
    }

    /// How many secrets this person collected, the own keys aside.
    var secretCount: Int { fileKeys.count + attachmentKeys.count }

    /// Takes one more key of one's own.
    func take(_ key: MemberKey) { keys.append(key) }

    /// Keeps a copy of every file, and every secret that is to be had from them.
    func watch(_ files: [FileName: [UInt8]]) {
        kept.merge(files) { $1 }
        // A key found in one file may open another, so go on until nothing new turns up.
        while true {
            let before = secretCount
            _ = tryEverything(on: kept)
            if secretCount == before { return }
        }
    }

    /// Tries every secret on every file; the plaintext of whatever opens, by file.
    func tryEverything(on files: [FileName: [UInt8]]) -> [FileName: [UInt8]] {
        var opened: [FileName: [UInt8]] = [:]
        for (name, bytes) in files {
            if let plain = openSealed(bytes) { opened[name] = plain }
            if let plain = openAttachment(bytes) { opened[name] = plain }
        }
        return opened
    }

    /// Tries a file as a sealed file: every slot with every key, then every secret on the body.
    private func openSealed(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count > 63, bytes.starts(with: Array("CVSF".utf8)) else { return nil }
        let count = 1 << Int(bytes[6] & 15)
        let bodyStart = 7 + 32 + count * 80 + 24
        guard bytes.count > bodyStart else { return nil }
        for slot in 0..<count {
            let start = 7 + 32 + slot * 80
            let box = Array(bytes[start..<start + 80])
            for key in keys {
                if let found = SealedBox.open(box.span, with: key.box) { remember(found) }
            }
        }
        let header = Array(bytes[..<bodyStart])
        let nonce = Array(header.suffix(24))
        let body = Array(bytes[bodyStart...])
        let commitment = Array(bytes[7..<39])
        for key in allSecrets {
            // Either would do for an attacker: the commitment tells which key it is, the cipher
            // whether it opens.
            let fits = SlotTable.commitment(to: key, vault: vault).bytes == commitment
            let plain = try? XChaCha20Poly1305.open(
                body.span, associatedData: header.span, nonce: nonce.span, key: key)
            if let plain {
                learn(from: plain)
                return plain
            }
            if fits { return [] }
        }
        return nil
    }

    /// Tries a file as an attachment: every secret on every chunk.
    private func openAttachment(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count >= 38 + 16, bytes.starts(with: Array("CVAF".utf8)) else { return nil }
        let header = Array(bytes[..<38])
        for key in allSecrets {
            if AttachmentHeader(key: key, vault: vault).encoded == header {
                var plain: [UInt8] = []
                var start = 38
                var number: UInt64 = 0
                while start < bytes.count {
                    let end = min(start + 65_536 + 16, bytes.count)
                    plain += open(Array(bytes[start..<end]), number, header, key) ?? []
                    start = end
                    number += 1
                }
                return plain
            }
            // The header could lie: the first chunk alone is worth a try.
            let first = Array(bytes[38..<min(38 + 65_536 + 16, bytes.count)])
            if let plain = open(first, 0, header, key) { return plain }
        }
        return nil
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

    /// Every symmetric key that this person holds, each tried for every purpose.
    private var allSecrets: [FileKey] { Array(fileKeys.values) + Array(attachmentKeys.values) }

    /// Keeps a file key.
    private func remember(_ key: FileKey) {
        if let raw = key.withBytes({ Bytes32($0) }) { fileKeys[raw] = key }
    }

    /// Keeps the attachment keys of an opened body.
    private func learn(from plain: [UInt8]) {
        guard let content = try? Padding.unpad(plain), let body = try? SealedBody(content) else {
            return
        }
        for entry in body.attachments {
            if let raw = entry.key.withBytes({ Bytes32($0) }) { attachmentKeys[raw] = entry.key }
        }
    }
}

extension [UInt8] {
    /// Whether a text stands in these bytes as it is.
    func holds(_ text: String) -> Bool { Data(self).range(of: Data(text.utf8)) != nil }
}
