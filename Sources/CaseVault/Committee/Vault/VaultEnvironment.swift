// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

package import CaseVaultBridge

#if canImport(FoundationEssentials)
    internal import struct FoundationEssentials.URL
#else
    internal import struct Foundation.URL
#endif

/// What a vault needs of the world: files, time and a place to remember. Tests replace them.
package struct VaultEnvironment: Sendable {
    /// The way to the operating system.
    package var files: FileSystem
    /// Seconds since 1970.
    package var now: @Sendable () -> Int64
    /// Where this machine keeps what it remembers.
    package var stateDirectory: String
    /// The most logs that share a file.
    package var logsInFile = Bundles.mostLogs

    /// A world; each part can be another than the real one.
    package init(
        stateDirectory: String, files: FileSystem = FileSystem(),
        now: (@Sendable () -> Int64)? = nil
    ) {
        self.files = files
        self.now = now ?? Clock.system.now
        self.stateDirectory = stateDirectory
    }

    /// The real world, with the place to remember that the caller names, or the usual one.
    ///
    /// - Throws: `noHome`.
    init(remembersIn directory: URL?) throws(VaultError) {
        if let directory {
            self.init(stateDirectory: directory.path)
        } else {
            self.init(stateDirectory: try SeenStateFile.defaultDirectory())
        }
    }

    /// Refuses a place to remember that is shared with others: in the vault, or in any other.
    func refuseSharedMemory() throws(VaultError) {
        try OutsideRule(files: files).check(stateDirectory)
    }
}

extension VaultStore {
    /// Opens the store in a given environment.
    convenience init(
        folder: VaultFolder, vault: VaultID, key: MemberKey, environment: VaultEnvironment,
        progress: WorkProgress.Handler? = nil
    ) throws(VaultError) {
        try self.init(
            folder: folder, vault: vault, key: key, stateDirectory: environment.stateDirectory,
            clock: Clock(now: environment.now), progress: progress)
        logsInFile = environment.logsInFile
    }
}
