// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension JSONValue {
    /// A number, or nothing.
    static func optional(_ number: Int?) -> JSONValue { number.map(JSONValue.number) ?? .null }

    /// The value over several lines, for people to read and change: what holds no list and no
    /// object stays in one line.
    var indented: String { indented(behind: "") }

    /// The same, behind a margin.
    private func indented(behind margin: String) -> String {
        let inner = margin + "  "
        let parts: [String]
        let ends: (String, String)
        switch self {
        case .list(let items):
            parts = items.map { $0.indented(behind: inner) }
            ends = ("[", "]")
        case .object(let members) where !isFlat:
            parts = members.map { key, value in
                JSONValue.text(key).text + ": " + value.indented(behind: inner)
            }
            ends = ("{", "}")
        default: return text
        }
        guard !parts.isEmpty else { return text }
        let lines = parts.map { inner + $0 }.joined(separator: ",\n")
        return ends.0 + "\n" + lines + "\n" + margin + ends.1
    }

    /// Whether this is an object without lists and objects in it.
    private var isFlat: Bool {
        guard case .object(let members) = self else { return false }
        return members.allSatisfy { _, value in
            switch value {
            case .list, .object: false
            default: true
            }
        }
    }
}
