// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What one guess of a passphrase costs.
///
/// Not public: nobody should choose a lower cost. Tests lower it through `current`.
struct KeyFileCost: Sendable {
    /// Argon2id passes over memory.
    let passes: UInt32
    /// Memory in KiB.
    let memoryKiB: UInt32

    /// 256 MiB and three passes, about a third of a second (libsodium's "moderate").
    static let standard = KeyFileCost(passes: 3, memoryKiB: 256 * 1024)

    /// The cost that new key files get; a task-local value so that only tests can change it.
    @TaskLocal static var current = standard
}
