// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Taking in sealed reports, and answering.
struct TakeTests {
    /// A committee of three, and a report that Robin and Sam can open and Kim must not read.
    private func scene() throws -> (TestCommittee, TestReport) {
        let team = try TestCommittee("Robin", "Sam", "Kim")
        var report = TestReport()
        report.recipients = try ["Robin", "Sam"].map { try team.card($0).boxKey.raw }
        report.leftOut = [try team.card("Kim").boxKey.raw]
        return (team, report)
    }

    /// A report as a member opens it.
    private func opened(
        _ report: TestReport, by name: String, in team: TestCommittee
    ) throws -> (Vault, SealedReport) {
        let vault = try team.vault(name)
        return (vault, try vault.openSealedReport(in: Array(report.armored().utf8)))
    }

    @Test func startsACaseWithTextFieldsAndFiles() throws {
        let (team, report) = try scene()
        let (vault, sealed) = try opened(report, by: "Robin", in: team)
        #expect(sealed.people.map(\.name) == ["Alex Doe"])
        #expect(vault.membersLeftOut(of: sealed).map(\.name) == ["Kim"])
        #expect(vault.recipients(of: sealed).map(\.name) == ["Robin", "Sam"])
        let taken = try vault.take(sealed)
        let entry = try #require(try taken.item.entries().first)
        #expect(entry.text == "It happened.")
        #expect(entry.report?.channel == .form && entry.report?.recorded == .verbatim)
        #expect(entry.report?.incidentPlace == "Hall")
        #expect(entry.attachments.map(\.name) == ["key for answers", "a.txt"])
        var bytes: [UInt8] = []
        try taken.item.readAttachment(2, ofEntry: 1) { (part) throws(VaultError) in
            for index in part.indices { bytes.append(part[index]) }
        }
        #expect(bytes == Array("abc".utf8))
    }

