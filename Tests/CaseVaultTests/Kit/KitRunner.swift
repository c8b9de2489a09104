// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation

@testable import CaseVault

/// Does with a file or a vault of the test kit what its header says, with the library.
struct KitRunner {
    /// A folder for what has to be on a disk.
    let scratch: URL

    /// The same header with what was really found.
    func found(_ file: KitFile) throws -> [KitFile.Line] {
        switch try file.one("kind") {
        case "sealed file": try sealedFile(file)
        case "attachment": try attachment(file)
        case "card": card(file)
        case "key file": try keyFile(file)
        case "marker": marker(file)
        default: throw KitFile.Problem(text: "unknown kind")
        }
    }

    /// The lines of a header that say what is to be found.
    static func expected(_ file: KitFile) throws -> [KitFile.Line] {
        let given: [String: Set<String>] = [
            "sealed file": ["vault", "member", "seed", "name"],
            "attachment": ["vault", "log", "attachment", "key", "size", "hash"], "card": [],
            "key file": ["passphrase"], "marker": [], "vault": ["member", "seed"],
        ]
        guard let inputs = given[try file.one("kind")] else {
            throw KitFile.Problem(text: "unknown kind")
        }
        return file.header.filter { !inputs.union(["kind", "comment"]).contains($0.key) }
    }

    /// A line.
    private func line(_ key: String, _ value: String) -> KitFile.Line {
        KitFile.Line(key: key, value: value)
    }

    /// The key in a header.
    private func key(_ file: KitFile) throws -> MemberKey {
        let seed = try bytes32(file, "seed").bytes
        return try MemberKey(name: file.one("member"), seed: SecretBytes(copying: seed.span))
    }

    /// Thirty-two bytes in a header.
    private func bytes32(_ file: KitFile, _ key: String) throws -> Bytes32 {
        guard let value = Bytes32(hex: try file.one(key)) else {
            throw KitFile.Problem(text: "\(key) is no hash")
        }
        return value
    }

    // MARK: - Files

    /// Opens a sealed file.
    private func sealedFile(_ file: KitFile) throws -> [KitFile.Line] {
        let vault = VaultID(raw: try bytes32(file, "vault"))
        let hash = BLAKE2b.hash(file.payload)
        if !file.all("name").isEmpty, try bytes32(file, "name") != hash {
            return [line("expect", "nameDoesNotMatch")]
        }
        do {
            let opening = try SealedFile.open(
                file.payload, name: FileName(raw: hash), with: key(file), vault: vault)
            guard case .opened(let opened) = opening else {
                return [line("expect", "notMine")]
            }
            let records = opened.records.values.flatMap { $0.map(\.id) }.sorted()
            return [line("expect", "ok")] + records.map { line("record", $0.hexText) }
                + opened.readers.ids.sorted().map { line("reader", $0.description) }
        } catch let fault as SealedFileError {
            return [line("expect", fault.rawValue)]
        }
    }

    /// Decrypts an attachment.
    private func attachment(_ file: KitFile) throws -> [KitFile.Line] {
        let raw = try bytes32(file, "key").bytes
        let vault = VaultID(raw: try bytes32(file, "vault"))
        let log = LogID(raw: try bytes32(file, "log"))
        let id = AttachmentID(raw: try bytes32(file, "attachment"))
        let note = AttachmentNote(
            id: id, name: "a", mediaType: "", size: UInt64(try file.one("size")) ?? 0,
            hash: try bytes32(file, "hash"))
        let folder = VaultFolder(
            path: scratch.appendingPathComponent("attachments").path, files: FileSystem())
        guard let name = try folder.write([file.payload]).first,
            let key = FileKey(copying: raw.span)
        else { throw KitFile.Problem(text: "no key") }
        let entry = AttachmentEntry(id: id, file: name, key: key, everGiven: [])
        do throws(VaultError) {
            try AttachmentCipher(folder: folder, vault: vault, log: log)
                .decrypt(entry, as: note, progress: nil) { _ in }
            return [line("expect", "verified")]
        } catch {
            return [line("expect", error.code == .damaged ? "damaged" : "\(error)")]
        }
    }

    /// Reads a card.
    private func card(_ file: KitFile) -> [KitFile.Line] {
        do throws(FormatError) {
            let card = try MemberCard(wholly: file.payload)
            return [
                line("expect", "ok"), line("card", card.id.description),
                line("fingerprint", card.fingerprint.description),
            ]
        } catch { return [line("expect", SealedFileError(error).rawValue)] }
    }

    /// Reads a key file.
    private func keyFile(_ file: KitFile) throws -> [KitFile.Line] {
        let words = try file.all("passphrase").first.map { try Passphrase(Array($0.utf8).span) }
        do throws(VaultError) {
            let key = try KeyFile.decode(file.payload, passphrase: words, path: "key")
            var seed: [UInt8] = []
            key.seed.withBytes { for i in $0.indices { seed.append($0[i]) } }
            return [
                line("expect", "ok"), line("member", key.card.name),
                line("seed", seed.map { String(format: "%02x", $0) }.joined()),
            ]
        } catch {
            return [line("expect", error.code == .newerVersion ? "newerVersion" : "refused")]
        }
    }

    /// Reads a file `VAULT`.
    private func marker(_ file: KitFile) -> [KitFile.Line] {
        do throws(FormatError) {
            let vault = try VaultMarker(parsing: file.payload).vault
            return [line("expect", "ok"), line("vault", vault.hexText)]
        } catch { return [line("expect", SealedFileError(error).rawValue)] }
    }

    // MARK: - Vaults

    /// Opens a vault on a new computer.
    func found(_ file: KitFile, vault folder: URL) throws -> [KitFile.Line] {
        let state = scratch.appendingPathComponent("state-\(UUID().uuidString)").path
        let opened: Vault
        do throws(VaultError) {
            opened = try Vault(
                at: folder, key: try keyOrFail(file),
                in: VaultEnvironment(stateDirectory: state))
        } catch { return [line("expect", "\(error.code)")] }
        let result = try PythonReader.Result(opened)
        var lines = [
            line("expect", "opens"), line("files", "\(result.files)"),
            line("mine", "\(result.mine)"), line("ignored", "\(result.ignored)"),
        ]
        lines += result.damaged.map { line("damaged", "\($0.file) \($0.why)") }
        lines += result.gaps.map { line("gap", $0) }
        lines += result.members.map { line("active", $0.name) }
        lines += result.checks.map { line("check", "\($0.log) \($0.answer ?? "none")") }
        lines += result.cases.map {
            line(
                "case",
                "\($0.log) readers=\($0.readers.joined(separator: ",")) "
                    + "entries=\($0.entries.count) late=\($0.late)")
        }
        return lines
    }

    /// The key in a header, for a place where only the vault's errors may come out.
    private func keyOrFail(_ file: KitFile) throws(VaultError) -> MemberKey {
        do { return try key(file) } catch { throw .badName }
    }
}
