// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What a command answers: keys for scripts, text for people, perhaps a failure beside them.
struct Answer {
    /// The keys besides `v`, `ok` and `error`.
    var json: [(String, JSONValue)]
    /// The text for people, with its last line break.
    var text: String
    /// Why the command failed although it has an answer.
    var failure: Failure?
    /// What to say when the answer could not be written, where something in it is shown only now.
    var unshown: Failure?

    /// An answer.
    init(json: [(String, JSONValue)], text: String, failure: Failure? = nil) {
        self.json = json
        self.text = text
        self.failure = failure
    }

    /// The answer of a command that failed.
    init(failing failure: Failure) {
        self.init(json: [], text: "", failure: failure)
    }

    /// The one object on stdout.
    var object: JSONValue {
        var members: [(String, JSONValue)] = [("v", .number(1)), ("ok", .flag(failure == nil))]
        if let failure { members.append(("error", failure.json)) }
        return .object(members + json)
    }
}
