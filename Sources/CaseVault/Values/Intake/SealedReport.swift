// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// A report that came sealed from outside, opened by one of the members whom its reporter chose.
///
/// Everything in it was chosen by whoever wrote it, and can be untrue. It shows nothing of
/// itself in a description. Look at `people` first, then decide about the rest.
public struct SealedReport: Sendable {
    /// A file that came with a report.
    struct File: Sendable {
        /// Its name, as the reporter's computer had it.
        let name: String
        /// Its media type, as the reporter's computer had it.
        let mediaType: String
        /// Its bytes.
        let bytes: [UInt8]
    }

    /// Whether it is a further message about an earlier report.
    public let isFurther: Bool
    /// The day on the reporter's computer.
    public let day: Day
    /// Which page's list the reporter chose from.
    let members: Bytes32
    /// Where answers are sealed to, and whose messages belong together.
    let reply: ReplyKeys
    /// The box keys of those who can open it, ascending.
    let recipients: [Bytes32]
    /// The box keys of those who must not read it, ascending.
    let leftOut: [Bytes32]
    /// Who else must not read it, in the reporter's words; empty if nobody.
    public let others: String
    /// Whom it is about, one a line, in the reporter's words.
    let about: String
    /// The report with all its fields.
    let report: Report
    /// What came with it.
    let files: [File]

    /// The most recipients, and the most who are left out.
    static let mostMembers = 64
    /// The most bytes of the words about others.
    static let longestOthers = 2000
    /// The most bytes of the text.
    static let longestText = 512 << 10
    /// The most files.
    static let mostFiles = 20
    /// The most bytes of all files together.
    static let mostFileBytes = 5 << 20
    /// The most bytes of a file's name or type.
    static let longestFileName = 400

    // MARK: - Opening

    /// Opens a sealed report.
    ///
    /// - Returns: `nil` when it is not for this key.
    /// - Throws: When it is no sealed report, or another than its reporter sealed.
    static func open(
        _ letter: [UInt8], with reader: BoxSecretKey
    ) throws(FormatError) -> SealedReport? {
        guard let opened = try SealedLetter.open(.report, letter, with: reader) else { return nil }
        let report = try SealedReport(parsing: opened, of: letter)
        let at = ByteReader([])
        guard report.recipients.contains(reader.publicKey.raw) else {
            throw at.failure(.malformed)
        }
        // The slots are exactly those of the people whom it names: nobody else can open it.
        let front = SealedLetter.front(
            .report, exponent: opened.exponent, key: opened.key, nonce: opened.nonce,
            recipients: report.recipients)
        guard front == opened.front else { throw at.failure(.malformed) }
        return report
    }

    /// Reads the body to its last byte and checks the signature.
    private init(parsing opened: SealedLetter.Opened, of letter: [UInt8]) throws(FormatError) {
        var reader = ByteReader(opened.body)
        let start = reader
        members = try reader.bytes32()
        let signingKey = try reader.bytes32()
        let boxKey = try reader.bytes32()
        let kind = reader
        switch try reader.u8() {
        case 1: isFurther = false
        case 2: isFurther = true
        default: throw kind.failure(.unsupportedVersion)
        }
        day = try Day(parsing: &reader)
        let people = reader
        recipients = try Self.keys(&reader)
        leftOut = try Self.keys(&reader)
        guard !recipients.isEmpty, Set(recipients).isDisjoint(with: leftOut) else {
            throw people.failure(.malformed)
        }
        others = try reader.text(atMost: Self.longestOthers)
        about = try reader.text(atMost: ReportedPerson.longestFile)
        let fields = try Self.fields(&reader)
        let place = reader
        let text = try reader.text(atMost: Self.longestText)
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw place.failure(.malformed)
        }
        report = try Self.report(text, fields, on: day, place)
        files = try Self.files(&reader)
        let unsigned = Array(reader.bytes(since: start))
        let signature = try reader.raw(Signature64.count)
        try reader.expectEnd()
        guard let key = VerifyKey(validating: signingKey) else {
            throw start.failure(.badPublicKey)
        }
        guard let signature = Signature64(signature),
            key.verify(
                signature, SealedLetter.signedBytes(front: opened.front, unsigned: unsigned))
        else { throw start.failure(.badSignature) }
        reply = ReplyKeys(
            signing: key.raw, box: boxKey,
            letter: Bytes32(
                Array(SHA2.sha512(Label.intakeLetter.message() + letter).prefix(32))) ?? .zero)
    }

    /// A list of box keys.
    private static func keys(_ reader: inout ByteReader) throws(FormatError) -> [Bytes32] {
        try reader.ascendingList(atMost: mostMembers, ofAtLeast: Bytes32.count) {
            (reader) throws(FormatError) in try reader.bytes32()
        }
    }

    /// The fields by their numbers, ascending.
    private static func fields(
        _ reader: inout ByteReader
    ) throws(FormatError) -> [UInt8: String] {
        let start = reader
        var last: UInt8 = 0
        let pairs = try reader.list(
            atMost: Int(IntakeField.last), ofAtLeast: 6
        ) { (reader) throws(FormatError) -> (UInt8, String) in
            (try reader.u8(), try reader.text(atMost: Report.longestField))
        }
        var fields: [UInt8: String] = [:]
        for (number, value) in pairs {
            guard number > last, number <= IntakeField.last, !value.isEmpty,
                value == IntakeField.yes || !IntakeField.flags.contains(number)
            else { throw start.failure(.malformed) }
            last = number
            fields[number] = value
        }
        return fields
    }

    /// The files, together below the limit.
    private static func files(_ reader: inout ByteReader) throws(FormatError) -> [File] {
        let start = reader
        var left = mostFileBytes
        let files = try reader.list(
            atMost: mostFiles, ofAtLeast: 12
        ) { (reader) throws(FormatError) -> File in
            let name = try reader.text(atMost: longestFileName)
            let type = try reader.text(atMost: longestFileName)
            return File(
                name: name, mediaType: type, bytes: try reader.blob(atMost: mostFileBytes))
        }
        for file in files { left -= file.bytes.count }
        guard left >= 0 else { throw start.failure(.tooLarge) }
        return files
    }

    /// The report as the vault has it.
    private static func report(
        _ text: String, _ fields: [UInt8: String], on day: Day, _ place: ByteReader
    ) throws(FormatError) -> Report {
        var report = Report(text: text)
        report.recorded = .verbatim
        report.channel = .form
        report.receivedOn = day
        for (number, value) in fields {
            guard let field = IntakeField(rawValue: number) else {
                throw place.failure(.unsupportedVersion)
            }
            field.put(value, into: &report)
        }
        report.removeBlankNames()
        do throws(VaultError) { try report.checkLimits() } catch {
            throw place.failure(.tooLarge)
        }
        return report
    }
}

// MARK: - What is shown first

extension SealedReport {
    /// The reported people, as far as the reporter named them in a way that can be read.
    public var reportedPeople: [ReportedPerson] {
        (try? ReportedPerson.list(reading: Array(about.utf8))) ?? []
    }
}

// MARK: - CustomStringConvertible, CustomReflectable

extension SealedReport: CustomStringConvertible, CustomReflectable {
    /// A fixed text: what is in a report is secret.
    public var description: String { "SealedReport(redacted)" }
    /// A mirror without children, so that a dump shows nothing either.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
