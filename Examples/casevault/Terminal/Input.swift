// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault
private import CaseVaultBridge

/// What a command reads besides the vault: files, standard input, a passphrase.
final class Input {
    /// Whether the first line of standard input is the passphrase.
    private let beginsWithPassphrase: Bool
    /// The passphrase from the first line of standard input, and what is left behind it.
    private var divided: (passphrase: Passphrase, rest: [UInt8])?

    /// Input whose first line may be the passphrase.
    init(beginsWithPassphrase: Bool) { self.beginsWithPassphrase = beginsWithPassphrase }

    /// Reads a file, or standard input for `-`; more bytes than `limit` are an error.
    func read(_ path: String, limit: Int) throws -> [UInt8] {
        if path == "-" { return try standardInput(limit: limit) }
        do throws(FileSystemError) {
            return try FileSystem().readFile(path, limit: limit, followsLinks: true)
        } catch {
            throw VaultError.fileSystem(error)
        }
    }

    /// Reads standard input to its end; closed is the same as empty.
    func standardInput(limit: Int) throws -> [UInt8] {
        if beginsWithPassphrase {
            let rest = try divide().rest
            guard rest.count <= limit else { throw Self.tooLarge(limit) }
            return rest
        }
        do throws(TerminalError) {
            return try Terminal.readAll(fileDescriptor: 0, limit: limit)
        } catch {
            if case .tooLong = error { throw Self.tooLarge(limit) }
            return []
        }
    }

    /// Reads a passphrase: the first line of a descriptor, without its end.
    ///
    /// Behind it, standard input can still hold what the command reads.
    func passphrase(fromDescriptor descriptor: Int) throws -> Passphrase {
        guard let number = Int32(exactly: descriptor) else { throw Self.badDescriptor }
        return try number == 0 ? divide().passphrase : firstLine(of: number, limit: 64 << 10).0
    }

    /// Reads standard input once: the passphrase, then the rest.
    private func divide() throws -> (passphrase: Passphrase, rest: [UInt8]) {
        if let divided { return divided }
        let (passphrase, rest) = try firstLine(of: 0, limit: 128 << 20)
        divided = (passphrase, rest)
        return (passphrase, rest)
    }

    /// Reads a descriptor to its end: its first line as a passphrase, and what is behind it.
    private func firstLine(of number: Int32, limit: Int) throws -> (Passphrase, [UInt8]) {
        var bytes: [UInt8]
        do throws(TerminalError) {
            bytes = try Terminal.readAll(fileDescriptor: number, limit: limit)
        } catch {
            if case .tooLong = error { throw Self.tooLarge(limit) }
            throw Self.badDescriptor
        }
        defer { Wipe.zero(&bytes) }
        let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
        let passphrase = try Passphrase(bytes.span.extracting(0..<end))
        return (passphrase, Array(bytes[min(end + 1, bytes.endIndex)...]))
    }

    /// Whether something has that name.
    static func exists(_ path: String) -> Bool { FileSystem().fileExists(path) }

    /// A descriptor that is not open.
    private static let badDescriptor = Failure.badInput(
        "The passphrase could not be read from that descriptor.",
        hint: "Open it, for example with: --passphrase-fd 3 3< FILE")

    /// More bytes than allowed.
    private static func tooLarge(_ limit: Int) -> Failure {
        Failure(
            code: "tooLarge", message: "The input is larger than \(limit) bytes.",
            hint: "Check that it is the right file.")
    }
}