    @Test func whoWasLeftOutFindsNeitherCheckNorRow() throws {
        let (team, report) = try scene()
        let (vault, sealed) = try opened(report, by: "Robin", in: team)
        try vault.take(sealed)
        let kim = try team.vault("Kim")
        #expect(kim.checks.isEmpty && kim.register.isEmpty && kim.cases.isEmpty)
        #expect(try team.vault("Sam").checks.count == 1)
        // It is written down, so that nobody is asked later whether Kim may be shown the name.
        let (checks, left) = (vault.readableChecks, try team.card("Kim").id)
        #expect(checks.count == 1 && checks.allSatisfy { $0.withheld.contains(left) })
        #expect(throws: VaultError.sealedToOthers) {
            try kim.openSealedReport(in: Array(report.armored().utf8))
        }
    }

    @Test func theTakerDecidesOtherwiseAfterSeeing() throws {
        let (team, report) = try scene()
        let (vault, sealed) = try opened(report, by: "Robin", in: team)
        try vault.take(sealed, withholdingFrom: [])
        #expect(try team.vault("Kim").checks.count == 1)
    }

    @Test func withAConflictItIsHandedOnUnread() throws {
        let (team, report) = try scene()
        let (vault, sealed) = try opened(report, by: "Robin", in: team)
        let item = try vault.take(sealed, handingOver: true).item
        #expect(!item.hasTakenFirstLook)
        #expect(throws: VaultError.notForYou) { try item.entries() }
        try team.declareAll("Sam")
        _ = try team.vault("Robin").catchUp()
        _ = try team.vault("Sam").catchUp()
        let case2 = try #require(try team.vault("Sam").cases.first)
        _ = try case2.takeFirstLook(.noConflict)
        #expect(try case2.entries().first?.text == "It happened.")
        _ = try team.vault("Robin").catchUp()
        #expect(try team.vault("Robin").cases.isEmpty)
    }

    @Test func twoTakersMakeTwoCasesThatKnowEachOther() throws {
        let (team, report) = try scene()
        let (robin, one) = try opened(report, by: "Robin", in: team)
        let first = try robin.take(one).item
        let (sam, two) = try opened(report, by: "Sam", in: team)
        let second = try sam.take(two).item
        #expect(try first.sameReport().isEmpty, "nobody reads both yet")
        for _ in 0..<2 {
            for name in ["Robin", "Sam"] {
                try team.declareAll(name)
                _ = try team.vault(name).catchUp()
            }
        }
        let vault = try team.vault("Robin")
        for item in vault.cases where !item.hasTakenFirstLook {
            _ = try item.takeFirstLook(.noConflict)
        }
        let mine = try #require(vault.cases.first { $0.id == first.id })
        #expect(try mine.sameReport().map(\.id) == [second.id])
    }

    @Test func isTakenInOnce() throws {
        let (team, report) = try scene()
        let (vault, sealed) = try opened(report, by: "Robin", in: team)
        try vault.take(sealed)
        let before = try team.snapshot().count
        let (again, same) = try opened(report, by: "Robin", in: team)
        let refused1 = #expect(throws: VaultError.self) { try again.take(same) }
        #expect(refused1?.reason.name == "takenAlready")
        #expect(try team.snapshot().count == before)
    }

    @Test func aFurtherMessageJoinsItsCase() throws {
        let (team, report) = try scene()
        let (vault, sealed) = try opened(report, by: "Robin", in: team)
        let item = try vault.take(sealed).item
        var further = report
        further.kind = 2
        further.text = "It happened again."
        further.fileKey = .random()
        let (later, message) = try opened(further, by: "Robin", in: team)
        let taken = try later.take(message)
        #expect(taken.item.id == item.id && taken.entry?.label == "2")
        let entry = try #require(try taken.item.entries().last)
        #expect(entry.kind == .reporter && entry.text.contains("It happened again."))
        #expect(entry.attachments.map(\.name).contains("a.txt"))
        let refused2 = #expect(throws: VaultError.self) { try later.take(message) }
        #expect(refused2?.reason.name == "takenAlready")
    }

    @Test func aFurtherMessageWithoutTheReceiptStartsACaseOfItsOwn() throws {
        let (team, report) = try scene()
        let (vault, sealed) = try opened(report, by: "Robin", in: team)
        let item = try vault.take(sealed).item
        var forged = report
        forged.kind = 2
        forged.receipt = Array(1...16)
        let (later, message) = try opened(forged, by: "Robin", in: team)
        let taken = try later.take(message)
        #expect(taken.item.id != item.id && taken.entry == nil)
        #expect(try taken.item.sameReport().isEmpty)
    }

    @Test func readersSealAnswersToTheReceipt() throws {
        let (team, report) = try scene()
        let (vault, sealed) = try opened(report, by: "Robin", in: team)
        let item = try vault.take(sealed).item
        #expect(item.canSealAnswers)
        let answer = try item.sealAnswer("We have got it.")
        let letter = try #require(LetterText.find(.answer, in: Array(answer.text.utf8)).first)
        let body = try #require(
            try SealedLetter.open(.answer, letter, with: report.answerPair())?.body)
        #expect(String(decoding: body.suffix(15), as: UTF8.self) == "We have got it.")
        let other = try team.startCase(by: "Robin")
        #expect(!other.canSealAnswers)
        #expect(throws: VaultError.cannotSealAnswer) { try other.sealAnswer("x") }
    }

    @Test func noFileFromOutsideCanPoseAsTheKeyForAnswers() throws {
        let (team, report) = try scene()
        var hostile = report
        hostile.files = [
            ("key for answers", AttachmentNote.replyType, [UInt8](repeating: 1, count: 101))
        ]
        let (vault, sealed) = try opened(hostile, by: "Robin", in: team)
        let entry = try #require(try vault.take(sealed).item.entries().first)
        let types = entry.attachments.map(\.mediaType)
        #expect(types.count { $0 == AttachmentNote.replyType } == 1)
        let source = AttachmentSource(name: "a", bytes: [], mediaType: AttachmentNote.replyType)
        #expect(source.mediaType == "application/octet-stream")
    }

    @Test func findsTheReportInAMailAndItsAttachment() throws {
        let (team, report) = try scene()
        let vault = try team.vault("Robin")
        let text = try report.armored()
        let head = "From: a@example.org\r\nDate: Mon, 30 Nov 2026 05:00:00 +0000\r\n"
        let plain = head + "Subject: Sealed report\r\n\r\nHello\r\n\r\n" + text
        #expect(try vault.openSealedReport(in: Array(plain.utf8)).reportedPeople.count == 1)
        let encoded = Data(text.utf8).base64EncodedString(options: [.lineLength76Characters])
        let mixed =
            head + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b\r\n"
            + "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n"
            + "Content-Disposition: attachment; filename=sealed-report.txt\r\n\r\n\(encoded)\r\n"
            + "--b--\r\n"
        #expect(
            try vault.openSealedReport(in: Array(mixed.utf8), fileName: "a.eml").reportedPeople
                .count == 1)
    }

    @Test func saysWhatIsWrongWithWhatItGets() throws {
        let (team, report) = try scene()
        let vault = try team.vault("Robin")
        #expect(throws: VaultError.noSealedReport) {
            try vault.openSealedReport(in: Array("Hello".utf8))
        }
        var letter = try report.sealed()
        letter[letter.count - 1] ^= 1
        let changed = LetterText.armored(.report, letter)
        #expect(throws: VaultError.changedReport) {
            try vault.openSealedReport(in: Array(changed.utf8))
        }
        var other = report
        other.fileKey = .random()
        let both = try report.armored() + other.armored()
        #expect(throws: VaultError.severalReports) {
            try vault.openSealedReport(in: Array(both.utf8))
        }
    }
}
