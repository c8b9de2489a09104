// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Which attachment: 32 random bytes, named by the signed record and by the index of a file.
struct AttachmentID: Identifier {
    /// The random bytes.
    let raw: Bytes32
}
