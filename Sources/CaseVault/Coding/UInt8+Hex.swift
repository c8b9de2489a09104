// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension UInt8 {
    /// Whether it is a lower-case hexadecimal digit.
    var isHexDigit: Bool { (0x30...0x39).contains(self) || (0x61...0x66).contains(self) }
}
