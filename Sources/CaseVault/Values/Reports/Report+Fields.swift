// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Report {
    /// The most bytes of a file with fields.
    private static let longestFields = 2 << 20

    /// Sets the fields that a JSON object names, and leaves the others.
    ///
    /// Keys are the field names. `null` clears a field. On an error nothing is changed.
    ///
    /// - Parameter json: the object in UTF-8.
    /// - Throws: an error that names the field, never its value.
    public mutating func apply(fieldsJSON json: [UInt8]) throws(VaultError) {
        guard json.count <= Self.longestFields else { throw .fieldsTooLarge }
        let tree: JSONTree
        do throws(JSONTree.Fault) { tree = try JSONTree(parsing: json) } catch {
            // What does not even begin as an object needs no more words.
            if json.first(where: { $0 > 0x20 }) != UInt8(ascii: "{") { throw .notAnObject }
            throw .notJSON(line: error.line, error.why)
        }
        guard case .object(let members) = tree else { throw .notAnObject }
        let fields = members.mapValues(FieldValue.init)
        var changed = self
        // Sorted, so that the same file always gives the same error.
        for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
            try changed.set(key, value)
        }
        try changed.checkLimits()
        if let field = changed.blankName { throw .blankName(field) }
        self = changed
    }

    /// Sets one field.
    ///
    /// - Parameters:
    ///   - key: the name of the field.
    ///   - value: its value.
    /// - Throws: `unknownField` or `wrongType`.
    private mutating func set(_ key: String, _ value: FieldValue) throws(VaultError) {
        if let path = Self.textFields.first(where: { $0.name == key })?.path {
            self[keyPath: path] = try value.text(key)
            return
        }
        if let path = Self.flagFields.first(where: { $0.name == key })?.path {
            self[keyPath: path] = try value.flag(key)
            return
        }
        switch key {
        case "text":
            guard let text = try value.text(key) else { throw .wrongType(key, "a text") }
            self.text = text
        case "recorded":
            let names = Dictionary(uniqueKeysWithValues: Recording.allCases.map { ($0.name, $0) })
            recorded = try value.choice(key, names, "\"verbatim\" or \"asTold\"")
        case "channel":
            let names = Dictionary(uniqueKeysWithValues: Channel.allCases.map { ($0.name, $0) })
            channel = try value.choice(
                key, names, "\"mail\", \"chat\", \"phone\", \"inPerson\", \"form\" or \"other\"")
        case "receivedOn":
            receivedOn = try value.text(key).map { (text) throws(VaultError) in
                guard let day = Day(text) else { throw .wrongType(key, "a day, YYYY-MM-DD") }
                return day
            }
        case "reporterAliases":
            reporterAliases = try value.list(key, "a list of texts").map {
                (item) throws(VaultError) in
                guard case .text(let alias) = item else { throw .wrongType(key, "a list of texts") }
                return alias
            }
        case "witnesses":
            let wanted = "a list of objects with \"name\" and perhaps \"contact\""
            witnesses = try value.list(key, wanted).map { (item) throws(VaultError) in
                guard case .object(var parts) = item, case .text(let name)? = parts["name"] else {
                    throw .wrongType(key, wanted)
                }
                parts["name"] = nil
                let contact = try parts.removeValue(forKey: "contact")?.text(key)
                guard parts.isEmpty else { throw .wrongType(key, wanted) }
                return Witness(name: name, contact: contact ?? nil)
            }
        default:
            throw .unknownField(key)
        }
    }
}
