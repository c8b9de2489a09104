// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What somebody decided about a name and a member, after they were shown both.
///
/// There is no third word for "not decided": what nobody was shown is left out, and stays closed
/// until somebody is asked about it.
public enum Visibility: Hashable, Sendable {
    /// The member may see the name, and is asked about it.
    case shown
    /// The name is kept from the member, and with it row and case.
    case withheld
}

extension Sequence where Element: Identifiable {
    /// A decision about each of these, which somebody was shown: the named ones are kept, all
    /// others are shown.
    ///
    /// - Parameter withheld: Which are kept. One that is not among these is decided too, so that
    ///   the act it is given to refuses it if there is no such thing.
    /// - Returns: The decisions.
    public func decisions(withholding withheld: Set<Element.ID> = []) -> [Element.ID: Visibility] {
        var decisions: [Element.ID: Visibility] = [:]
        for item in self { decisions[item.id] = .shown }
        for id in withheld { decisions[id] = .withheld }
        return decisions
    }
}
