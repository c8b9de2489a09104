// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// The one place that starts libsodium.
package enum Sodium {
    /// Runs `sodium_init` once per process; `false` when the library cannot be used.
    private static let started: Bool = sodium_init() >= 0

    /// Makes sure that libsodium is ready. Every entry point of the bridge calls this first.
    ///
    /// Without `sodium_init` the random generator and the choice of implementations are not
    /// safe for several threads, so there is nothing sensible to do but stop.
    package static func ensure() {
        precondition(started, "libsodium could not be initialised")
    }
}
