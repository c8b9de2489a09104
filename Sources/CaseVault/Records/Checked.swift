// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What this machine has checked of a record or a file, now or when it first saw the same bytes.
///
/// Who opens something says with it what need not be checked again, and gets back what is true of
/// it now. Of what comes from the folder and was never seen that is nothing.
struct Checked: OptionSet, Sendable {
    /// One bit for each.
    let rawValue: UInt8

    /// A file's slots are those that its key and its reader list give.
    static let slots = Checked(rawValue: 1)
    /// A file names whoever opens it as a reader, and its sealer signed it.
    static let seal = Checked(rawValue: 2)
    /// The authors signed their records.
    static let signatures = Checked(rawValue: 4)
    /// The declarations in each grant are good.
    static let declarations = Checked(rawValue: 8)

    /// All that stops a file from being opened.
    static let file: Checked = [.slots, .seal, .signatures]
    /// What this process knows of a file that it has just sealed: it computed the slots, and looked
    /// at the declarations before it granted anything. All else is checked as a reader would.
    static let justSealed: Checked = [.slots, .declarations]
}
