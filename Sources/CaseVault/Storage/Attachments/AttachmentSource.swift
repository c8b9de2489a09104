// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

#if canImport(FoundationEssentials)
    public import struct FoundationEssentials.URL
#else
    public import struct Foundation.URL
#endif

/// Something to attach to an entry: a file on disk or bytes in memory.
public struct AttachmentSource: Sendable {
    /// Where the bytes come from.
    enum Origin: Sendable {
        /// A file; read once, in pieces.
        case file(String)
        /// Bytes, e.g. from a mail.
        case bytes([UInt8])
        /// Bytes that are made when they are written.
        case made(@Sendable () -> ArraySlice<UInt8>)
    }

    /// The name to show, without a folder; at most 255 bytes of UTF-8.
    public let name: String
    /// The media type, e.g. `image/png`.
    public let mediaType: String
    /// Where the bytes come from.
    let origin: Origin

    /// Attaches a file of any size, under its own name.
    public init(file: URL, mediaType: String = "application/octet-stream") {
        name = Self.shortened(file.lastPathComponent)
        self.mediaType = Self.ordinary(mediaType)
        origin = .file(file.path)
    }

    /// Attaches bytes.
    public init(
        name: String, bytes: [UInt8], mediaType: String = "application/octet-stream"
    ) {
        self.name = Self.shortened(name)
        self.mediaType = Self.ordinary(mediaType)
        origin = .bytes(bytes)
    }

    /// Attaches bytes that are made when they are written.
    init(
        name: String, mediaType: String, making bytes: @escaping @Sendable () -> ArraySlice<UInt8>
    ) {
        self.name = Self.shortened(name)
        self.mediaType = Self.ordinary(mediaType)
        origin = .made(bytes)
    }

    /// How many bytes there are; 0 for a file, of which nobody looked.
    var size: UInt64 {
        switch origin {
        case .file: 0
        case .bytes(let bytes): UInt64(bytes.count)
        case .made(let make): UInt64(make().count)
        }
    }

    /// Attaches what a case keeps of a sealed report.
    init(replyKeys bytes: [UInt8]) {
        name = "key for answers"
        mediaType = AttachmentNote.replyType
        origin = .bytes(bytes)
    }

    /// A media type as it was given, but for the one that nothing from outside may have.
    private static func ordinary(_ type: String) -> String {
        type == AttachmentNote.replyType ? "application/octet-stream" : shortened(type)
    }

    /// Cuts a text to the longest name that the format takes.
    private static func shortened(_ text: String) -> String {
        var text = text
        while text.utf8.count > AttachmentNote.nameLimit { text.removeLast() }
        return text
    }
}
