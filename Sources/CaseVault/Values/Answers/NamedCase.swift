// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A case as an answer names it: the id for programs, beside the name for people.
///
/// Two cases that were started apart can have one code name.
struct NamedCase: Hashable {
    /// The case.
    let id: TypedID<Named.ACase>
    /// Its code name.
    let codeName: CodeName
}
