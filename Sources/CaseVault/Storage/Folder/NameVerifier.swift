// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Checks that each file's bytes are those that its name promises. Needs no key.
struct NameVerifier {
    /// The folder.
    let folder: VaultFolder

    /// How many bytes are hashed at a time.
    private static let pieceSize = 1 << 20

    /// What is wrong with a file that says it is an attachment; `nil` for any other too.
    private static func attachmentFault(_ start: [UInt8], size: Int) -> SealedFileError? {
        guard start.starts(with: AttachmentHeader.magic) else { return nil }
        do throws(FormatError) {
            _ = try AttachmentHeader(wholly: Array(start.prefix(AttachmentHeader.size)))
        } catch { return SealedFileError(error) }
        return size < AttachmentHeader.size + XChaCha20Poly1305.tagBytes ? .malformed : nil
    }

    /// Checks one file of any size; `nil` if it is fine or gone.
    func fault(of name: FileName) -> SealedFileError? {
        do {
            let input = try folder.files.openForReading(folder.path(of: name))
            let hash = BLAKE2bStream()
            var piece: [UInt8] = []
            var first: [UInt8]?
            while try input.read(into: &piece, atMost: Self.pieceSize) > 0 {
                if first == nil, input.size > SealedFile.sizeLimit,
                    !piece.starts(with: AttachmentHeader.magic)
                {
                    // Only attachments are so large. It may be terabytes of nothing.
                    return .malformed
                }
                hash.update(piece.span)
                first = first ?? Array(piece.prefix(64))
            }
            guard hash.finish() == name.raw else { return SealedFileError(wrongBytes: first ?? []) }
            return Self.attachmentFault(first ?? [], size: input.size)
        } catch {
            return error.isNotFound ? nil : SealedFileError(error)
        }
    }
}
