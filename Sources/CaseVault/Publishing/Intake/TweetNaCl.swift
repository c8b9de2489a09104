// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// The JavaScript that the page's cryptography comes from, as Debian packages it.
///
/// It is not part of this program: it is found on the computer, and taken only if it is, byte for
/// byte, one that was looked at.
struct TweetNaCl: Sendable {
    /// The script.
    let text: String

    /// Where Debian and others have it.
    static let places = [
        "/usr/share/nodejs/tweetnacl/nacl-fast.js", "/usr/lib/nodejs/tweetnacl/nacl-fast.js",
    ]
    /// SHA-256 and BLAKE2b-256 of the scripts that are known: 1.0.3, as in Debian 12.
    static let known = [
        "6bcd37a3b20dce913f82d4b23e4e2b661058b4b953df8a3f8c45d56ac4f72447":
            "4682cfae10e60061dca1966d24a1309e6af0a610b62bba3108fb451d3ea389f7"
    ]

    /// Finds and checks it.
    ///
    /// - Parameter path: Where it is; `nil` is where Debian has it.
    /// - Throws: `refused` when it is not there, or another.
    init(at path: String?) throws(VaultError) {
        let files = FileSystem()
        guard let found = path ?? Self.places.first(where: files.fileExists) else {
            throw .noTweetNaCl(nil, isOther: false)
        }
        let bytes: [UInt8]
        do throws(FileSystemError) {
            bytes = try files.readFile(found, limit: 1 << 20, followsLinks: true)
        } catch { throw .fileSystem(error) }
        guard let sha256 = Bytes32(SHA2.sha256(bytes)),
            let blake = Self.known[sha256.hex], BLAKE2b.hash(bytes).hex == blake,
            let text = String(validating: bytes, as: UTF8.self)
        else { throw .noTweetNaCl(found, isOther: true) }
        self.text = text
    }
}
