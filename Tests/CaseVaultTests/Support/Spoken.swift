// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVault

extension MemberCard {
    /// The fingerprint as somebody types it who hears it from its owner.
    var spoken: SpokenDigits {
        get throws(VaultError) { try SpokenDigits(typed: fingerprint.description) }
    }
}

extension Member {
    /// The fingerprint as somebody types it who hears it from its owner.
    var spoken: SpokenDigits { get throws(VaultError) { try card.spoken } }
}
