// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

// The only test file with code: it does what the guarded memory must not allow, and sets
// up what Foundation cannot (a pipe with a name, a terminal).

import CaseVaultBridge
import Foundation

/// Makes a pipe, by `pipe`; here, where no method of ours hides it.
private func makeEnds(_ ends: inout [Int32]) -> Int32 { pipe(&ends) }

/// Accesses that only a broken program would make.
enum Probe {
    /// Makes a pipe with a name; whether it worked.
    static func makePipe(_ path: String) -> Bool {
        mkfifo(path, 0o600) == 0
    }

    /// Gives this process a new terminal of its own; the other end of it, or -1.
    ///
    /// For exit tests only: the process loses the terminal it had.
    static func takeNewTerminal() -> Int32 {
        #if canImport(Darwin)
            let master = posix_openpt(O_RDWR | O_NOCTTY)
            guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0,
                let buffer = ptsname(master)
            else { return -1 }
            let name = String(cString: buffer)
        #else
            // Swift's Glibc has no posix_openpt; these are TIOCSPTLCK and TIOCGPTN.
            let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
            var unlock: Int32 = 0
            var number: Int32 = 0
            guard master >= 0, ioctl(master, 0x4004_5431, &unlock) == 0,
                ioctl(master, 0x8004_5430, &number) == 0
            else { return -1 }
            let name = "/dev/pts/\(number)"
        #endif
        guard setsid() >= 0 else { return -1 }
        // The first terminal that a session leader opens becomes the one of the session.
        let slave = open(name, O_RDWR)
        #if canImport(Darwin)
            _ = ioctl(slave, UInt(TIOCSCTTY), 0)
        #endif
        return slave >= 0 ? master : -1
    }

    /// Whether the terminal of this process shows what is typed; `nil` without a terminal.
    static func echoes() -> Bool? {
        let tty = open("/dev/tty", O_RDWR | O_NOCTTY)
        guard tty >= 0 else { return nil }
        defer { close(tty) }
        var settings = termios()
        guard tcgetattr(tty, &settings) == 0 else { return nil }
        return settings.c_lflag & tcflag_t(ECHO) != 0
    }

    /// Shows a text on the terminal of this process.
    static func show(_ text: String) {
        let tty = open("/dev/tty", O_WRONLY | O_NOCTTY)
        try? Terminal.write(Array(text.utf8), to: tty)
        close(tty)
    }

    /// Sets the width of a terminal.
    static func setColumns(_ terminal: Int32, _ columns: UInt16) {
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
    }

    /// A pipe without a name: the reading and the writing end.
    static func pipe() -> (read: Int32, write: Int32)? {
        var ends: [Int32] = [-1, -1]
        guard makeEnds(&ends) == 0 else { return nil }
        return (ends[0], ends[1])
    }

    /// Sets a variable of this process's environment.
    static func setEnvironment(_ name: String, _ value: String) {
        _ = setenv(name, value, 1)
    }

    /// The limit for core dumps and whether this process can be dumped at all.
    static func coreLimit() -> UInt64? {
        var limit = rlimit()
        #if canImport(Darwin)
            guard getrlimit(RLIMIT_CORE, &limit) == 0 else { return nil }
        #else
            guard getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0 else {
                return nil
            }
        #endif
        return UInt64(limit.rlim_cur)
    }

    /// Writes through a span that may only be read.
    static func overwriteFirstByte(_ span: Span<UInt8>) {
        span.withUnsafeBufferPointer { (buffer) in
            guard let base = buffer.baseAddress else { return }
            UnsafeMutablePointer(mutating: base).pointee = 0
        }
    }

    /// Reads the byte behind the end of a span.
    static func byteBehind(_ span: Span<UInt8>) -> UInt8 {
        span.withUnsafeBufferPointer { (buffer) in
            guard let base = buffer.baseAddress else { return 0 }
            return base[buffer.count]
        }
    }
}
