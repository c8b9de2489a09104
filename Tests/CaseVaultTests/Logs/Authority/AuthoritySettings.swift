// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The committees that are searched.
enum AuthoritySettings {
    /// Committees of which everything is tried: one act by hand and two hostile records, in any
    /// order of arrival; of those with a case that is much, so `--all` tries a part.
    static let small: [AuthorityWorld.Setting] = [
        .init(name: "two and Xenia with an own key"),
        .init(
            name: "Xenia founded alone", before: .loneFounder, founder: "X", first: "X",
            losesMemory: false),
        .init(name: "Xenia founded with all", founder: "X"),
        .init(name: "a case, two and Xenia with an own key", menu: .work, losesMemory: false),
        .init(
            name: "honest people only", honest: "ABC", hostile: "", own: "", losesMemory: false,
            hand: 3, bad: 0),
        .init(
            name: "honest people, Ann founded alone", honest: "ABC", hostile: "", own: "",
            first: "A", losesMemory: false, hand: 4, bad: 0),
        .init(
            name: "honest people only, a case", honest: "AB", hostile: "", own: "", menu: .work,
            losesMemory: false, hand: 3, bad: 0),
    ]

    /// Larger ones, of which a part is searched, and which are gone through in random ways.
    static let large: [AuthorityWorld.Setting] = [
        .init(name: "three and Xenia with two own keys", honest: "ABC", own: "EF", hand: 4, bad: 5),
        .init(name: "a case, three and Xenia", honest: "ABC", menu: .work, hand: 4, bad: 5),
        .init(
            name: "Xenia founded alone, with two own keys", own: "EF", before: .loneFounder,
            founder: "X", first: "X", losesMemory: false, hand: 4, bad: 5),
        .init(
            name: "Xenia is Yara, whose key was lost", honest: "ABC", hostile: "XY",
            before: .sameHand, first: "ABCY", hand: 3, bad: 5),
        .init(
            name: "Wanda is Olga, who has a conflict", menu: .work, before: .oldKey, first: "ABXO",
            hand: 4, bad: 4),
        .init(
            name: "a check is withheld from Olga, who is Wanda", menu: .work, before: .withheld,
            first: "ABXO", hand: 4, bad: 4),
        .init(
            name: "Bob has a conflict in another case", menu: .work, before: .otherCase, hand: 3,
            bad: 4),
        .init(
            name: "Bob has a conflict in a case that is not here", menu: .work, before: .hiddenCase,
            hand: 3, bad: 4),
        .init(
            name: "Xenia started the case", menu: .work, starter: "X", hand: 3, bad: 5),
        .init(
            name: "Xenia handed the case over", honest: "AN", menu: .work, before: .handedOver,
            first: "ABX", starter: "X", hand: 3, bad: 5),
        .init(
            name: "a second case of Xenia's", menu: .work, before: .twoCases, starter: "X",
            only: [.root, .letIn, .text, .out], hand: 2, bad: 4),
        .init(
            name: "Ann hands the case over", honest: "ABC", hostile: "", own: "", menu: .work,
            before: .alone, acts: ["has a conflict", "leaves the case", "hands over to"], hand: 4,
            bad: 0),
        .init(
            name: "two hostile members", honest: "ABC", hostile: "XY", own: "E", hand: 4, bad: 5),
        .init(
            name: "a case, two hostile members", honest: "AB", hostile: "XY", own: "E", menu: .work,
            hand: 3, bad: 5),
        .init(
            name: "honest people, Ann founded alone", honest: "ABCD", hostile: "", own: "",
            first: "A", acts: ["admits", "compares with", "leaves"], hand: 9, bad: 0),
        .init(
            name: "honest people only, a case", honest: "ABC", hostile: "", own: "", menu: .work,
            hand: 8, bad: 0),
        // And a few kinds of acts only, more of them.
        .init(name: "who leaves", only: [.letIn, .leave], acts: ["leaves"], hand: 1, bad: 5),
        .init(
            name: "whose key it is", honest: "ABC", hostile: "XY", before: .sameHand, first: "ABCY",
            only: [.letIn, .confirm, .counted, .was], acts: ["admits", "compares with"], hand: 2,
            bad: 5),
        .init(
            name: "holds", menu: .work, only: [.hold, .end, .erase, .letIn],
            acts: ["holds", "ends holds", "erases", "leaves the case", "removes from the case"],
            hand: 3, bad: 4),
        .init(
            name: "links", menu: .work, only: [.link, .end, .letIn, .declare, .out],
            acts: [
                "links", "ends a link", "lets in a guest", "lets back into the case", "lets back",
                "removes from the case", "forgives",
            ], hand: 4, bad: 4),
        .init(
            name: "guests", menu: .work, only: [.letIn, .out],
            acts: ["takes the guest out of the roster", "lets back into the case", "removes"],
            hand: 3, bad: 3),
        .init(
            name: "the row", menu: .work, only: [.text, .letIn, .declare, .leave, .out],
            acts: ["removes from the case", "opens the row", "leaves the case", "lets back"],
            hand: 2, bad: 4),
        .init(
            name: "a case that nobody has power in", honest: "AN", menu: .work, before: .handedOver,
            first: "ABX", starter: "X", only: [.letIn, .out, .confirm], acts: ["has a conflict"],
            hand: 1, bad: 5),
    ]
}
