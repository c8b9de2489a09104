// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// Every command of `Docs/GUIDE.md` is run, from the first to the last, as one story.
///
/// A comment in front of each block says who types it, and which answers the test gives as options
/// because it has no terminal. See `GuideStep`.
struct GuideTests {
    /// The files that the guide speaks of, with something in them.
    private static let files = [
        "mail.eml": """
        From: Alex Writer <alex.writer@example.org>
        To: Conduct committee <conduct@example.org>
        Subject: At the social
        Date: Fri, 20 Nov 2026 10:00:00 +0100

        At the social on Thursday Jo Sample stood in the way three times.
        """,
        "mail-2.eml": """
        From: Chris Second <chris@example.org>
        Subject: I saw it, too
        Date: Sat, 21 Nov 2026 10:00:00 +0100

        On Thursday I stood beside them.
        """,
        "about.txt": "Jo Sample; jsample\n", "notes.md": "Taken by phone.\n",
        "about-kim.txt": "Kim\n", "taken.txt": "Taken in person.\n",
        "about-friend.txt": "Lee Example\n", "answer.txt": "We have your report.\n",
        "meeting.md": "In scope: it happened at the social.\n", "plan.md": "No contact.\n",
        "plan-2.md": "No contact for a year.\n", "consequences.md": "Temporary removal.\n",
        "to-moderators.txt": "We recommend a temporary removal.\n",
        "talk.txt": "Heard on Monday.\n", "to-reporter.txt": "This is what will happen.\n",
        "contacts.txt": "Robin; robin@example.org; speaks French\nSam; sam@example.org\n",
        "outcome.txt": "As voted.\n", "about-more.txt": "Pat Example\n",
    ]

    @Test func everyCommandRunsAsPrinted() throws {
        let scene = try Scene()
        for (name, text) in Self.files { try scene.write(text, to: name) }
        try FileManager.default.copyItem(
            at: Tool.root.appending(path: "Examples/rules/pydistrict.json"),
            to: scene.folder.appending(path: "pydistrict.json"))
        let old = scene.folder.appending(path: "old/2024 autumn")
        try FileManager.default.createDirectory(at: old, withIntermediateDirectories: true)
        try scene.write("Lou Example\n", to: "old/2024 autumn/about.txt")
        try scene.write("From the time before, 2024-10-03.\n", to: "old/2024 autumn/report.md")
        let guide = try String(
            contentsOf: Tool.root.appending(path: "Docs/GUIDE.md"), encoding: .utf8)
        let steps = try GuideStep.all(in: guide)
        try #require(steps.count > 40)
        let player = GuidePlayer(scene: scene)
        for step in steps { try player.play(step) }

        // What the guide says came of it.
        #expect(player.cases.count == (Outside.canSeal ? 4 : 3))
        let handed = try #require(player.cases["paper-moon"])
        #expect(try scene.run("sam", ["show", handed]).exit == 4)
        #expect(try scene.must("guest", ["show"]).exit == 0)
        #expect(try scene.run("guest", ["show", handed]).exit == 4)
        let shelf = try #require(player.cases["home-shelf"])
        let erased = try scene.must("robin", ["show", shelf])
        #expect(erased.json["isBeingErased"] as? Bool == true)
        let joSees =
            try scene.must("jo", ["show"]).text + scene.must("jo", ["declare", "--list"]).text
        #expect(!joSees.contains("Jo Sample"))
        #expect(!joSees.contains(shelf.replacing("-", with: " ")))
        #expect(try scene.run("jo", ["show", shelf]).exit == 4)
        #expect(try scene.run("kim", ["show", shelf]).exit == 4)
    }
}
