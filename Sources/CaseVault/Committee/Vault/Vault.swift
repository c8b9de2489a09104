// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

#if canImport(FoundationEssentials)
    public import struct FoundationEssentials.URL
#else
    public import struct Foundation.URL
#endif

/// A committee's vault, opened by one member: the one way into everything.
///
/// All calls are synchronous and may touch the disk. A `Vault` is not `Sendable`: use it from
/// one thread at a time, or hold it in an actor.
public final class Vault: Identifiable {
    /// Everything that I can open, and the one way to change it.
    let store: VaultStore
    /// The roster as it was computed last.
    private var keptRoster: Roster?
    /// What was found to be missing while it was read.
    var foundMissing: [Incomplete] = []
    /// The checks as they were computed last, and by which roster; each holds its log, which is
    /// another object once anything in it has changed.
    var keptChecks: (roster: Roster?, views: [LogID: CheckView]) = (nil, [:])

    /// The names of the entries of the case that was asked for last, and of which log.
    var keptNames: (log: Log, names: EntryNames)?

    /// Wraps a store.
    private init(store: VaultStore) { self.store = store }

    // MARK: - Founding and opening

    /// Founds a vault: makes the folder, the roster with the founders in it, and the rules.
    ///
    /// - Parameters:
    ///   - folder: Made if it is missing; refused if it is not empty. Names that start with a
    ///     dot do not count.
    ///   - committee: The committee's name, 1 to 200 bytes of UTF-8.
    ///   - founder: Your key; you are a member from the start.
    ///   - others: Who else is, each with the fingerprint that they read aloud; at most 29. More
    ///     can be admitted later.
    ///   - rules: The committee's rules.
    ///   - stateDirectory: Where this machine keeps what it remembers, outside of the folder;
    ///     `nil` is `$XDG_STATE_HOME/casevault` or `~/.local/state/casevault`.
    /// - Returns: The vault, opened by its founder.
    /// - Throws: `fingerprintMismatch`, `refused` where two cards are one person's,
    ///   `alreadyExists`, `badInput`, `fileSystem`, `diskFull`. Nothing stays behind.
    public static func create(
        at folder: URL, committee: String, founder: MemberKey,
        with others: [(card: MemberCard, spoken: SpokenDigits)] = [], rules: Rules = .standard,
        stateDirectory: URL? = nil
    ) throws(VaultError) -> Vault {
        try create(
            at: folder, committee: committee, founder: founder, with: others, rules: rules,
            in: try VaultEnvironment(remembersIn: stateDirectory))
    }

    /// Opens a vault.
    ///
    /// - Parameters:
    ///   - folder: The folder that holds the file `VAULT`.
    ///   - key: Your key.
    ///   - stateDirectory: See `create`.
    ///   - progress: Is told how many files were opened; can stop.
    /// - Throws: `notAVault`, `damaged`, `newerVersion`, `notForYou` when nothing in the folder
    ///   opens with this key, `fileSystem`, `cancelled`.
    public convenience init(
        at folder: URL, key: MemberKey, stateDirectory: URL? = nil,
        progress: WorkProgress.Handler? = nil
    ) throws(VaultError) {
        try self.init(
            at: folder, key: key, in: try VaultEnvironment(remembersIn: stateDirectory),
            progress: progress)
    }

    /// Founds a vault in a given environment.
    package static func create(
        at folder: URL, committee: String, founder: MemberKey,
        with others: [(card: MemberCard, spoken: SpokenDigits)] = [], rules: Rules = .standard,
        in environment: VaultEnvironment
    ) throws(VaultError) -> Vault {
        try environment.refuseSharedMemory()
        let committee = DisplayName.tidied(committee)
        guard DisplayName.isValid(committee) else {
            throw .badInput(
                "badCommitteeName", "This cannot be a committee's name.",
                hint: "Use 1 to 100 visible characters in one line, at most 200 bytes.")
        }
        let founders = try founders(founder.card, with: others)
        let (founding, vault) = Record.founding(
            Founding(founders: founders, committee: committee, rules: rules),
            day: Clock(now: environment.now).today, by: founder)
        var place = VaultFolder(path: folder.path, files: environment.files)
        place.files.temporaryTag = UnfinishedFounding.tag
        let unfinished = UnfinishedFounding(
            folder: place, founder: founder, stateDirectory: environment.stateDirectory)
        let lock = try unfinished.lock()
        defer { lock.unlock() }
        try unfinished.remove()
        let layout = FolderLayout(folder: place)
        try layout.make()
        var begun: String?
        do throws(VaultError) {
            // First under a temporary name, so that a founding that dies can be told apart from
            // somebody's vault that is just arriving.
            let marker = try layout.prepareMarker(VaultMarker(vault: vault))
            begun = marker
            let store = try VaultStore(
                folder: place, vault: vault, key: founder, environment: environment)
            _ = try store.transact { (transaction) throws(VaultError) in
                try transaction.start(with: founding)
            }
            // Last, so that a folder with this file always holds a roster.
            try layout.publishMarker(marker)
            return Vault(store: store)
        } catch {
            layout.removeAll(marker: begun)
            throw error
        }
    }

