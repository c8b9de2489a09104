// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

#if DEBUG
    private import Synchronization
#endif

/// The one place that starts libsodium.
package enum Sodium {
    /// Runs `sodium_init` once per process; `false` when the library cannot be used.
    private static let started: Bool = sodium_init() >= 0

    #if DEBUG
        /// How often an entry point of the bridge was called, by any thread: for a test in a
        /// process of its own that counts work. Only debug builds have it.
        package static var callCount: Int { calls.load(ordering: .relaxed) }
        /// The count.
        private static let calls = Atomic<Int>(0)
    #endif

    /// Makes sure that libsodium is ready. Every entry point of the bridge calls this first.
    ///
    /// Without `sodium_init` the random generator and the choice of implementations are not
    /// safe for several threads, so there is nothing sensible to do but stop.
    package static func ensure() {
        precondition(started, "libsodium could not be initialised")
        #if DEBUG
            calls.add(1, ordering: .relaxed)
        #endif
    }
}
