// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if DEBUG
    import Foundation

    @testable import CaseVault

    /// Makes the test kit. It replaces all randomness: run it in a process of its own.
    struct KitGenerator {
        /// Everything, by path.
        private var files: [String: [UInt8]] = [:]

        /// Makes it, and looks with the library what is in each vault.
        init() throws {
            for (name, file) in try KitSealedFiles().files.merging(
                KitOtherFiles().files, uniquingKeysWith: { first, _ in first })
            {
                files["files/" + name] = file.encoded
            }
            let scratch = FileManager.default.temporaryDirectory
                .appendingPathComponent("casevault-kit-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: scratch) }
            for (name, scene) in try KitVaults().scenes {
                let folder = scratch.appendingPathComponent(name)
                try Self.write(scene.files, to: folder)
                var file = KitFile("vault", "?", scene.comment)
                file.add("member", scene.member)
                file.add("seed", KitForge.hex(KitForge.seed(scene.member)))
                let runner = KitRunner(scratch: scratch)
                let found = try runner.found(file, vault: folder)
                var whole = KitFile("vault", found[0].value, scene.comment)
                for line in file.header.suffix(2) + found.dropFirst() {
                    whole.add(line.key, line.value)
                }
                files["vaults/\(name)/expect"] = whole.encoded
                for (path, bytes) in scene.files { files["vaults/\(name)/\(path)"] = bytes }
            }
        }

        /// Writes everything.
        func write(to folder: URL) throws { try Self.write(files, to: folder) }

        /// Writes files below a folder.
        private static func write(_ files: [String: [UInt8]], to folder: URL) throws {
            for (path, bytes) in files {
                let place = folder.appendingPathComponent(path)
                try FileManager.default.createDirectory(
                    at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(bytes).write(to: place)
            }
        }
    }
#endif
