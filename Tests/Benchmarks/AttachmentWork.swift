// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Synchronization

@testable import CaseVault

/// Attaches a file, saves it, and encrypts it anew.
enum AttachmentWork {
    /// Measures in turns with the limit.
    static func run(_ options: Options, _ report: Figures) throws {
        let stage = try Stage(in: options.folder, "attachment")
        defer { stage.remove() }
        try stage.found(members: 2)
        let source = stage.root.appendingPathComponent("source.bin")
        try write(options.bytes, to: source)
        let place = VaultFolder(path: stage.folder.path, files: FileSystem())
        let id = try stage.vault(0).store.vault
        let cipher = AttachmentCipher(
            folder: place, vault: id, log: LogID(raw: Random.bytes32()))
        let attached = AttachmentID(raw: Random.bytes32())
        var times: [String: [Double]] = [:]
        var limits: [String: [Double]] = [:]
        var peaks: [String: Double] = [:]
        func measure(_ name: String, _ limit: Double, _ body: () throws -> Void) throws {
            Measure.resetPeak()
            times[name, default: []].append(try Measure.time(body))
            peaks[name] = max(peaks[name] ?? 0, Measure.peak)
            limits[name, default: []].append(limit)
        }
        for _ in 0..<options.rounds {
            let copy = try copyTime(source, in: stage.root)
            let one = try limit(options.bytes, hashes: 2, ciphers: 1)
            let key = FileKey.random()
            var result: AttachmentCipher.Result?
            try measure("in", one + copy) {
                result = try cipher.encrypt(
                    .file(source.path), as: attached, key: key, progress: nil)
            }
            guard let result else { throw WorkError.wrong }
            let entry = AttachmentEntry(
                id: attached, file: result.file, key: key, everGiven: [])
            let note = AttachmentNote(
                id: entry.id, name: "x", mediaType: "x", size: result.size, hash: result.hash)
            let target = stage.root.appendingPathComponent("target.bin")
            try measure("out", one + copy) {
                let output = try FileSystem().createTemporary(inDirectory: stage.root.path)
                try cipher.decrypt(entry, as: note, progress: nil) { (plain) throws(VaultError) in
                    do throws(FileSystemError) {
                        for chunk in plain { try output.write(chunk.span) }
                    } catch {
                        throw .fileSystem(error)
                    }
                }
                try output.finish()
                try FileSystem().publish(
                    temporary: output.temporaryName, as: "target.bin",
                    inDirectory: stage.root.path, replacing: true)
                try FileSystem().syncDirectory(stage.root.path)
            }
            try FileManager.default.removeItem(at: target)
            let two = try limit(options.bytes, hashes: 3, ciphers: 2)
            var name: FileName?
            try measure("anew", two + copy) {
                name = try cipher.reencrypt(entry, as: note, key: .random(), progress: nil)
            }
            for name in [name, result.file].compactMap({ $0 }) { try place.remove(name) }
        }
        let size = "\(options.bytes >> 20) MiB"
        for (name, text) in [
            ("in", "attach \(size)"), ("out", "save \(size)"), ("anew", "encrypt \(size) anew"),
        ] {
            report.add(text, times[name] ?? [], limits: limits[name] ?? [], peak: peaks[name])
        }
    }

    /// Writes a file of some bytes that do not repeat.
    private static func write(_ count: Int, to file: URL) throws {
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        let handle = try FileHandle(forWritingTo: file)
        for _ in 0..<max(1, count >> 20) { handle.write(Data(Random.bytes(1 << 20))) }
        try handle.close()
    }

    /// How long it takes to copy a file durably.
    private static func copyTime(_ file: URL, in folder: URL) throws -> Double {
        let time = try Measure.time {
            let input = try FileSystem().openForReading(file.path)
            let output = try FileSystem().createTemporary(inDirectory: folder.path)
            var buffer: [UInt8] = []
            while try input.read(into: &buffer, atMost: 65_536) > 0 {
                try output.write(buffer.span)
            }
            try output.finish()
            try FileSystem().publish(
                temporary: output.temporaryName, as: "copy.bin", inDirectory: folder.path,
                replacing: true)
            try FileSystem().syncDirectory(folder.path)
        }
        try FileSystem().remove(folder.path + "/copy.bin")
        return time
    }

    /// How long hashes and ciphers of so many bytes take, in memory, spread over two cores as
    /// well as can be: what each hash needs is one piece of work, a cipher is one for each chunk.
    private static func limit(_ bytes: Int, hashes: Int, ciphers: Int) throws -> Double {
        let chunk = [UInt8](repeating: 1, count: 65_536)
        let nonce = [UInt8](repeating: 1, count: 24)
        let key = FileKey.random()
        let count = max(1, bytes / chunk.count)
        return Measure.time {
            let streams = (0..<hashes).map { _ in SharedHash() }
            // In blocks of 2 MiB, so that a third hash is shared between the cores.
            for _ in 0..<max(1, count / 32) {
                parallelForEach(count: hashes + 32 * ciphers, width: 2) { i in
                    if i < hashes {
                        streams[i].update(Array(repeating: chunk, count: 32))
                    } else {
                        _ = try? XChaCha20Poly1305.seal(
                            chunk.span, associatedData: nonce.span, nonce: nonce.span, key: key)
                    }
                }
            }
        }
    }
}
