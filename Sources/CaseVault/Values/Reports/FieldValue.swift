// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A JSON value of the kinds that report fields have.
enum FieldValue {
    /// A string.
    case text(String)
    /// A truth value.
    case flag(Bool)
    /// An array.
    case list([FieldValue])
    /// An object.
    case object([String: FieldValue])
    /// A whole number, which no field of a report is.
    case number(Int)
    /// The null value.
    case null
    /// Anything else, which no field is.
    case other

    /// Takes a value as it was read.
    ///
    /// - Parameter tree: the value.
    init(_ tree: JSONTree) {
        switch tree {
        case .null: self = .null
        case .flag(let flag): self = .flag(flag)
        case .integer(let number): self = .number(number)
        case .number: self = .other
        case .text(let text): self = .text(text)
        case .list(let items): self = .list(items.map(FieldValue.init))
        case .object(let members): self = .object(members.mapValues(FieldValue.init))
        }
    }

    /// The value of a text field.
    ///
    /// - Parameter field: its name.
    /// - Returns: the text, or `nil` for null.
    /// - Throws: `wrongType`.
    func text(_ field: String) throws(VaultError) -> String? {
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
    func flag(_ field: String) throws(VaultError) -> Bool? {
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
    func list(_ field: String, _ wanted: String) throws(VaultError) -> [FieldValue] {
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
    ) throws(VaultError) -> Value? {
        if case .null = self { return nil }
        guard case .text(let name) = self, let value = names[name] else {
            throw .wrongType(field, wanted)
        }
        return value
    }

    // MARK: - Writing

    /// The value as JSON in one line, keys sorted, with nothing in it that could act on a screen.
    var json: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .flag(let flag): flag ? "true" : "false"
        case .number(let number): "\(number)"
        case .null, .other: "null"
        case .list(let items): "[" + items.map(\.json).joined(separator: ", ") + "]"
        case .object(let members):
            "{"
                + members.sorted { $0.key < $1.key }
                .map { Self.quoted($0.key) + ": " + $0.value.json }.joined(separator: ", ") + "}"
        }
    }

    /// A string in quotes; what is not plainly visible is written as UTF-16 in hexadecimal.
    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" {
                out += "\\"
                out.unicodeScalars.append(scalar)
            } else if scalar == "\n" {
                out += "\\n"
            } else if CharacterClass.isShowable(scalar) {
                out.unicodeScalars.append(scalar)
            } else {
                for unit in String(scalar).utf16 {
                    let hex = String(unit, radix: 16)
                    out += "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex
                }
            }
        }
        return out + "\""
    }
}

extension ReportField.Value {
    /// The value as it stands in JSON.
    var json: FieldValue {
        switch self {
        case .text(let text): .text(text)
        case .flag(let flag): .flag(flag)
        case .texts(let texts): .list(texts.map(FieldValue.text))
        case .witnesses(let witnesses):
            .list(
                witnesses.map { witness in
                    var members = ["name": FieldValue.text(witness.name)]
                    if let contact = witness.contact { members["contact"] = .text(contact) }
                    return .object(members)
                })
        }
    }
}
