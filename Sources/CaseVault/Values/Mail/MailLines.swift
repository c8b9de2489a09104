// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Cuts bytes into lines that end with LF or CR LF. Each byte is looked at once.
///
/// A CR alone ends no line, so that no boundary or header can be hidden behind one.
struct MailLines {
    /// The bytes that are cut.
    private let bytes: ArraySlice<UInt8>
    /// Where the next line begins.
    private(set) var position: Int

    /// Starts at the first line.
    ///
    /// - Parameter bytes: the bytes to cut.
    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// The next line without its end, or `nil` after the last.
    ///
    /// - Returns: the line.
    mutating func next() -> ArraySlice<UInt8>? {
        guard position < bytes.endIndex else { return nil }
        let start = position
        var end = ByteSearch.first(0x0A, in: bytes, from: start) ?? bytes.endIndex
        position = min(end + 1, bytes.endIndex)
        // Some programs double the CR.
        if end < bytes.endIndex { while end > start, bytes[end - 1] == 0x0D { end -= 1 } }
        return bytes[start..<end]
    }

    /// Whether a line has nothing to see.
    ///
    /// - Parameter line: a line without its end.
    /// - Returns: whether it is empty, or white space alone.
    static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
        line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    }
}
