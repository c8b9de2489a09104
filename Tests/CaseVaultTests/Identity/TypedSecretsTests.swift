// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// What people type, print, save and send comes in many forms.
struct TypedSecretsTests {
    /// A folder for one test.
    private func withFolder<T>(_ body: (URL) throws -> T) throws -> T {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("casevault-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    /// A passphrase of these bytes.
    private func passphrase(_ bytes: [UInt8]) throws -> Passphrase { try Passphrase(bytes.span) }

    @Test(arguments: [
        "correct horse\r\n", "correct horse\r", "correct horse\n",
        "\u{FEFF}correct horse", "\u{FEFF}correct horse\r\n", " correct horse  \n",
        "correct\u{A0}horse", "\u{3000}correct\u{2003}horse\u{A0} \r\n",
    ])
    func aPassphraseIsOneLine(_ typed: String) throws {
        let meant = try PassphraseRule.meant(by: Array(typed.utf8).span)
        #expect(meant == Array("correct horse".utf8))
    }

    @Test func passphrasesHaveOneUnicodeForm() throws {
        let one = try PassphraseRule.meant(by: Array("cafe\u{301}".utf8).span)
        let other = try PassphraseRule.meant(by: Array("caf\u{E9}".utf8).span)
        #expect(one == other && one == Array("caf\u{E9}".utf8))
        try withFolder { folder in
            let file = folder.appendingPathComponent("key")
            let key = try MemberKey.generate(name: "Robin")
            try key.save(to: file, passphrase: passphrase(Array("cafe\u{301}\r".utf8)))
            let again = try MemberKey(
                contentsOf: file, passphrase: passphrase(Array("caf\u{E9}".utf8)))
            #expect(again.card == key.card)
        }
    }

    @Test(
        arguments: [
            [0x61, 0, 0x62], [0x61, 0x0D, 0x62], [0x61, 0x0A, 0x62], [0x61, 7], [0x61, 0x7F],
            [0xFF, 0xFE], [], [0x0D, 0x0A], [0xEF, 0xBB, 0xBF], [0x20, 0x20], [0xC2, 0xA0],
            Array("a\u{200B}b".utf8), Array("a\u{AD}b".utf8), Array("a\u{202E}b".utf8),
            Array("a\u{85}b".utf8), Array("a\u{FEFF}b".utf8),
        ] as [[UInt8]])
    func whatNoKeyboardTypesIsNoPassphrase(_ bytes: [UInt8]) {
        // Of what nobody sees nothing is left.
        let unseen: Set<UInt8> = [0x0D, 0x0A, 0x20, 0xEF, 0xBB, 0xBF, 0xC2, 0xA0]
        let why: VaultError = unseen.isSuperset(of: bytes) ? .emptyPassphrase : .passphraseNotText
        #expect(throws: why) { try passphrase(bytes) }
        if bytes.isEmpty { return }
        #expect(throws: why) { try Passphrase(SecretBytes(copying: bytes.span)) }
    }

    @Test func aBackupIsReadAsPeopleTypeIt() throws {
        let key = try MemberKey.generate(name: "Robin")
        let lines = PrintedBackup(of: key).text.split(separator: "\n").map(String.init)
        let code = lines[1]
        let typed = [
            code.lowercased(), code.replacing("0", with: "O"), code.replacing("0", with: "o"),
            code.replacing("1", with: "I"), code.replacing("1", with: "l"),
            code.replacing("-", with: "\u{2013}"), code.replacing("-", with: "\u{2014}"),
            code.replacing("-", with: " \u{2212} "), code.replacing("-", with: "\u{A0}"),
            code.replacing("-", with: "\n"), code.replacing("-", with: " \u{301C} "),
            String(
                String.UnicodeScalarView(
                    code.unicodeScalars.map {
                        $0 == "-" ? $0 : Unicode.Scalar($0.value + 0xFEE0) ?? $0
                    })),
        ]
        for text in typed {
            #expect(try PrintedBackup.restore(lines[0] + "\n" + text).card == key.card)
            #expect(try PrintedBackup.restore("\u{FEFF}Robin\r\n\(text)\r\n").card == key.card)
            let quoted = "Print it, and lock it away:\n\n> Robin\n> "
            #expect(
                try PrintedBackup.restore(
                    quoted + text.replacing("\n", with: "\n> ") + "\n\nSam wrote that."
                ).card
                    == key.card)
            // As some shells write what they are told to keep.
            let wide = ("\u{FEFF}Robin\r\n" + text + "\r\n").utf16
            let low = wide.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            let high = wide.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            for bytes in [low, high, Array(("Robin\n" + text).utf8)] {
                #expect(try PrintedBackup.restore(contents: bytes).card == key.card)
            }
        }
        #expect(throws: VaultError.notABackup) { try PrintedBackup.restore("Sam\n" + code) }
        for bytes in [[], [0xFF, 0xFE], [0xFF, 0xFE, 0x41], [0xFE, 0xFF, 0xD8, 0]] as [[UInt8]] {
            #expect(throws: VaultError.notABackup) { try PrintedBackup.restore(contents: bytes) }
        }
        let wrong = code.first == "7" ? "8" + code.dropFirst() : "7" + code.dropFirst()
        #expect(throws: VaultError.notABackup) { try PrintedBackup.restore("Robin\n" + wrong) }
    }

    @Test func aCardIsFoundInAMail() throws {
        let card = try MemberKey.generate(name: "Robin").card
        let text = card.text
        func wrapped(_ width: Int, _ mark: String, _ end: String) -> String {
            var rest = Substring(text)
            var lines: [String] = []
            while !rest.isEmpty {
                lines.append(mark + rest.prefix(width))
                rest = rest.dropFirst(width)
            }
            return lines.joined(separator: end + "\n")
        }
        for found in [
            text, "\u{FEFF}" + text + "\r\n", "Hello Sam,\n\n\(text)\n\nBest\nRobin",
            "Hello, my card: \(text) Regards", wrapped(76, "", ""), wrapped(40, "> ", ""),
            wrapped(60, "> > ", ""), wrapped(75, "", "="), wrapped(76, "  ", "\r"),
            text.replacing("casevault-card/1 ", with: "casevault-card/1\n"),
            text + "\n\n> " + text, wrapped(70, "", "") + "\nBest regards\n",
            "My card is \(text).", "<\(text)>", "`\(text)`", "\u{201C}\(text)\u{201D}",
            "| " + text, wrapped(60, "Kim> ", ""), wrapped(60, "> Kim> ", ""),
            wrapped(60, "", "\n"), wrapped(9, "", ""), wrapped(10, "> ", ""), wrapped(12, "", "="),
            text.replacing("AA", with: "A\u{AD}A\u{200B}"), text.replacing(" ", with: "\u{A0}"),
            "\u{FEFF}Hi\u{2028}" + text, text.replacing("-", with: "\u{2010}"),
        ] {
            #expect(try MemberCard(text: found) == card, "\(found)")
        }
        let other = try MemberKey.generate(name: "Sam").card
        for wrong in [
            "casevault-card/1", text.dropLast(3) + "\n",
            "no card", text.replacing("casevault-card/1 ", with: "card "),
        ] as [String] {
            #expect(throws: VaultError.notACard(nil)) { try MemberCard(text: String(wrong)) }
        }
        #expect(throws: VaultError.severalCards(nil)) {
            try MemberCard(text: text + "\n" + other.text)
        }
        #expect(throws: VaultError.newerVersion(nil)) {
            try MemberCard(text: "Hello\ncasevault-card/2 abc")
        }
    }

    @Test func aCardIsFoundInTheFileOfAMail() throws {
        let card = try MemberKey.generate(name: "Robin").card
        let plain = "Sch\u{F6}ne Gr\u{FC}\u{DF}e\r\n\(card.text)\r\n"
        let head = "From: Robin <robin@x.example>\r\nSubject: My card\r\nMIME-Version: 1.0\r\n"
        func mail(_ type: String, _ encoding: String, _ body: String) -> [UInt8] {
            Array(
                (head + "Content-Type: \(type)\r\nContent-Transfer-Encoding: \(encoding)\r\n\r\n"
                    + body).utf8)
        }
        func base64(_ text: String) -> String {
            Data(text.utf8).base64EncodedString(options: .lineLength76Characters)
        }
        let page = "<p>Hi</p><p>" + card.text.replacing(" ", with: "&nbsp;") + "</p>"
        let boundary = "multipart/mixed; boundary=b"
        let attached =
            "--b\r\nContent-Type: text/plain\r\n\r\nAttached.\r\n--b\r\n"
            + "Content-Type: application/octet-stream; name=robin.card\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\n\(base64(card.text))\r\n--b--\r\n"
        let latin = plain.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        let wide = ("\u{FEFF}" + plain).utf16
        try withFolder { folder in
            let file = folder.appendingPathComponent("mail")
            for bytes in [
                latin, wide.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
                wide.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] },
                mail("text/plain; charset=utf-8", "base64", base64(plain)),
                mail("text/plain; charset=utf-8", "8bit", plain), mail("text/html", "7bit", page),
                mail("text/html; charset=utf-8", "base64", base64(page)),
                mail(boundary, "7bit", attached),
            ] {
                try Data(bytes).write(to: file)
                #expect(try MemberCard(contentsOf: file) == card)
            }
            let other = try MemberKey.generate(name: "Sam").card
            let two = mail("text/plain", "base64", base64(card.text + "\n" + other.text))
            for (bytes, why) in [
                (mail("text/plain", "base64", base64("no card")), VaultError.notACard(nil)),
                ([], .notACard(nil)), (two, .severalCards(nil)),
            ] {
                try Data(bytes).write(to: file)
                #expect(throws: why) { try MemberCard(contentsOf: file) }
            }
        }
    }

    @Test func aPassphraseIsChangedAndTheOldOneOpensNothing() throws {
        try withFolder { folder in
            let file = folder.appendingPathComponent("key")
            let link = folder.appendingPathComponent("link")
            let key = try MemberKey.generate(name: "Robin")
            let (old, new) = try (passphrase([0x61]), passphrase([0x62]))
            try key.save(to: file, passphrase: old)
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
            #expect(throws: VaultError.wrongPassphrase("")) {
                try key.changePassphrase(of: file, from: new, to: new)
            }
            try key.changePassphrase(of: link, from: old, to: new)
            #expect(try MemberKey(contentsOf: link) { new }.card == key.card)
            #expect(throws: VaultError.wrongPassphrase("")) {
                try MemberKey(contentsOf: file, passphrase: old)
            }
            #expect(
                try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == file.path)
            #expect(throws: VaultError.notAKey("")) {
                try MemberKey.generate(name: "Sam").changePassphrase(of: file, from: new, to: nil)
            }
        }
    }

    @Test func aKeyComesThroughAPipe() throws {
        try withFolder { folder in
            let file = folder.appendingPathComponent("key")
            let key = try MemberKey.generate(name: "Robin")
            try key.save(to: file, passphrase: nil)
            let pipe = Pipe()
            try pipe.fileHandleForWriting.write(contentsOf: Data(contentsOf: file))
            try pipe.fileHandleForWriting.close()
            let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
            let read = try MemberKey(contentsOf: URL(fileURLWithPath: path), passphrase: nil)
            #expect(read.card == key.card)
        }
    }

    @Test func nothingIsWrittenIntoASharedFolderByAnyName() throws {
        let committee = try TestCommittee("Robin")
        let root = committee.root
        let link = root.appendingPathComponent("link")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: committee.folder)
        let key = try committee.key("Robin")
        let robin = try committee.vault("Robin")
        for place in [
            committee.folder, link, committee.folder.appendingPathComponent("sealed"),
            committee.folder.appendingPathComponent("new/newer"),
            root.appendingPathComponent("nowhere/../vault"),
            link.appendingPathComponent("sealed/.."),
        ] {
            let file = place.appendingPathComponent("x")
            #expect(throws: VaultError.insideVault("")) { try key.save(to: file, passphrase: nil) }
            #expect(throws: VaultError.insideVault("")) { try PlainFile.save("a", to: file) }
            #expect(throws: VaultError.insideVault("")) { try robin.export(to: place) }
            #expect(throws: VaultError.insideVault("")) {
                try Vault(
                    at: committee.folder, key: key,
                    in: VaultEnvironment(stateDirectory: place.path))
            }
        }
        // Also where the file that makes it a vault is missing.
        try FileManager.default.removeItem(at: committee.folder.appendingPathComponent("VAULT"))
        #expect(throws: VaultError.insideVault("")) {
            try PlainFile.save("a", to: committee.folder.appendingPathComponent("x"))
        }
        try PlainFile.save("a", to: root.appendingPathComponent("x"))
    }
}