    /// The first members, if what was read aloud fits the cards and each is somebody else.
    private static func founders(
        _ founder: MemberCard, with others: [(card: MemberCard, spoken: SpokenDigits)]
    ) throws(VaultError) -> [MemberCard] {
        var founders = [founder]
        for (card, spoken) in others {
            guard spoken.match(card) else { throw .fingerprintMismatch }
            guard !founders.contains(where: { $0.id == card.id || $0.sharesKey(with: card) }) else {
                throw .alreadyAMember
            }
            founders.append(card)
        }
        guard founders.count <= Founding.founderLimit else {
            throw .badInput(
                "tooManyFounders", "At most \(Founding.founderLimit) people found a vault.",
                hint: "Found it with some of them, and admit the others.",
                with: ["limit": "\(Founding.founderLimit)"])
        }
        return founders
    }

    /// Opens a vault in a given environment.
    package convenience init(
        at folder: URL, key: MemberKey, in environment: VaultEnvironment,
        progress: WorkProgress.Handler? = nil
    ) throws(VaultError) {
        let place = VaultFolder(path: folder.path, files: environment.files)
        let marker = try FolderLayout(folder: place).readMarker()
        try environment.refuseSharedMemory()
        let store = try VaultStore(
            folder: place, vault: marker.vault, key: key, environment: environment,
            progress: progress)
        if store.listing.names.isEmpty, store.wrong.count == 0 { throw place.sealedIsMissing }
        guard !store.isEmpty else { throw store.noneOpens }
        self.init(store: store)
    }

    /// Reads what has arrived in the folder since.
    ///
    /// - Throws: `notAVault` when nothing at all is in the folder any more, as where a share is not
    ///   mounted; then nothing is forgotten. So does every act. `fileSystem`, `cancelled`.
    public func refresh(progress: WorkProgress.Handler? = nil) throws(VaultError) {
        try store.refresh(progress: progress)
    }

    // MARK: - About the vault

    /// Names a vault.
    public typealias ID = TypedID<Named.AVault>

    /// The vault's identifier.
    public var id: ID { ID(store.vault) }

    /// The committee's name; `nil` for a guest, who does not see the roster.
    public var committee: String? { roster?.committee }

    /// The rules of today; the standard ones for a guest.
    public var rules: Rules { roster?.rules ?? .standard }

    /// Whether this computer has not seen this vault before: then compare the committee code.
    public var isNewOnThisComputer: Bool { store.isNewHere }

    /// Forty digits over the vault and its active members, to compare by voice; `nil` for a
    /// guest.
    public var code: CommitteeCode? {
        roster.map { CommitteeCode(vault: store.vault, members: Array($0.active.keys)) }
    }

    /// Your card.
    public var me: MemberCard { store.key.card }

    /// The roster as this machine sees it; `nil` for a guest.
    var roster: Roster? {
        guard let log = store.rosterLog else { return nil }
        // Another object once anything in it has changed.
        if let keptRoster, keptRoster.log === log { return keptRoster }
        keptRoster = Roster(log)
        return keptRoster
    }

    /// The roster, for acts that need an active member.
    ///
    /// Who gets a new check or row follows from it. One that holds less than this machine has
    /// seen may lack a removal, so nothing is handed out by it.
    func activeRoster() throws(VaultError) -> Roster {
        let log = LogID.roster(of: store.vault)
        guard store.regressed[log] == nil else { throw .regressed(log) }
        guard let roster, roster.active[me.id] != nil else { throw .notAMember }
        // Whoever was removed may still look like a member in it.
        try store.requireWritable(roster.log)
        return roster
    }
}
