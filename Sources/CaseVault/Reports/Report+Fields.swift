// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(FoundationEssentials)
    private import FoundationEssentials
#else
    private import Foundation
#endif

extension Report {
    /// The most bytes of a file with fields.
    private static let longestFields = 2 << 20

    /// Sets the fields that a JSON object names, and leaves the others.
    ///
    /// Keys are the field names. `null` clears a field. On an error nothing is changed.
    ///
    /// - Parameter json: the object in UTF-8.
    /// - Throws: an error that names the field, never its value.
    public mutating func apply(fieldsJSON json: [UInt8]) throws(ReportError) {
        guard json.count <= Self.longestFields else { throw .fieldsTooLarge }
        // The decoder's own errors may quote the input, so they are not passed on.
        guard let fields = try? JSONDecoder().decode([String: FieldValue].self, from: Data(json))
        else { throw .notAnObject }
        var changed = self
        // Sorted, so that the same file always gives the same error.
        for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
            try changed.set(key, value)
        }
        try changed.checkLimits()
        self = changed
    }

    /// Sets one field.
    ///
    /// - Parameters:
    ///   - key: the name of the field.
    ///   - value: its value.
    /// - Throws: `unknownField` or `wrongType`.
    private mutating func set(_ key: String, _ value: FieldValue) throws(ReportError) {
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
            let names: [String: Recording] = ["verbatim": .verbatim, "asTold": .asTold]
            recorded = try value.choice(key, names, "\"verbatim\" or \"asTold\"")
        case "channel":
            let names: [String: Channel] = [
                "mail": .mail, "chat": .chat, "phone": .phone, "inPerson": .inPerson,
                "form": .form, "other": .other,
            ]
            channel = try value.choice(
                key, names, "\"mail\", \"chat\", \"phone\", \"inPerson\", \"form\" or \"other\"")
        case "receivedOn":
            receivedOn = try value.text(key).map { (text) throws(ReportError) in
                guard let day = Day(text) else { throw .wrongType(key, "a day, YYYY-MM-DD") }
                return day
            }
        case "reporterAliases":
            reporterAliases = try value.list(key, "a list of texts").map {
                (item) throws(ReportError) in
                guard case .text(let alias) = item else { throw .wrongType(key, "a list of texts") }
                return alias
            }
        case "witnesses":
            let wanted = "a list of objects with \"name\" and perhaps \"contact\""
            witnesses = try value.list(key, wanted).map { (item) throws(ReportError) in
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

/// A JSON value of the kinds that report fields have.
private enum FieldValue: Decodable {
    /// A string.
    case text(String)
    /// A truth value.
    case flag(Bool)
    /// An array.
    case list([FieldValue])
    /// An object.
    case object([String: FieldValue])
    /// The null value.
    case null
    /// A number, which no field is.
    case other

    /// Reads whichever kind stands there.
    ///
    /// - Parameter decoder: the place in the input.
    /// - Throws: never for valid JSON.
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([FieldValue].self) {
            self = .list(list)
        } else if let object = try? container.decode([String: FieldValue].self) {
            self = .object(object)
        } else {
            self = .other
        }
    }

    /// The value of a text field.
    ///
    /// - Parameter field: its name.
    /// - Returns: the text, or `nil` for null.
    /// - Throws: `wrongType`.
    func text(_ field: String) throws(ReportError) -> String? {
        switch self {
        case .text(let text): return text
        case .null: return nil
        default: throw .wrongType(field, "a text")
        }
    }

    /// The value of a yes-or-no field.
    ///
    /// - Parameter field: its name.
    /// - Returns: the value, or `nil` for null.
    /// - Throws: `wrongType`.
    func flag(_ field: String) throws(ReportError) -> Bool? {
        switch self {
        case .flag(let flag): return flag
        case .null: return nil
        default: throw .wrongType(field, "true or false")
        }
    }

    /// The items of a list field.
    ///
    /// - Parameters:
    ///   - field: its name.
    ///   - wanted: what it should be, for the error.
    /// - Returns: the items; none for null.
    /// - Throws: `wrongType`.
    func list(_ field: String, _ wanted: String) throws(ReportError) -> [FieldValue] {
        switch self {
        case .list(let items): return items
        case .null: return []
        default: throw .wrongType(field, wanted)
        }
    }

    /// The value of a field with a fixed set of values.
    ///
    /// - Parameters:
    ///   - field: its name.
    ///   - names: the values by their names.
    ///   - wanted: the names, for the error.
    /// - Returns: the value, or `nil` for null.
    /// - Throws: `wrongType`.
    func choice<Value>(
        _ field: String, _ names: [String: Value], _ wanted: String
    ) throws(ReportError) -> Value? {
        if case .null = self { return nil }
        guard case .text(let name) = self, let value = names[name] else {
            throw .wrongType(field, wanted)
        }
        return value
    }
}
