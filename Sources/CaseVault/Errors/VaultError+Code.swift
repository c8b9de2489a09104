// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension VaultError.Code {
    /// Your key does not open this, or it does not exist: on purpose one code.
    public static let notForYou = Self("notForYou")
    /// The act is against a rule of the vault; nothing was changed.
    public static let refused = Self("refused")
    /// The caller's input is not usable.
    public static let badInput = Self("badInput")
    /// The passphrase is wrong, or the file was changed: on purpose one code.
    public static let wrongPassphrase = Self("wrongPassphrase")
    /// The key cannot be kept open for a while on this system.
    public static let cannotStayUnlocked = Self("cannotStayUnlocked")
    /// The key file can be read by other users of this computer.
    public static let keyFileTooOpen = Self("keyFileTooOpen")
    /// This is no key file.
    public static let notAKey = Self("notAKey")
    /// This is no card.
    public static let notACard = Self("notACard")
    /// This is no printed backup, or it has a typing mistake.
    public static let notABackup = Self("notABackup")
    /// The folder holds no vault.
    public static let notAVault = Self("notAVault")
    /// The folder is not empty, or the file is there already.
    public static let alreadyExists = Self("alreadyExists")
    /// A newer version of the program wrote this.
    public static let newerVersion = Self("newerVersion")
    /// The spoken fingerprint or code is not that of the card or the vault.
    public static let fingerprintMismatch = Self("fingerprintMismatch")
    /// The last reader cannot be taken out of a case.
    public static let lastReader = Self("lastReader")
    /// The member has not declared "no conflict" on every check of the case.
    public static let noDeclaration = Self("noDeclaration")
    /// The people named in the case must be shown and the question answered first.
    public static let firstLookNeeded = Self("firstLookNeeded")
    /// The case is on legal hold: nothing of it may be erased.
    public static let onHold = Self("onHold")
    /// No member, case, check, entry or attachment of that name.
    public static let unknownName = Self("unknownName")
    /// A name fits several entries of a case.
    public static let ambiguousEntry = Self("ambiguousEntry")
    /// What the act answers is not any more what was shown; look again and decide.
    public static let changedMeanwhile = Self("changedMeanwhile")
    /// Several members have that name.
    public static let ambiguousName = Self("ambiguousName")
    /// A file is damaged.
    public static let damaged = Self("damaged")
    /// Something that was there before, or is named by a record, is missing.
    public static let incomplete = Self("incomplete")
    /// An act was begun and is not whole; running it again completes it.
    public static let partlyDone = Self("partlyDone")
    /// The operating system refused a file operation.
    public static let fileSystem = Self("fileSystem")
    /// It is not known where this account keeps its files.
    public static let noHome = Self("noHome")
    /// The disk is full.
    public static let diskFull = Self("diskFull")
    /// A size is over its limit.
    public static let tooLarge = Self("tooLarge")
    /// The caller's progress closure asked to stop.
    public static let cancelled = Self("cancelled")
    /// Locked memory or a key derivation could not be had.
    public static let outOfMemory = Self("outOfMemory")
}
