// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CSodium
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The terminal and what a command needs of its process.
package enum Terminal {
    /// Whether a descriptor is a terminal.
    package static func isTerminal(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1
    }

    /// The width of a terminal in columns; `nil` when it is none or does not say.
    package static func columns(_ descriptor: Int32) -> Int? {
        var size = winsize()
        guard unsafe ioctl(descriptor, numericCast(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }

    /// The height of a terminal in lines; `nil` when it is none or does not say.
    package static func rows(_ descriptor: Int32) -> Int? {
        var size = winsize()
        guard unsafe ioctl(descriptor, numericCast(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else {
            return nil
        }
        return Int(size.ws_row)
    }

    /// Keeps secrets out of core dumps, as far as the system lets us.
    ///
    /// On Linux the process is also marked as not dumpable, because a limit of zero does not stop
    /// dumps that go to a crash reporter; other processes of the same user then cannot read its
    /// memory either.
    package static func disableCoreDumps() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        #if canImport(Glibc)
            _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        #else
            _ = unsafe setrlimit(RLIMIT_CORE, &none)
        #endif
        _ = csodium_refuse_dumps()
    }

    /// Lets a fault end the process at once, without a report.
    ///
    /// A backtracer that is installed, Swift's own too, prints registers and memory, and a name or
    /// a key may be in them.
    package static func disableCrashReports() {
        for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGQUIT, SIGSYS] {
            _ = signal(number, SIG_DFL)
        }
    }

    /// The folder that the process is in, however long its path is; `nil` if it is gone.
    package static var currentDirectory: String? {
        guard let path = unsafe getcwd(nil, 0) else { return nil }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    /// Reads a descriptor to its end.
    ///
    /// - Parameters:
    ///   - fileDescriptor: such as 0 for the standard input.
    ///   - limit: the most bytes to take.
    /// - Returns: the bytes.
    /// - Throws: `tooLong` for more than `limit`; `failed`. What was read is wiped first.
    package static func readAll(
        fileDescriptor: Int32, limit: Int
    ) throws(TerminalError) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            if bytes.count == bytes.capacity { grow(&bytes) }
            let room = bytes.capacity - bytes.count
            var moved = 0
            var code: Int32 = 0
            bytes.append(addingCapacity: room) { (output) in
                output.append(upTo: room) { (target) in
                    moved = unsafe read(fileDescriptor, target, room)
                    code = errno
                    return max(0, moved)
                }
            }
            if moved == 0 { return bytes }
            guard moved > 0 || code == EINTR else {
                Wipe.zero(&bytes)
                throw .failed(errno: code)
            }
            guard bytes.count <= limit else {
                Wipe.zero(&bytes)
                throw .tooLong
            }
        }
    }

    /// Doubles the room of an array and wipes the old storage: it may be a report's text.
    static func grow(_ bytes: inout [UInt8]) {
        var larger: [UInt8] = []
        larger.reserveCapacity(max(4096, bytes.capacity * 2))
        larger.append(contentsOf: bytes)
        Wipe.zero(&bytes)
        bytes = larger
    }

    /// Writes all bytes.
    ///
    /// - Parameters:
    ///   - bytes: the bytes.
    ///   - fileDescriptor: such as 1 for the standard output.
    ///   - mayBeUnread: whether a reader that has gone away ends it quietly.
    /// - Throws: `failed`.
    package static func write(
        _ bytes: [UInt8], to fileDescriptor: Int32, mayBeUnread: Bool = true
    ) throws(TerminalError) {
        try bytes.withPointer { (base, count) throws(TerminalError) in
            var done = 0
            while done < count {
                let next = unsafe base + done
                let moved = unsafe writeOnce(fileDescriptor, next, count - done)
                let code = errno
                if moved > 0 {
                    done += moved
                } else if moved == 0 || (code == EPIPE && mayBeUnread) {
                    return
                } else if code != EINTR {
                    throw .failed(errno: code)
                }
            }
        }
    }

    /// The value of an environment variable, repaired if it is not UTF-8.
    package static func environment(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }

    /// Makes writing to a pipe whose reader has gone an error instead of the end of the process.
    package static func ignoreBrokenPipes() {
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// Makes the first Control-C something to ask for, instead of the end of the process; the
    /// second ends it.
    package static func noteInterrupts() {
        // Made before the handler can run, which may only read and write it.
        _ = interrupted.load(ordering: .relaxed)
        _ = signal(SIGINT) { _ in
            Terminal.interrupted.store(true, ordering: .relaxed)
            _ = signal(SIGINT, SIG_DFL)
        }
    }

    /// Whether Control-C was pressed since `noteInterrupts`.
    package static var wasInterrupted: Bool { interrupted.load(ordering: .relaxed) }

    /// Whether Control-C was pressed.
    private static let interrupted = Atomic<Bool>(false)

    /// Ends the process.
    package static func exit(_ code: Int32) -> Never {
        endProcess(code)
    }
}
