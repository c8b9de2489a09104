// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Opens many files on all cores.
struct FileOpener: Sendable {
    /// Where the files are.
    let folder: VaultFolder
    /// Which vault.
    let vault: VaultID
    /// Whose files.
    let key: MemberKey
    /// What is remembered of each.
    let seen: SeenState

    /// What came of one file; `nil` when it is gone.
    typealias Outcome = Result<SealedFile.Opening, SealedFileError>?

    /// Opens files, in the order of `names`.
    func open(_ names: [FileName]) -> [(FileName, Outcome)] {
        parallelMap(count: names.count, width: 2) { (names[$0], open(names[$0])) }
    }

    /// Opens one file.
    func open(_ name: FileName) -> Outcome {
        do throws(SealedFileError) {
            // Its name was checked when it was remembered; `verify` checks it again.
            if seen.notMine.contains(name) { return .success(.notMine) }
            if isAttachment(name) {
                // It can be large, so it is hashed piece by piece, once on this machine.
                if let fault = NameVerifier(folder: folder).fault(of: name) { throw fault }
                return .success(.notMine)
            }
            guard let bytes = try folder.read(name) else { return nil }
            return .success(
                try SealedFile.open(
                    bytes, name: name, with: key, vault: vault,
                    checked: seen.checked(name)))
        } catch { return .failure(error) }
    }

    /// Whether a file starts like an attachment.
    private func isAttachment(_ name: FileName) -> Bool {
        (try? folder.files.readPrefix(folder.path(of: name), count: 4)) == AttachmentHeader.magic
    }
}
