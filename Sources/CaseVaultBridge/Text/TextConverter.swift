// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Converts text from one character set to UTF-8, by the system's `iconv`.
@safe
package struct TextConverter: ~Copyable {
    /// What came of a conversion.
    package struct Result: Sendable {
        /// The text in UTF-8.
        package let utf8: [UInt8]
        /// How many places were no text in the character set; each stands as U+FFFD.
        package let faults: Int
    }

    /// The system's converter.
    private let handle: iconv_t
    /// How many bytes are converted at a time.
    private static let piece = 16 << 10

    /// Opens a converter.
    ///
    /// The corresponding C function is `iconv_open`.
    ///
    /// - Parameter name: The character set; `nil` comes back where this system does not know it.
    package init?(from name: CharacterSetName) {
        let opened = unsafe iconv_open("UTF-8", name.description)
        guard let opened = unsafe opened, Int(bitPattern: opened) != -1 else { return nil }
        unsafe handle = opened
    }

    deinit { _ = unsafe iconv_close(handle) }

    /// Converts a whole text.
    ///
    /// Each step takes in a byte or puts one out, whatever the system answers, so it ends. The
    /// result has at most a few bytes for each byte that goes in.
    ///
    /// The corresponding C function is `iconv`.
    ///
    /// - Parameter bytes: The text.
    /// - Returns: The text in UTF-8, and how many faults it has.
    package mutating func convert(_ bytes: ArraySlice<UInt8>) -> Result {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + bytes.count / 2)
        var faults = 0
        // Every text begins in the same state.
        _ = unsafe iconv(handle, nil, nil, nil, nil)
        var input = Array(bytes)
        var buffer = [UInt8](repeating: 0, count: Self.piece)
        var place = 0
        while place < input.count {
            let step = self.step(&input, from: place, into: &buffer)
            out += buffer[..<step.written]
            place += step.read
            switch step.error {
            case 0: break
            case E2BIG where step.read > 0 || step.written > 0: break
            default:
                // Not text in this character set, or cut at the end.
                out += [0xEF, 0xBF, 0xBD]
                faults += 1
                place += step.error == EINVAL ? input.count - place : 1
            }
        }
        // Some character sets hold a character back until the end.
        out += buffer[..<flush(into: &buffer)]
        return Result(utf8: out, faults: faults)
    }

    /// Converts until the buffer is full, the text ends, or something is no text.
    private func step(
        _ input: inout [UInt8], from place: Int, into buffer: inout [UInt8]
    ) -> (read: Int, written: Int, error: CInt) {
        unsafe input.withUnsafeMutableBytes { (source) in
            unsafe buffer.withUnsafeMutableBytes { (target) in
                var next = unsafe source.baseAddress?.assumingMemoryBound(to: CChar.self)
                unsafe next = next.map { unsafe $0 + place }
                var end = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self)
                let all = source.count - place
                let room = target.count
                var (left, free) = (all, room)
                errno = 0
                let answer = unsafe iconv(handle, &next, &left, &end, &free)
                // A size of all ones says that it stopped early.
                let error = Int(truncatingIfNeeded: answer) == -1 ? errno : 0
                return (all - left, room - free, error)
            }
        }
    }

    /// Writes what was held back.
    private func flush(into buffer: inout [UInt8]) -> Int {
        unsafe buffer.withUnsafeMutableBytes { (target) in
            var end = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self)
            let room = target.count
            var free = room
            _ = unsafe iconv(handle, nil, nil, &end, &free)
            return room - free
        }
    }
}
