// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What a look at every byte of the vault found.
public struct VerifyReport: Sendable {
    /// A file that is not what its name or its contents promise.
    public struct DamagedFile: Hashable, Sendable {
        /// The path inside of the vault.
        public let file: String
        /// The fault.
        public let fault: SealedFileError
    }

    /// Records that are named and not there.
    public struct MissingRecords: Hashable, Sendable {
        /// The log.
        public let log: LogID
        /// The records' names, 64 hexadecimal digits each.
        public let records: [String]
    }

    /// Something that people should know.
    public struct Problem: Hashable, Sendable {
        /// The kinds of problems. The raw values are fixed; scripts may rely on them.
        @nonexhaustive public enum Code: String, Sendable {
            /// A name that looks like a sync tool's copy of one of the vault's files.
            case conflictCopy
            /// The only copy of one of the vault's files, under another name.
            case lastCopy
            /// A folder of the vault under another name.
            case renamedFolder
            /// A name for which a sync tool has not brought the bytes.
            case placeholder
            /// Something that is not encrypted, for everybody who has the folder to read.
            case inClear
            /// A member's key file in the shared folder.
            case keyInFolder
            /// Records by somebody who had no access any more.
            case lateRecords
            /// A file is sealed to somebody who is no reader any more.
            case overShared
            /// A reader lacks a record.
            case underShared
            /// A file was sealed by somebody who never read the log.
            case sealedByNonReader
            /// A log was started by somebody who is no member, and not known from when they were.
            case startedByStranger
            /// Fewer readers than the rules want.
            case fewReaders
            /// A row holds a name from its case.
            case rowNamesPerson
            /// An attachment's bytes are not there.
            case attachmentMissing
            /// The text of a record is not there, though nobody erased it.
            case textMissing
            /// A file still has a text that was erased.
            case erasedText
            /// A case was erased, and what somebody wrote meanwhile is still there.
            case leftAfterErasing
            /// A log holds less than this computer has seen before.
            case olderThanSeen
            /// Nothing of a log opens any more that this computer has seen before.
            case closedOrMissing
            /// A log's first record has not arrived.
            case incomplete
            /// A case names a row or a check that does not belong to it; it is nothing to the case.
            case belongsElsewhere
            /// A row or a check belongs to two cases: it asks in both, and nothing of it is opened
            /// or erased for either.
            case belongsTwice
        }

        /// What it is.
        public let code: Code
        /// One sentence, without any name from a case.
        public let text: String
        /// The file, as a path inside of the vault.
        public let file: String?
        /// The case.
        public let codeName: CodeName?
    }

    /// How many files of the vault there are.
    public internal(set) var files = 0
    /// How many names are not the vault's.
    public internal(set) var ignored = 0
    /// How many files you can open; 0 without a key.
    public internal(set) var mine = 0
    /// Files that are not what they promise.
    public internal(set) var damaged: [DamagedFile] = []
    /// Files that could not be read and may well be whole.
    public internal(set) var unreadable: [DamagedFile] = []
    /// Records that are named and not there.
    public internal(set) var missing: [MissingRecords] = []
    /// What people should know.
    public internal(set) var problems: [Problem] = []
    /// The committee code; `nil` without a key or for a guest.
    public internal(set) var code: CommitteeCode?

    /// Whether every file is whole, and every record and attachment that is named is there.
    public var isWhole: Bool {
        damaged.isEmpty && unreadable.isEmpty && missing.isEmpty
            && !problems.contains { $0.code == .attachmentMissing || $0.code == .incomplete }
    }

    /// Takes a fault of a file for what it is.
    mutating func add(_ fault: SealedFileError, of file: String) {
        let item = DamagedFile(file: file, fault: fault)
        if fault.isUnread { unreadable.append(item) } else { damaged.append(item) }
    }
}
