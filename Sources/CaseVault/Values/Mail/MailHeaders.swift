// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// One header block: the fields before the first empty line.
struct MailHeaders {
    /// The fields in order, names in lower case, values unfolded but not decoded.
    private(set) var fields: [(name: String, value: [UInt8])] = []

    /// Reads the header block at the start of some bytes.
    ///
    /// - Parameters:
    ///   - bytes: a message or a part; afterwards what follows the header block.
    ///   - limits: the size limit.
    /// - Throws: `headerTooLarge`. A line that is no field is skipped, which is no error.
    init(parsing bytes: inout ArraySlice<UInt8>, limits: MailLimits) throws(MailError) {
        var lines = MailLines(bytes)
        var isOpen = false
        while let line = lines.next() {
            if line.isEmpty { break }
            guard lines.position - bytes.startIndex <= limits.headerBytes else {
                throw .headerTooLarge(limits.headerBytes)
            }
            if line.first == 0x20 || line.first == 0x09 {
                if isOpen { fields[fields.count - 1].value += line }
                continue
            }
            isOpen = false
            // A name is visible ASCII without a colon. "From " lines of mailboxes fail here.
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            var name = line[..<colon]
            while name.last == 0x20 || name.last == 0x09 { name.removeLast() }
            guard !name.isEmpty, name.count <= 100, name.allSatisfy({ (0x21...0x7E).contains($0) })
            else { continue }
            let value = line[(colon + 1)...]
            fields.append((String(decoding: name, as: UTF8.self).lowercased(), Array(value)))
            isOpen = true
        }
        bytes = bytes[lines.position...]
    }

    /// The undecoded value of the first field with a name.
    ///
    /// - Parameter name: the name in lower case.
    /// - Returns: the value, or `nil` without such a field.
    func raw(_ name: String) -> [UInt8]? {
        fields.first { $0.name == name }?.value
    }
}
