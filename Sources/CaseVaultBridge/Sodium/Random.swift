// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium

/// Random bytes from the operating system, by way of libsodium.
package enum Random {
    /// `count` random bytes in an ordinary array, for values that are not secret for long.
    package static func bytes(_ count: Int) -> [UInt8] {
        Sodium.ensure()
        return [UInt8](capacity: count) { (output) in
            output.append(upTo: count) { (target) in
                unsafe randombytes_buf(target, count)
                return count
            }
        }
    }

    /// Thirty-two random bytes.
    package static func bytes32() -> Bytes32 {
        Sodium.ensure()
        return Bytes32 { (target) in unsafe randombytes_buf(target, Bytes32.count) }
    }

    /// A random number from 0 to `limit` - 1, each equally likely; 0 for a limit of 0 or 1.
    package static func below(_ limit: UInt32) -> UInt32 {
        Sodium.ensure()
        return randombytes_uniform(limit)
    }
}
