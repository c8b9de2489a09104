// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

package import CaseVaultBridge

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

    /// The real world; each part can be replaced.
    package init(
        stateDirectory: String?, files: FileSystem = FileSystem(),
        now: (@Sendable () -> Int64)? = nil
    ) {
        self.files = files
        self.now = now ?? Clock.system.now
        self.stateDirectory = stateDirectory ?? SeenStateFile.defaultDirectory
    }
}

extension VaultStore {
    /// Opens the store in a given environment.
    convenience init(
        folder: VaultFolder, vault: VaultID, key: MemberKey, environment: VaultEnvironment,
        progress: Progress.Handler? = nil
    ) throws(VaultError) {
        try self.init(
            folder: folder, vault: vault, key: key, stateDirectory: environment.stateDirectory,
            clock: Clock(now: environment.now), progress: progress)
        logsInFile = environment.logsInFile
    }
}
