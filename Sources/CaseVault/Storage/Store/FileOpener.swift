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
            if let known = knownFault(of: name) { throw known }
            if try isAttachment(name) {
                if let fault = faultIfSmall(name) { throw fault }
                return .success(.notMine)
            }
            guard let bytes = try folder.read(name) else { return nil }
            return .success(
                try SealedFile.open(
                    bytes, name: name, with: key, vault: vault,
                    checked: seen.checked(name)))
        } catch { return .failure(error) }
    }

    /// What is wrong with a file that starts like an attachment.
    ///
    /// One that is larger than a sealed file may be is looked at where it is used, and by
    /// `verify`. A smaller one could be a sealed file with another beginning, which would be
    /// overlooked: so it is looked at once.
    private func faultIfSmall(_ name: FileName) -> SealedFileError? {
        guard let size = try? folder.files.fileSize(folder.path(of: name)),
            size <= SealedFile.sizeLimit
        else { return nil }
        return NameVerifier(folder: folder).fault(of: name)
    }

    /// What was wrong with a file when this machine last read it, if it is still the same file.
    private func knownFault(of name: FileName) -> SealedFileError? {
        guard let known = seen.faulty[name],
            known.stamp == (try? folder.files.stamp(of: folder.path(of: name)))
        else { return nil }
        return known.fault
    }

    /// Whether a file starts like an attachment.
    ///
    /// - Throws: What is wrong with one that starts so and cannot be one.
    func isAttachment(_ name: FileName) throws(SealedFileError) -> Bool {
        let start = try? folder.files.readPrefix(
            folder.path(of: name), count: AttachmentHeader.size)
        guard let start, start.starts(with: AttachmentHeader.magic) else { return false }
        do { _ = try AttachmentHeader(wholly: start) } catch { throw SealedFileError(error) }
        return true
    }
}
