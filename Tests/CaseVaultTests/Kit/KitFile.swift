// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// One file of the test kit: lines of "key: value", an empty line, then the payload.
///
/// Anything that is not understood is an error, so that no test is skipped silently.
struct KitFile: Equatable {
    /// What is expected, in order; a key can stand several times.
    private(set) var header: [Line]
    /// What is tested.
    var payload: [UInt8]

    /// A line of the header.
    struct Line: Equatable {
        /// What it is about.
        let key: String
        /// What it says.
        let value: String
    }

    /// A file that cannot be used.
    struct Problem: Error, Equatable {
        /// What is wrong.
        let text: String
    }

    /// Every key that there is.
    static let keys: Set<String> = [
        "kind", "comment", "expect", "member", "seed", "passphrase", "vault", "name", "key",
        "log", "attachment", "size", "hash", "record", "reader", "card", "fingerprint", "files",
        "mine", "ignored",
        "damaged", "gap", "active", "check", "case",
    ]

    /// Starts a file.
    init(_ kind: String, _ expect: String, _ comment: String, payload: [UInt8] = []) {
        header = []
        self.payload = payload
        add("kind", kind)
        add("expect", expect)
        add("comment", comment)
    }

    /// Adds a line.
    mutating func add(_ key: String, _ value: String) {
        header.append(Line(key: key, value: value))
    }

    /// All values of a key, in order.
    func all(_ key: String) -> [String] { header.filter { $0.key == key }.map(\.value) }

    /// The one value of a key.
    func one(_ key: String) throws(Problem) -> String {
        let values = all(key)
        guard values.count == 1 else { throw Problem(text: "\(key) must stand once") }
        return values[0]
    }

    /// The file's bytes.
    var encoded: [UInt8] {
        Array((header.map { "\($0.key): \($0.value)\n" }.joined() + "\n").utf8) + payload
    }

    /// Reads a file.
    init(_ bytes: [UInt8]) throws(Problem) {
        header = []
        payload = []
        var at = 0
        while true {
            guard let end = bytes[at...].firstIndex(of: 0x0A),
                let line = String(validating: bytes[at..<end], as: UTF8.self)
            else { throw Problem(text: "the header does not end") }
            at = end + 1
            if line.isEmpty { break }
            let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
            guard parts.count == 2, Self.keys.contains(parts[0]) else {
                throw Problem(text: "unknown key: \(line)")
            }
            add(parts[0], parts[1])
        }
        payload = Array(bytes[at...])
    }
}
