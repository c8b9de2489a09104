// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What is wrong with a field of a rules file.
struct RulesFault: Error {
    /// A sentence without its end, such as "the field responses[2].name is missing".
    let text: String

    /// A field that is not as it must be.
    init(_ path: String, _ wanted: String) { text = "the field \(path) \(wanted)" }

    /// Something else.
    init(text: String) { self.text = text }
}

/// One value of a rules file, and the path to it for errors.
struct RulesField {
    /// How people find it, such as `responses[2].name`.
    let path: String
    /// The value.
    let value: JSONTree
    /// Whether somebody gives these rules now: then a name that is not known is an error.
    let isStrict: Bool

    /// A whole number.
    func integer(_ range: ClosedRange<Int>) throws(RulesFault) -> Int {
        guard case .integer(let number) = value, range.contains(number) else {
            throw RulesFault(path, "must be \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A whole number, or `null` for none.
    func optionalInteger(_ range: ClosedRange<Int>) throws(RulesFault) -> Int? {
        if value == .null { return nil }
        guard case .integer(let number) = value, range.contains(number) else {
            throw RulesFault(path, "must be \(range.lowerBound) to \(range.upperBound), or null")
        }
        return number
    }

    /// A truth value.
    func flag() throws(RulesFault) -> Bool {
        guard case .flag(let flag) = value else { throw RulesFault(path, "must be true or false") }
        return flag
    }

    /// One line of ordinary text.
    func line() throws(RulesFault) -> String {
        guard case .text(let text) = value else { throw RulesFault(path, "must be a text") }
        let line = DisplayName.tidied(text)
        guard DisplayName.isValid(line) else {
            throw RulesFault(
                path, "must be one line of 1 to \(DisplayName.maximumScalars) ordinary characters")
        }
        return line
    }

    /// One line that says what somebody does, not who it is or how to reach them.
    func role() throws(RulesFault) -> String {
        let line = try line()
        let digits = line.unicodeScalars.count { $0.properties.numericType == .decimal }
        guard !line.contains("@"), digits < 5 else {
            throw RulesFault(path, "must be a role, not a person's address or number")
        }
        return line
    }

    /// One of a few words.
    func choice<T: RawRepresentable>(
        of choices: [T]
    ) throws(RulesFault) -> T where T.RawValue == String {
        guard case .text(let text) = value,
            let choice = choices.first(where: { $0.rawValue == text })
        else {
            let words = choices.map(\.rawValue).joined(separator: ", ")
            throw RulesFault(path, "must be one of: \(words)")
        }
        return choice
    }

    /// The items of a list.
    func items(_ count: ClosedRange<Int>) throws(RulesFault) -> [RulesField] {
        guard case .list(let items) = value, count.contains(items.count) else {
            throw RulesFault(
                path, "must be a list of \(count.lowerBound) to \(count.upperBound) items")
        }
        return items.enumerated().map { index, item in
            RulesField(path: "\(path)[\(index)]", value: item, isStrict: isStrict)
        }
    }

    /// The members of an object with fields of its own.
    ///
    /// - Parameter known: The names that have a meaning; strictly, there can be no other.
    /// - Returns: The object.
    /// - Throws: a fault for anything but an object and, where strict, for another name.
    func object(_ known: Set<String>) throws(RulesFault) -> RulesObject {
        guard case .object(let members) = value else {
            throw RulesFault(path, "must be an object")
        }
        let object = RulesObject(path: path, members: members, isStrict: isStrict)
        if isStrict, let other = members.keys.sorted().first(where: { !known.contains($0) }) {
            throw RulesFault(text: "there is no field \(object.path(to: other))")
        }
        return object
    }
}

/// An object of a rules file.
struct RulesObject {
    /// How people find it; empty for the whole file.
    let path: String
    /// What is in it.
    let members: [String: JSONTree]
    /// See `RulesField`.
    let isStrict: Bool

    /// How people find a member. The name is shown escaped and cut.
    func path(to key: String) -> String {
        let shown = SafeText.escaped(String(key.prefix(60)), keepingLineBreaks: false)
        return path.isEmpty ? shown : "\(path).\(shown)"
    }

    /// A member, if it is there.
    subscript(key: String) -> RulesField? {
        members[key].map { RulesField(path: path(to: key), value: $0, isStrict: isStrict) }
    }

    /// A member that has to be there.
    func required(_ key: String) throws(RulesFault) -> RulesField {
        guard let field = self[key] else { throw RulesFault(path(to: key), "is missing") }
        return field
    }

    /// Puts a member into place. If it is not usable this throws where strict, and elsewhere
    /// what is there stays.
    func read<T>(
        _ key: String, into place: inout T, _ read: (RulesField) throws(RulesFault) -> T
    ) throws(RulesFault) {
        guard let field = self[key] else { return }
        do throws(RulesFault) { place = try read(field) } catch {
            if isStrict { throw error }
        }
    }
}
