// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// A signed record, reduced to what the rules about people look at.
///
/// There are no parents, no days and no order of arrival here: whoever writes a record chooses
/// these, so no rule may look at them.
struct AuthorityRecord: Sendable {
    /// The record's name.
    let id: RecordID
    /// The log it stands in.
    let log: LogID
    /// Who signed it.
    let author: CardID
    /// What it does.
    let act: AuthorityAct
}
