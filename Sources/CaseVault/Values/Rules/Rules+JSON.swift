// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Rules {
    /// Reads rules that somebody gives: whatever is wrong or not known is an error.
    ///
    /// - Parameter json: An object in UTF-8, at most 256 KiB; Docs/RULES.md lists the fields.
    ///   What is left out takes its standard value.
    /// - Throws: `badInput` naming the field by its path, such as `responses[2].name`.
    public init(json: [UInt8]) throws(VaultError) {
        guard json.count <= Self.sizeLimit else { throw .badRules("the file is too large") }
        do throws(RulesFault) { try self.init(json, isStrict: true) } catch {
            throw .badRules(error.text)
        }
    }

    /// Reads rules that stand in a record. A newer program may have written them, or a hostile
    /// one: what is not usable takes its standard value, and the roster stays readable.
    init(recorded json: [UInt8]) {
        do throws(RulesFault) { try self.init(json, isStrict: false) } catch {
            self = .standard
            self.json = json
        }
    }

    /// The names of the fields.
    private static let fields: Set<String> = [
        "name", "minimumReaders", "newcomers", "responses", "majority", "quorum", "deadlines",
        "recusalLimit", "columns", "contacts", "retention", "appeals", "numbersBy",
    ]

    /// Reads rules.
    private init(_ json: [UInt8], isStrict: Bool) throws(RulesFault) {
        let tree: JSONTree
        do throws(JSONTree.Fault) { tree = try JSONTree(parsing: json) } catch {
            throw RulesFault(text: "line \(error.line): \(error.why)")
        }
        guard case .object = tree else { throw RulesFault(text: "they are not a JSON object") }
        var rules = Rules.standard
        rules.json = json
        let file = try RulesField(path: "", value: tree, isStrict: isStrict).object(Self.fields)
        try file.read("name", into: &rules.name) { (field) throws(RulesFault) in
            field.value == .null ? nil : try field.line()
        }
        try file.read("minimumReaders", into: &rules.minimumReaders) {
            (field) throws(RulesFault) in try field.integer(1...30)
        }
        try file.read("newcomers", into: &rules.newcomers) { (field) throws(RulesFault) in
            try field.choice(of: [Newcomers.allCases, .newCasesOnly])
        }
        try file.read("responses", into: &rules.responses, Self.responses)
        try file.read("majority", into: &rules.majority) { (field) throws(RulesFault) in
            try field.choice(of: Majority.allCases)
        }
        try file.read("quorum", into: &rules.quorum) { (field) throws(RulesFault) in
            try field.optionalInteger(1...30)
        }
        try file.read("deadlines", into: &rules.deadlines, Self.deadlines)
        try file.read("recusalLimit", into: &rules.recusalLimit) { (field) throws(RulesFault) in
            try field.optionalInteger(0...30)
        }
        try file.read("columns", into: &rules.columns, Self.columns)
        try file.read("contacts", into: &rules.contacts, Self.contacts)
        let responses = rules.responses
        try file.read("retention", into: &rules.retention) { (field) throws(RulesFault) in
            try Self.retention(field, of: responses)
        }
        try file.read("appeals", into: &rules.appeals, Self.appeals)
        try file.read("numbersBy", into: &rules.numbersBy) { (field) throws(RulesFault) in
            try field.choice(of: Publishing.allCases)
        }
        self = rules
    }

    // MARK: - Parts

    /// Reads the responses; no two have one name.
    private static func responses(_ field: RulesField) throws(RulesFault) -> [Response] {
        var responses: [Response] = []
        var names: Set<String> = []
        for item in try field.items(1...64) {
            let object = try item.object(["name", "timed", "steps"])
            let name = try object.required("name")
            let text = try name.line()
            let isTimed = try object["timed"]?.flag() ?? false
            let steps = try object["steps"]?.optionalInteger(2...Response.stepWords.count)
            let all =
                steps.map { (1...$0).map { Response(text, step: $0, isTimed: isTimed) } }
                ?? [Response(name: text, isTimed: isTimed)]
            // The name of a family is taken, too, or what it keeps would be unclear.
            guard
                Set(all.map(\.name) + (steps == nil ? [] : [text])).allSatisfy({
                    names.insert(TextFolding.fold($0)).inserted
                })
            else {
                throw RulesFault(name.path, "stands there twice")
            }
            responses += all
        }
        return responses
    }

    /// Reads the deadlines.
    private static func deadlines(_ field: RulesField) throws(RulesFault) -> Deadlines {
        let object = try field.object([
            "acknowledgeHours", "followUpDays", "moderatorsDays", "appealDays", "appealAnswerDays",
        ])
        var deadlines = Deadlines()
        /// Reads one of them.
        func read(
            _ key: String, _ place: WritableKeyPath<Deadlines, Int?>, _ most: Int
        ) throws(RulesFault) {
            try object.read(key, into: &deadlines[keyPath: place]) {
                (field) throws(RulesFault) in try field.optionalInteger(1...most)
            }
        }
        try read("acknowledgeHours", \.acknowledgeHours, 8760)
        try read("followUpDays", \.followUpDays, 3650)
        try read("moderatorsDays", \.moderatorsDays, 3650)
        try read("appealDays", \.appealDays, 3650)
        try read("appealAnswerDays", \.appealAnswerDays, 3650)
        return deadlines
    }

    /// Reads the columns; each at most once.
    private static func columns(_ field: RulesField) throws(RulesFault) -> [ColumnUse] {
        var columns: [ColumnUse] = []
        for item in try field.items(1...RegisterRow.Column.allCases.count) {
            let object = try item.object(["name", "label"])
            let name = try object.required("name")
            let all = RegisterRow.Column.allCases
            guard case .text(let word) = name.value,
                let column = all.first(where: { $0.name == word })
            else {
                let words = all.map(\.name).joined(separator: ", ")
                throw RulesFault(name.path, "must be one of: \(words)")
            }
            guard !columns.contains(where: { $0.column == column }) else {
                throw RulesFault(name.path, "stands there twice")
            }
            columns.append(
                ColumnUse(
                    column: column,
                    label: try object["label"]?.line() ?? column.heading))
        }
        return columns
    }

    /// Reads the contacts.
    private static func contacts(_ field: RulesField) throws(RulesFault) -> [Contact] {
        var contacts: [Contact] = []
        for item in try field.items(0...64) {
            let object = try item.object(["role", "task"])
            contacts.append(
                Contact(
                    role: try object.required("role").role(), task: try object["task"]?.role()))
        }
        return contacts
    }

    /// Reads how long cases are kept.
    private static func retention(
        _ field: RulesField, of responses: [Response]
    ) throws(RulesFault) -> Retention {
        let object = try field.object(["months", "responses"])
        var retention = Retention()
        try object.read("months", into: &retention.months) { (field) throws(RulesFault) in
            try field.optionalInteger(1...1200)
        }
        guard let field = object["responses"] else { return retention }
        guard case .object(let members) = field.value else {
            throw RulesFault(field.path, "must be an object")
        }
        let inner = RulesObject(path: field.path, members: members, isStrict: field.isStrict)
        for key in members.keys.sorted() {
            let folded = TextFolding.fold(key)
            let all = responses.map(\.name) + responses.compactMap(\.family)
            guard let response = all.first(where: { TextFolding.fold($0) == folded }) else {
                if field.isStrict {
                    throw RulesFault(inner.path(to: key), "is not the name of a response")
                }
                continue
            }
            guard retention.byResponse[response] == nil else {
                throw RulesFault(inner.path(to: key), "stands there twice")
            }
            var months: Int?
            try inner.read(key, into: &months) { (field) throws(RulesFault) in
                try field.optionalInteger(1...1200)
            }
            retention.byResponse.updateValue(months, forKey: response)
        }
        return retention
    }

    /// Reads where an outcome can be appealed.
    private static func appeals(_ field: RulesField) throws(RulesFault) -> Appeals? {
        if field.value == .null { return nil }
        let object = try field.object(["to", "outcomeStands"])
        return Appeals(
            to: try object.required("to").role(),
            outcomeStands: try object["outcomeStands"]?.flag() ?? true)
    }
}
