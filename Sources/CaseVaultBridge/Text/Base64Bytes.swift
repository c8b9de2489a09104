// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// Base64 without faults, decoded by libsodium.
package enum Base64Bytes {
    /// Decodes lines of Base64.
    ///
    /// The corresponding C function is `sodium_base642bin`.
    ///
    /// - Parameter text: Padded Base64, with white space anywhere.
    /// - Returns: The bytes, or `nil` for anything else.
    package static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        Sodium.ensure()
        var isGood = false
        let bytes = text.span.withPointer { (base, count) in
            [UInt8](capacity: count / 4 * 3 + 3) { (output) in
                let room = output.freeCapacity
                output.append(upTo: room) { (out) in
                    var written = 0
                    let code = unsafe base.withMemoryRebound(to: CChar.self, capacity: count) {
                        unsafe sodium_base642bin(
                            out, room, $0, count, " \t\r\n", &written, nil,
                            sodium_base64_VARIANT_ORIGINAL)
                    }
                    isGood = code == 0
                    return isGood ? written : 0
                }
            }
        }
        return isGood ? bytes : nil
    }
}
