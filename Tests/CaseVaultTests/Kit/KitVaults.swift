// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if DEBUG
    import CaseVaultBridge

    @testable import CaseVault

    /// Vaults of the test kit, each with one fault.
    struct KitVaults {
        /// A vault and what somebody must find in it.
        struct Scene {
            /// Its files, by path.
            let files: [String: [UInt8]]
            /// Whose eyes it is seen through.
            let member: String
            /// What it is about.
            let comment: String
        }
        /// The vaults by name.
        private(set) var scenes: [String: Scene] = [:]

        /// Adds a vault.
        private mutating func add(
            _ name: String, _ comment: String, member: String = "Robin",
            edit: (inout KitVault) throws -> Void = { _ in }
        ) throws {
            var vault = try KitVault(name)
            try edit(&vault)
            scenes[name] = Scene(files: vault.files, member: member, comment: comment)
        }

        /// Makes them all.
        init() throws {
            try add("right", "nothing is wrong")
            try add("right-other-reader", "the same, as another reader", member: "Sam")
            try add("right-no-reader", "as a member who does not read the case", member: "Kim")
            try add("stranger", "as somebody who was never let in", member: "Stranger")
            try addFolders()
            try addFiles()
            try addLogs()
        }

        /// What a sync tool can do.
        private mutating func addFolders() throws {
            try add("no-vault-file", "VAULT is missing") { $0.put(nil, at: "VAULT") }
            try add("newer", "VAULT names version 2") {
                $0.put(Array("casevault/2\n".utf8), at: "VAULT")
            }
            try add("damaged-vault-file", "VAULT is cut") {
                $0.put(Array("casevault/1\nvault 00".utf8), at: "VAULT")
            }
            try add("bit", "a bit of the newest file") {
                var bytes = $0.files[$0.newest] ?? []
                bytes[bytes.count / 2] ^= 1
                $0.put(bytes, at: $0.newest)
            }
            try add("conflict-copies", "names that are not the vault's are ignored") {
                let bytes = $0.files[$0.newest]
                for path in [
                    $0.newest + ".sync-conflict-20260101-120000", $0.newest + " 2", "VAULT.orig",
                    "sealed/" + $0.newest.suffix(64), "sealed/zz/other",
                ] {
                    $0.put(bytes, at: path)
                }
            }
            try add("wrong-folder", "the newest file is in another folder") {
                let bytes = $0.files[$0.newest]
                let name = $0.newest.suffix(64)
                $0.put(nil, at: $0.newest)
                $0.put(bytes, at: (name.hasPrefix("00") ? "sealed/11/" : "sealed/00/") + name)
            }
            try add("capitals", "a name in capitals is none of the vault's") {
                let bytes = $0.files[$0.newest]
                let path = "sealed/" + String($0.newest.dropFirst(7)).uppercased()
                $0.put(nil, at: $0.newest)
                $0.put(bytes, at: path)
            }
        }

        /// Files that somebody made on purpose.
        private mutating func addFiles() throws {
            try add("ghost", "an entry with a slot for somebody who is not listed") {
                let (entry, stranger) = ($0.entry("Not shown.", by: $0.sam), $0.stranger.card)
                try $0.seal([entry], for: [$0.robin.card, $0.sam.card], by: $0.sam) {
                    $0.slotKeys.append(stranger.boxKey)
                }
            }
            try add("other-vault", "a file of another vault") {
                let other = try KitVault("another")
                $0.put(other.files[other.newest] ?? [])
            }
            try add("no-file-of-the-vault", "right name, neither magic") {
                $0.put(Array("Hello.".utf8))
            }
            try add("over-shared", "an entry that was sealed to a member who does not read") {
                let entry = $0.entry("Shown.", by: $0.sam)
                try $0.seal(
                    [entry], for: [$0.robin.card, $0.sam.card, $0.kim.card], by: $0.sam)
            }
        }

        /// Records that somebody made on purpose, or that have not arrived.
        private mutating func addLogs() throws {
            try add("gap", "an entry behind a record that is not there") {
                let missing = RecordID(raw: Random.bytes32())
                let entry = $0.entry("Shown.", by: $0.sam, behind: [missing])
                try $0.seal([entry], for: [$0.robin.card, $0.sam.card], by: $0.sam)
            }
            try add("no-first-record", "the file with the case's first record is missing") {
                let first = $0.newest
                let entry = $0.entry("Not shown.", by: $0.sam)
                try $0.seal([entry], for: [$0.robin.card, $0.sam.card], by: $0.sam)
                $0.put(nil, at: first)
            }
            try add("late", "an entry beside its author's removal") {
                let before = $0.head($0.shelf)
                let removal = $0.add(.revoked([$0.sam.card.id]), by: $0.robin, to: $0.shelf)
                try $0.seal([removal], for: [$0.robin.card], by: $0.robin)
                let entry = $0.entry("Not shown.", by: $0.sam, behind: before)
                try $0.seal([entry], for: [$0.robin.card], by: $0.sam)
            }
            try add("both-removed", "two readers remove each other", member: "Sam") {
                let before = $0.head($0.shelf)
                let both = [$0.robin.card, $0.sam.card]
                let one = $0.add(
                    .revoked([$0.sam.card.id]), by: $0.robin, to: $0.shelf, behind: before)
                let other = $0.add(
                    .revoked([$0.robin.card.id]), by: $0.sam, to: $0.shelf, behind: before)
                try $0.seal([one], for: both, by: $0.robin)
                try $0.seal([other], for: both, by: $0.sam)
            }
            try add("no-declaration", "a grant to somebody who declared nothing") {
                let grant = $0.add(
                    .granted(Grant(card: $0.kim.card, declarations: [], lifts: [])),
                    by: $0.robin, to: $0.shelf)
                try $0.seal([grant], for: [$0.robin.card, $0.sam.card], by: $0.robin)
            }
            try add("entry-by-no-reader", "an entry by a member who does not read the case") {
                let entry = $0.entry("Not shown.", by: $0.kim, behind: $0.head($0.shelf))
                try $0.seal([entry], for: [$0.robin.card, $0.sam.card], by: $0.kim)
            }
            try add("second-first-record", "a first record that names the case as its log") {
                guard let title = CodeName("false name") else { throw KitVault.Impossible() }
                let false1 = $0.start(
                    .caseStarted(
                        CaseStart(
                            codeName: title, starter: $0.sam.card,
                            row: BoundLog(log: $0.row, bond: .random()), checks: [])),
                    by: $0.sam)
                let shelf = $0.shelf
                try $0.seal([false1], for: [$0.robin.card], by: $0.sam) {
                    $0.records[0].replaceSubrange(0..<32, with: shelf.raw.bytes)
                }
            }
            try add("check-by-a-stranger", "a check that no member started") {
                let record = $0.start(
                    .checkStarted(CheckStart(readers: [$0.robin.card], withheld: [], tag: .zero)),
                    by: $0.stranger)
                try $0.seal([record], for: [$0.robin.card], by: $0.stranger)
            }
            try add("conflict-wins", "two unlinked answers of one member") {
                let answer = $0.add(
                    .declared(DeclarationStatement(answer: .conflict, replaces: [])),
                    by: $0.robin, to: $0.check)
                try $0.seal(
                    [answer], for: [$0.robin.card, $0.sam.card, $0.kim.card], by: $0.robin)
            }
        }
    }
#endif
