// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

#if canImport(FoundationEssentials)
    public import struct FoundationEssentials.URL
#else
    public import struct Foundation.URL
#endif

extension MemberCard {
    /// Reads a card from a file of at most 1 MiB: its text, or a mail that it stands in or is
    /// attached to.
    ///
    /// - Throws: `notACard` when there is no card in it, or several, or it was changed;
    ///   `newerVersion`, `fileSystem`, `tooLarge`.
    public init(contentsOf file: URL) throws(VaultError) {
        let bytes: [UInt8]
        do {
            bytes = try FileSystem().readFile(file.path, limit: CardText.limit, followsLinks: true)
        } catch {
            throw .fileSystem(error)
        }
        do throws(VaultError) {
            self = try MemberCard(text: Self.text(in: bytes), path: file.path)
        } catch {
            guard error == .notACard(file.path), let mail = try? MailMessage(parsing: bytes) else {
                throw error
            }
            let texts = [mail.body] + mail.attachments.map { Self.text(in: $0.bytes) }
            self = try MemberCard(text: texts.joined(separator: "\n\n"), path: file.path)
        }
    }

    /// The text of a file. A card is ASCII: with any other letters around it, in UTF-16 too, it is
    /// found all the same.
    private static func text(in bytes: [UInt8]) -> String {
        String(decoding: bytes.lazy.filter { $0 != 0 }, as: UTF8.self)
    }
}
