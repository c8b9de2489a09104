// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault
private import CaseVaultBridge

/// What a command reads besides the vault: files, standard input, a passphrase.
final class Input {
    /// What is left of standard input after a passphrase was taken from its first line.
    private var rest: [UInt8]?

    /// Reads a file, or standard input for `-`; more bytes than `limit` are an error.
    func read(_ path: String, limit: Int) throws -> [UInt8] {
        if path == "-" { return try standardInput(limit: limit) }
        do throws(FileSystemError) { return try FileSystem().readFile(path, limit: limit) } catch {
            throw Self.failure(error)
        }
    }

    /// Reads standard input to its end; closed is the same as empty.
    func standardInput(limit: Int) throws -> [UInt8] {
        if let rest {
            self.rest = []
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
    /// Behind it, standard input can still hold what a command reads.
    func passphrase(fromDescriptor descriptor: Int) throws -> Passphrase {
        guard let number = Int32(exactly: descriptor) else { throw Self.badDescriptor }
        let limit = number == 0 ? 128 << 20 : 64 << 10
        var bytes: [UInt8]
        do throws(TerminalError) {
            bytes = try Terminal.readAll(fileDescriptor: number, limit: limit)
        } catch {
            if case .tooLong = error { throw Self.tooLarge(limit) }
            throw Self.badDescriptor
        }
        defer { Wipe.zero(&bytes) }
        let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
        if number == 0 { rest = Array(bytes[min(end + 1, bytes.endIndex)...]) }
        return try Passphrase(bytes.span.extracting(0..<end))
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

    /// Why a file could not be read.
    private static func failure(_ error: FileSystemError) -> Failure {
        switch error.kind {
        case .tooLarge(let limit):
            return Failure(
                code: "tooLarge", message: "The file is larger than \(limit) bytes.",
                hint: "Check that it is the right file.", file: error.path)
        case .notRegular, .tooOpen:
            return Failure(
                code: "fileSystem", message: "This is not an ordinary file.",
                hint: "Name a file, not a folder, a link or a device.", file: error.path)
        case .errno:
            if error.isNotFound {
                return Failure(
                    code: "fileSystem", message: "There is no such file or folder.",
                    hint: "Check the path.", file: error.path)
            }
            return Failure(
                code: "fileSystem", message: "The file could not be read (\(error.reasonText)).",
                hint: "Check the permissions of the file and its folder.", file: error.path)
        }
    }
}
