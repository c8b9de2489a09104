// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension VaultStore {
    /// The copies of an attachment that a log's files name, by file name.
    ///
    /// Whoever a file is sealed to, and whoever sealed it, was given the keys in it, whatever the
    /// index says: a hostile index cannot make a key look clean.
    func copies(of id: AttachmentID, in log: Log) -> [AttachmentEntry] {
        var merged: [FileName: AttachmentEntry] = [:]
        for name in log.files.sorted() {
            guard let file = files[name] else { continue }
            let holders = file.readers.ids.union([file.sealer])
            for entry in file.attachments where entry.id == id {
                let given = holders.union(entry.everGiven)
                merged[entry.file] = (merged[entry.file] ?? entry).given(to: given)
            }
        }
        return merged.values.sorted { $0.file < $1.file }
    }
}
