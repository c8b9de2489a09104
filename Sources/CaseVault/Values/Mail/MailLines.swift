// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

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
        let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.endIndex
        position = min(end + 1, bytes.endIndex)
        if end > start, end < bytes.endIndex, bytes[end - 1] == 0x0D {
            return bytes[start..<end - 1]
        }
        return bytes[start..<end]
    }
}
