// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import CaseVaultBridge
import Foundation
import Testing

@testable import CaseVault

/// Sealed reports and answers: their bytes, who opens them, and that nothing wrong is shown.
struct SealedReportTests {
    /// The report of the vectors: for the holder of the first secret, not for the second.
    private static func report() -> TestReport {
        var report = TestReport()
        report.recipients = [TestReport.publicHalf(TestReport.secret(1))]
        report.leftOut = [TestReport.publicHalf(TestReport.secret(2))]
        return report
    }

    /// The first 24 bytes of a letter's hash, as the vectors have it.
    private static func digest(_ letter: [UInt8]) -> String {
        SHA2.sha512(letter).prefix(24).map { byte in
            let hex = String(byte, radix: 16)
            return hex.count == 1 ? "0" + hex : hex
        }.joined()
    }

    /// Opens a letter with the first secret.
    private static func open(_ letter: [UInt8]) throws -> SealedReport? {
        try SealedReport.open(letter, with: TestReport.pair(TestReport.secret(1)))
    }

    // MARK: - Vectors

    @Test func agreesWithTheDocument() throws {
        let text = try String(
            contentsOf: Repository.top.appending(path: "Docs/INTAKE.md"), encoding: .utf8)
        let block = try #require(
            text.components(separatedBy: "```vectors\n").last?.components(separatedBy: "```").first)
        let vectors = block.split(separator: "\n").filter { $0.hasPrefix("    ") }
            .map { String($0.dropFirst(4)) }
        try #require(vectors.count == 6)
        let readers = [1, 2].map { TestReport.publicHalf(TestReport.secret($0)) }
        var sentence = ByteWriter()
        sentence.text("A sentence of no meaning.")
        let seed = TestReport.secret(3).bytes
        let known = try #require(
            SealedLetter.seal(
                .report, exponent: 3, sentence.bytes, to: readers,
                key: TestReport.fileKey(TestReport.secret(4).bytes),
                nonce: Array(TestReport.secret(9).bytes.prefix(24)),
                signedBy: SigningKey(seed: SecretBytes(copying: seed.span))))
        #expect(Self.digest(known) == vectors[0])
        let report = Self.report()
        #expect(try report.signingKey().verifyKey.raw.hex == vectors[2])
        let box = try report.answerPair().publicKey.raw
        #expect(box.hex == vectors[3])
        var answer = ByteWriter()
        answer.raw(box)
        Day(daysSince1970: 20000).write(to: &answer)
        answer.text("We have got it.")
        let sealed = try #require(
            SealedLetter.seal(
                .answer, exponent: 0, answer.bytes, to: [box],
                key: TestReport.fileKey(TestReport.secret(5).bytes),
                nonce: Array(TestReport.secret(6).bytes.prefix(24))))
        #expect(Self.digest(sealed) == vectors[4])
        #expect(Self.digest(try report.sealed()) == vectors[5])
    }

    @Test(.enabled(if: PythonReader.isAvailable, "PyNaCl is not installed"))
    func theSecondImplementationAgrees() throws {
        #expect(try PythonReader.checkIntake().contains("6 vectors agree"))
    }

    @Test func theWordsAreThoseOfTheDocument() throws {
        let listed = try String(
            contentsOf: Repository.top.appending(path: "Docs/receipt-words.txt"), encoding: .utf8)
        let words = listed.split(whereSeparator: \.isWhitespace)
        #expect(words == ReceiptWords.text.split(whereSeparator: \.isWhitespace))
        #expect(words.count == 1024 && Set(words).count == 1024 && words == words.sorted())
    }

    // MARK: - Opening

    @Test func opensAsItWasSealed() throws {
        let opened = try #require(try Self.open(Self.report().sealed()))
        #expect(opened.report.text == "It happened.")
        #expect(opened.report.immediateDanger == true)
        #expect(opened.report.incidentPlace == "Hall")
        #expect(opened.report.ongoing == nil)
        #expect(opened.reportedPeople.map(\.name) == ["Alex Doe"])
        #expect(opened.files.map(\.name) == ["a.txt"])
        #expect(opened.files.map(\.bytes) == [Array("abc".utf8)])
        #expect(opened.leftOut == [TestReport.publicHalf(TestReport.secret(2))])
        #expect(!"\(opened)".contains("happened") && !String(reflecting: opened).contains("Alex"))
    }

    @Test func whoWasLeftOutCannotOpenItAndSeesNoDifference() throws {
        let keys = (10..<18).map { TestReport.publicHalf(TestReport.secret($0)) }
        let stranger = try TestReport.pair(TestReport.secret(18))
        var sizes: Set<[Int]> = []
        for choice in 1...8 {
            var report = TestReport()
            report.fileKey = .random()
            report.nonce = Random.bytes(24)
            report.recipients = Array(keys.prefix(choice))
            report.leftOut = Array(keys.dropFirst(choice)) + [stranger.publicKey.raw]
            let letter = try report.sealed()
            #expect(try SealedReport.open(letter, with: stranger) == nil)
            for left in choice..<8 {
                let pair = try TestReport.pair(TestReport.secret(UInt8(10 + left)))
                #expect(try SealedReport.open(letter, with: pair) == nil)
            }
            for reader in 0..<choice {
                let pair = try TestReport.pair(TestReport.secret(UInt8(10 + reader)))
                #expect(try SealedReport.open(letter, with: pair) != nil)
            }
            sizes.insert([letter.count, Int(letter[5])])
            let slots = stride(from: 94, to: 94 + 8 * 48, by: 48).map {
                Array(letter[$0..<$0 + 48])
            }
            #expect(Set(slots).count == 8)
            #expect(zip(slots, slots.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
        }
        #expect(sizes.count == 1, "size and slots say nothing about who was chosen")
    }

    @Test func textsOfAllLengthsHaveFewSizes() throws {
        var sizes: Set<Int> = []
        for length in [1, 10, 1000, 15_000, 100_000, 500_000] {
            var report = Self.report()
            report.text = String(repeating: "a", count: length)
            let letter = try report.sealed()
            sizes.insert(letter.count)
            #expect(try Self.open(letter)?.report.text.utf8.count == length)
        }
        #expect(sizes.count == 3)
    }

    @Test func fiveMebibytesFit() throws {
        var report = Self.report()
        report.files = [("a", "b", [UInt8](repeating: 7, count: 5 << 20))]
        report.text = String(repeating: "a", count: 512 << 10)
        let letter = try report.sealed()
        #expect(try Self.open(letter)?.files.first?.bytes.count == 5 << 20)
        let text = Array(LetterText.armored(.report, letter).utf8)
        #expect(LetterText.find(.report, in: text) == [letter])
    }

    // MARK: - Damage

    @Test func everyFlippedByteIsRefused() throws {
        let letter = try Self.report().sealed()
        let pair = try TestReport.pair(TestReport.secret(1))
        for place in letter.indices {
            var changed = letter
            changed[place] ^= UInt8(1 << (place % 8))
            let opened = try? SealedReport.open(changed, with: pair)
            #expect((opened ?? nil) == nil, "byte \(place)")
        }
    }

    @Test func everyCutAndEveryAdditionIsRefused() throws {
        let letter = try Self.report().sealed()
        let pair = try TestReport.pair(TestReport.secret(1))
        for length in letter.indices {
            let opened = try? SealedReport.open(Array(letter.prefix(length)), with: pair)
            #expect((opened ?? nil) == nil, "\(length) bytes")
        }
        for more in [1, 16, 1000, 114_688] {
            let longer = letter + [UInt8](repeating: 0, count: more)
            #expect(((try? SealedReport.open(longer, with: pair)) ?? nil) == nil)
        }
    }

    /// What a hostile reporter could seal rightly, and must be refused for what it says.
    static let lies: [(name: String, change: @Sendable (inout TestReport) -> Void)] = [
        ("an unknown kind", { $0.kind = 3 }),
        ("a field of no meaning", { $0.fields = [(16, "x")] }),
        ("field 0", { $0.fields = [(0, "x")] }),
        ("fields out of order", { $0.fields = [(9, "x"), (3, "y")] }),
        ("a field twice", { $0.fields = [(9, "x"), (9, "x")] }),
        ("an empty field", { $0.fields = [(9, "")] }),
        ("a box that says no", { $0.fields = [(1, "no")] }),
        ("a long field", { $0.fields = [(9, String(repeating: "a", count: 16385))] }),
        (
            "51 witnesses",
            { $0.fields = [(14, String(repeating: "a\n", count: 51))] }
        ),
        ("no text", { $0.text = " \n" }),
        ("a long text", { $0.text = String(repeating: "a", count: 524_289) }),
        ("long words about others", { $0.others = String(repeating: "a", count: 2001) }),
        ("a day that is none", { $0.day = Day(daysSince1970: .max) }),
        ("bytes behind the end", { $0.trailing = [0] }),
        (
            "nobody who reads",
            {
                $0.slotsFor = $0.recipients; $0.recipients = []
            }
        ),
        ("somebody in both lists", { $0.leftOut = $0.recipients }),
        (
            "a reader who is not listed",
            { $0.slotsFor = $0.recipients + [TestReport.publicHalf(TestReport.secret(5))] }
        ),
        (
            "somebody listed without a slot",
            {
                $0.slotsFor = $0.recipients
                $0.recipients.append(TestReport.publicHalf(TestReport.secret(5)))
            }
        ),
        (
            "a reader under another key",
            {
                $0.slotsFor = $0.recipients
                $0.recipients = [TestReport.publicHalf(TestReport.secret(5))]
            }
        ),
        (
            "a key of low order",
            {
                $0.slotsFor = $0.recipients; $0.recipients.append(.zero)
            }
        ),
        ("21 files", { $0.files = Array(repeating: ("a", "b", []), count: 21) }),
        (
            "files of more than 5 MiB",
            {
                let file = [UInt8](repeating: 0, count: 2_700_000)
                $0.files = [("a", "b", file), ("c", "d", file)]
            }
        ),
        ("a long name", { $0.files = [(String(repeating: "a", count: 401), "b", [])] }),
    ]

    @Test(arguments: lies.map(\.name))
    func refuses(_ name: String) throws {
        var report = Self.report()
        try #require(Self.lies.first { $0.name == name }).change(&report)
        guard let body = try? report.body(),
            let letter = try? report.sealed(body: body)
        else { return }
        #expect(throws: FormatError.self) { try Self.open(letter) }
    }

    @Test func refusesAnotherSignature() throws {
        var other = Self.report()
        other.receipt = Array(1...16)
        let body = try other.body()
        // The body names the keys of another receipt than the one that signs.
        let letter = try Self.report().sealed(body: body)
        #expect(throws: FormatError.self) { try Self.open(letter) }
    }

    @Test(arguments: ["", "nonzero", "larger", "cut"]) func refusesOtherPadding(_ kind: String)
        throws
    {
        let report = Self.report()
        var body = ByteWriter()
        let unsigned = try report.body()
        let front = try #require(
            SealedLetter.front(
                .report, exponent: 3, key: report.fileKey, nonce: report.nonce,
                recipients: report.recipients))
        let signed = SealedLetter.signedBytes(front: front, unsigned: unsigned)
        body.blob(try unsigned + report.signingKey().sign(signed).bytes)
        let size = kind == "larger" ? 131_072 : 16_384
        var padded = body.bytes + [UInt8](repeating: 0, count: size - body.bytes.count)
        if kind == "nonzero" { padded[size - 1] = 1 }
        if kind == "cut" { padded[3] &-= 1 }
        let box = PlainBox.seal(
            padded.span, nonce: report.nonce, key: SealedLetter.bodyKey(report.fileKey, front))
        if kind.isEmpty {
            #expect(try Self.open(front + box) != nil, "the rest of this test is right")
        } else {
            #expect(throws: FormatError.self) { try Self.open(front + box) }
        }
    }

    @Test func tenThousandHostileBlocksShowNothingWrong() throws {
        var random = SeededRandom()
        let pair = try TestReport.pair(TestReport.secret(1))
        let report = Self.report()
        let letter = try report.sealed()
        let body = try report.body()
        let truth = try #require(try Self.open(letter))
        var opened = 0
        for turn in 0..<10_000 {
            var bytes = turn.isMultiple(of: 2) ? letter : body
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 2: bytes.remove(at: place)
                case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                default: bytes[place] = [0, 1, 127, 128, 255].randomElement(using: &random) ?? 0
                }
            }
            if turn.isMultiple(of: 2) {
                let found = (try? SealedReport.open(bytes, with: pair)) ?? nil
                #expect(found == nil || bytes == letter, "\(random.hint)")
            } else if let sealed = try? report.sealed(body: bytes) {
                // Sealed and signed rightly by whoever wrote it: it is what it says, or refused.
                guard let found = (try? SealedReport.open(sealed, with: pair)) ?? nil else {
                    continue
                }
                opened += 1
                #expect(found.recipients == truth.recipients, "\(random.hint)")
                #expect(found.reply.signing == truth.reply.signing, "\(random.hint)")
            }
        }
        #expect(opened > 0, "some of them say something else, and are whole")
    }

    // MARK: - Text

    @Test func findsALetterInAMail() throws {
        let letter = try Self.report().sealed()
        let text = LetterText.armored(.report, letter)
        let quoted = "Hello,\n\n> " + text.replacing("\n", with: "\r\n>> ") + "\nRegards"
        #expect(LetterText.find(.report, in: Array(quoted.utf8)) == [letter])
        let twice = text + text
        #expect(LetterText.find(.report, in: Array(twice.utf8)) == [letter])
        let cut = text.replacing("-----END CASEVAULT SEALED REPORT-----", with: "")
        #expect(LetterText.find(.report, in: Array(cut.utf8)).isEmpty)
        #expect(LetterText.find(.answer, in: Array(text.utf8)).isEmpty)
    }

    @Test(arguments: ["A", "AA", "AAA", "AA=", "AB==", "AAA=A", "A===", "AA==AA==", "=", "AA-A"])
    func refusesWhatIsNoBase64(_ text: String) {
        #expect(LetterText.decoded(Array(text.utf8)[...], atMost: 100) == nil)
    }

    @Test func base64ComesBack() {
        for length in 0..<70 {
            let bytes = Random.bytes(length)
            let text = LetterText.base64(bytes)
            #expect(Data(bytes).base64EncodedString() == String(decoding: text, as: UTF8.self))
            #expect(LetterText.decoded(text[...], atMost: 70) == bytes)
        }
    }

    // MARK: - Answers

    @Test func anAnswerIsForOneReceiptAndHasFewSizes() throws {
        let report = Self.report()
        let truth = try #require(try Self.open(report.sealed()))
        var sizes: Set<Int> = []
        for length in [0, 1, 3000, 5000, 60_000] {
            let words = String(repeating: "a", count: length)
            let day = Day(daysSince1970: 20000)
            let answer = try #require(SealedAnswer(words, on: day, to: truth.reply))
            sizes.insert(answer.text.utf8.count)
            let letter = try #require(
                LetterText.find(.answer, in: Array(answer.text.utf8)).first)
            let opened = try SealedLetter.open(.answer, letter, with: report.answerPair())
            #expect(opened?.body.count == 32 + 4 + 4 + length)
            let other = try TestReport.pair(TestReport.secret(1))
            #expect(try SealedLetter.open(.answer, letter, with: other) == nil)
        }
        #expect(sizes.count == 2)
        let long = String(repeating: "a", count: 60_001)
        #expect(SealedAnswer(long, on: Day(daysSince1970: 1), to: truth.reply) == nil)
    }
}
