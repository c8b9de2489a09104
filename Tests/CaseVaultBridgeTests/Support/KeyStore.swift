// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge

/// The kernel's key store, as this system has it.
enum KeyStore {
    /// Whether it can be used; containers often forbid it.
    static let works: Bool = {
        guard let one = try? SecretBytes(random: 1) else { return false }
        defer { SessionKeyring.remove("casevault-test:works") }
        return (try? SessionKeyring.keep(one, as: "casevault-test:works", seconds: 5)) != nil
    }()
}
