// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// How the text of an entry was made of a mail or another file.
///
/// The file itself is attached, byte for byte, so that nothing rests on how it was read.
public struct Intake: Hashable, Sendable {
    /// What could not be read with certainty, each a sentence without content of the file.
    public var remarks: [String] = []
    /// To whom a mail went, as written in it.
    public var sentTo: String?
    /// Who got a copy of a mail, as written in it.
    public var copiedTo: String?
    /// How many of the attachments, the last ones, are the file itself and what it consists of.
    public var originals = 0

    /// Nothing was taken out of a file.
    public init() {}

    /// The most remarks.
    static let mostRemarks = 50
    /// The longest remark in bytes of UTF-8.
    static let longestRemark = 1024
    /// The longest list of recipients in bytes of UTF-8.
    static let longestList = 16 << 10

    /// Whether there is nothing to keep.
    var isEmpty: Bool { self == Intake() }

    /// The same within the limits and with no more originals than there are attachments; it says
    /// so where something was cut.
    func fitting(_ attachments: [some Any]) -> Intake {
        var intake = self
        intake.originals = min(max(0, originals), attachments.count, 255)
        intake.fit()
        return intake
    }

    /// Brings everything within the limits.
    private mutating func fit() {
        for path in [\Intake.sentTo, \Intake.copiedTo]
        where (self[keyPath: path]?.utf8.count ?? 0) > Self.longestList {
            let start = self[keyPath: path]?.unicodeScalars.prefix(Self.longestList / 5)
            self[keyPath: path] = start.map { String(String.UnicodeScalarView($0)) + " …" }
            remarks.append("The list of recipients is cut: it is whole in the message itself.")
        }
        remarks = remarks.prefix(Self.mostRemarks).filter {
            $0.utf8.count <= Self.longestRemark
        }
    }
}

// MARK: - BinaryCoding

extension Intake: BinaryCoding {
    func write(to writer: inout ByteWriter) {
        writer.list(remarks) { $0.text($1) }
        writer.optional(sentTo) { $0.text($1) }
        writer.optional(copiedTo) { $0.text($1) }
        writer.u8(UInt8(clamping: originals))
    }

    init(parsing reader: inout ByteReader) throws(FormatError) {
        let start = reader
        self = try Self.read(&reader)
        // Nothing is written as nothing at all, so that there is one form.
        if isEmpty { throw start.failure(.notCanonical) }
    }

    /// Reads one that may be empty, where something follows it.
    private static func read(_ reader: inout ByteReader) throws(FormatError) -> Intake {
        var intake = Intake()
        intake.remarks = try reader.list(atMost: mostRemarks, ofAtLeast: 4) {
            (reader) throws(FormatError) in try reader.text(atMost: longestRemark)
        }
        intake.sentTo = try reader.optional { (reader) throws(FormatError) in
            try reader.text(atMost: longestList)
        }
        intake.copiedTo = try reader.optional { (reader) throws(FormatError) in
            try reader.text(atMost: longestList)
        }
        intake.originals = Int(try reader.u8())
        return intake
    }

    /// Writes it at the end of a body; nothing if there is nothing to say.
    func writeTail(to writer: inout ByteWriter) { if !isEmpty { write(to: &writer) } }

    /// Reads it from the end of a body that has so many attachments.
    static func tail(
        _ reader: inout ByteReader, attachments: Int
    ) throws(FormatError) -> Intake {
        guard reader.remaining > 0 else { return Intake() }
        let start = reader
        let intake = try read(&reader)
        guard intake.originals <= attachments else { throw start.failure(.malformed) }
        if intake.isEmpty, reader.remaining == 0 { throw start.failure(.notCanonical) }
        return intake
    }
}

// MARK: - CustomStringConvertible, CustomReflectable

extension Intake: CustomStringConvertible, CustomReflectable {
    /// A fixed text: who got a mail is secret.
    public var description: String { "Intake(redacted)" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
