// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One run of a command: its arguments, and what it opens on demand.
final class Session {
    /// The parsed command line.
    let arguments: Arguments
    /// Files and standard input.
    let input: Input
    /// The progress line.
    let progress = ProgressLine()
    /// The key, once it was opened.
    private var openedKey: MemberKey?

    /// A session for one command line.
    init(arguments: Arguments) {
        self.arguments = arguments
        input = Input(beginsWithPassphrase: arguments.number("--passphrase-fd") == 0)
    }

    /// Whether the answer is for a script.
    var isJSON: Bool { arguments.has("--json") }

    /// Is given to the library for long work.
    var report: Progress.Handler {
        { [progress] in progress.report($0) }
    }

    // MARK: - Places

    /// The folder in which relative paths begin.
    private static var currentFolder: String { FileManager.default.currentDirectoryPath }

    /// A path as a file URL, absolute.
    static func url(_ path: String) -> URL { URL(fileURLWithPath: absolute(path)) }

    /// A path from the root.
    static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : currentFolder + "/" + path
    }

    /// Where a new vault goes: as named, or here.
    var newVaultFolder: String {
        guard let named = arguments["--vault"] ?? Host.environment("CASEVAULT_DIR") else {
            return Self.currentFolder
        }
        return Self.absolute(named)
    }

    /// The vault's folder: as named, or the nearest one upwards that holds `VAULT`.
    func vaultFolder() throws -> URL {
        if let named = arguments["--vault"] ?? Host.environment("CASEVAULT_DIR") {
            return Self.url(named)
        }
        var folder = Self.currentFolder
        while true {
            if Input.exists(folder + "/VAULT") { return Self.url(folder) }
            guard let slash = folder.lastIndex(of: "/"), folder.count > 1 else { break }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
        throw Failure(
            code: "notAVault", message: "There is no vault in this folder or above it.",
            hint: "Name it with --vault DIR or CASEVAULT_DIR. All commands: casevault help")
    }

    /// The key file: as named, or the default one.
    var keyFile: String {
        if let named = arguments["--key"] ?? Host.environment("CASEVAULT_KEY") {
            return Self.absolute(named)
        }
        if let config = Host.environment("XDG_CONFIG_HOME"), config.hasPrefix("/") {
            return Self.absolute(config + "/casevault/key")
        }
        return Self.absolute((Host.environment("HOME") ?? "/var/empty") + "/.config/casevault/key")
    }

    // MARK: - Opening

    /// The key, opened once; the passphrase is asked or read if the file needs one.
    func key() throws -> MemberKey {
        if let openedKey { return openedKey }
        let file = keyFile
        guard Input.exists(file) else {
            throw Failure(
                code: "noKey", message: "There is no key file.",
                hint: "Make one with: casevault key NAME, or name yours with --key FILE.",
                file: file)
        }
        let key: MemberKey
        do throws(VaultError) {
            key = try MemberKey(contentsOf: Self.url(file), passphrase: nil)
        } catch {
            guard error.code == .wrongPassphrase else { throw error }
            key = try MemberKey(contentsOf: Self.url(file), passphrase: try passphrase())
        }
        openedKey = key
        return key
    }

    /// The passphrase of an existing key file.
    private func passphrase() throws -> Passphrase {
        if let descriptor = arguments.number("--passphrase-fd") {
            return try input.passphrase(fromDescriptor: descriptor)
        }
        guard Host.canAsk else {
            throw Failure.needsAnswer(
                "The key file needs a passphrase, and there is no terminal to ask on.",
                hint: "Give the passphrase with: --passphrase-fd N")
        }
        return try Questions.passphrase("Passphrase:")
    }

    /// The vault, opened with the key; says so when this computer sees it for the first time.
    func vault(warns: Bool = true) throws -> Vault {
        let folder = try vaultFolder()
        let vault = try Vault(at: folder, key: try key(), progress: report)
        if warns, vault.isNewOnThisComputer { Host.warn(Self.newHere(vault)) }
        return vault
    }

    /// What to say when this computer sees a vault for the first time.
    static func newHere(_ vault: Vault) -> String {
        let sentence = "This computer has not seen this vault before."
        guard let code = vault.code else { return sentence }
        return sentence + " Compare the committee code with a colleague: \(code)"
    }
}
