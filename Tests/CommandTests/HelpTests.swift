// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// The help, word for word.
struct HelpTests {
    @Test(arguments: [["help"], ["--help"], ["-h"], ["--vault", "nowhere", "--help"]])
    func overview(_ arguments: [String]) throws {
        let result = try Scene().run("anybody", arguments)
        #expect(result.text == HelpTexts.overview)
        #expect(result.errors.isEmpty)
        #expect(result.exit == 0)
    }

    @Test(arguments: HelpTexts.commands.map(\.name))
    func command(_ name: String) throws {
        let texts = try #require(HelpTexts.commands.first { $0.name == name })
        let expected =
            texts.before + "\n\n" + HelpTexts.common + "\n"
            + (texts.after.isEmpty ? "" : "\n" + texts.after + "\n")
        let scene = try Scene()
        for arguments in [["help", name], [name, "--help"], [name, "a", "--nonsense", "--help"]] {
            let result = try scene.run("anybody", arguments)
            #expect(result.text == expected)
            #expect(result.errors.isEmpty)
            #expect(result.exit == 0)
        }
    }

    @Test func everyCommandOfTheOverviewHasATest() {
        let listed = HelpTexts.overview.split(separator: "\n")
            .drop { $0 != "Commands:" }.dropFirst().prefix { $0.hasPrefix("  ") }
            .compactMap { $0.split(separator: " ").first }.map(String.init)
        #expect(listed == ["(none)"] + HelpTexts.commands.map(\.name))
    }

    @Test func helpTouchesNothing() throws {
        let scene = try Scene()
        try scene.run("anybody", ["help", "create"])
        try scene.run("anybody", ["create", "--help"])
        #expect(scene.listing.isEmpty)
        let home = try FileManager.default.contentsOfDirectory(atPath: scene.path("home-anybody"))
        #expect(home.isEmpty)
    }

    @Test func version() throws {
        let result = try Scene().run("anybody", ["show", "--version"])
        #expect(result.text == "casevault 0.1.0\n")
        #expect(result.exit == 0)
    }

    @Test func jsonAfterAWordOfItsOwn() throws {
        let scene = try Scene()
        #expect(
            try scene.run("anybody", ["help", "--json"]).json["help"] as? String
                == HelpTexts.overview)
        #expect(
            try scene.run("anybody", ["--version", "--json"]).json["version"] as? String == "0.1.0")
    }
}
