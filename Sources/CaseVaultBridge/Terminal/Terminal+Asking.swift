// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The signal that arrived during a question; 0 when none did. Set by the handler.
private let caught = Atomic<Int32>(0)

/// The thread that waits for an answer; 0 when none does.
private let asking = Atomic<UInt>(0)

/// The number of the calling thread.
private func thisThread() -> UInt {
    #if canImport(Glibc)
        UInt(pthread_self())
    #else
        UInt(bitPattern: unsafe pthread_self())
    #endif
}

/// Notes a signal, and passes it on to the thread that waits.
///
/// The system gives a signal of the terminal to any thread of the process, but only the one that
/// waits in `read` must be woken. It makes no calls but those that are allowed in a handler.
private func note(_ number: Int32) {
    caught.store(number, ordering: .relaxed)
    let asker = asking.load(ordering: .relaxed)
    guard asker != 0, asker != thisThread() else { return }
    #if canImport(Glibc)
        pthread_kill(pthread_t(asker), number)
    #else
        guard let thread = unsafe pthread_t(bitPattern: asker) else { return }
        unsafe pthread_kill(thread, number)
    #endif
}

/// The signals that must find the terminal with its echo on again.
private let watched: [Int32] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP]

// MARK: - Asking

extension Terminal {
    /// The most bytes of a passphrase or another answer.
    package static let answerLimit = 1023

    /// Asks for a secret on the controlling terminal, with echo off.
    ///
    /// The terminal is as before on return, on an error and when a signal comes. Control-C,
    /// termination and hang-up then do what they would have done. Control-Z stops the process
    /// with the echo on, and asks again when it goes on. Control-\\ is a cancel only, because the
    /// Swift runtime would begin an interactive crash report.
    ///
    /// - Parameter prompt: written before the answer.
    /// - Returns: the bytes of the line.
    /// - Throws: `tooLong` over 1023 bytes; `failed(ENOMEM)` without locked memory left.
    package static func readSecret(prompt: String) throws(TerminalError) -> SecretBytes {
        var line = try ask(prompt, echo: false)
        defer { Wipe.zero(&line) }
        do {
            return try SecretBytes(copying: line.span)
        } catch {
            throw .failed(errno: ENOMEM)
        }
    }

    /// Asks for a line on the controlling terminal, with echo.
    ///
    /// - Parameters:
    ///   - prompt: written before the answer.
    ///   - outlivesInterrupt: whether Control-C is an error only, so that the caller can keep what
    ///     was answered before.
    /// - Returns: the line, repaired if it is not UTF-8.
    /// - Throws: like ``readSecret(prompt:)``; `interrupted`.
    package static func readLine(
        prompt: String, outlivesInterrupt: Bool = false
    ) throws(TerminalError) -> String {
        let line = try ask(prompt, echo: true, outlivesInterrupt: outlivesInterrupt)
        return String(decoding: line, as: UTF8.self)
    }

    /// Reads a text from the controlling terminal, up to Control-D on a line of its own. What was
    /// typed or pasted ahead counts.
    ///
    /// - Parameters:
    ///   - text: takes the bytes; what was typed before an error is in it too.
    ///   - limit: the most bytes to take.
    /// - Throws: `tooLong` for more than `limit`; `interrupted` at Control-C, which ends nothing
    ///   here; like ``readSecret(prompt:)``.
    package static func readText(
        into text: inout [UInt8], limit: Int
    ) throws(TerminalError) {
        _ = try ask("", echo: true, outlivesInterrupt: true) {
            (tty, mask) throws(TerminalError) -> [UInt8] in
            try readText(into: &text, limit: limit, from: tty, mask: mask)
            return []
        }
    }

    /// Asks until there is an answer or an error, once more after each stop by Control-Z; the answer
    /// is a line, if it is not read otherwise.
    private static func ask(
        _ prompt: String, echo: Bool, outlivesInterrupt: Bool = false,
        reading: (Int32, sigset_t) throws(TerminalError) -> [UInt8] = readLine
    ) throws(TerminalError) -> [UInt8] {
        let tty = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard tty >= 0 else { throw .noTerminal }
        defer { close(tty) }
        while true {
            do {
                return try askOnce(tty, prompt, echo: echo, reading: reading)
            } catch .interrupted(let number) {
                try? write(Array("\n".utf8), to: tty)
                // The terminal and the handlers are the caller's again.
                // To the process, since this thread may have them blocked, as Dispatch's threads do.
                let isOutlived = number == SIGQUIT || (number == SIGINT && outlivesInterrupt)
                if !isOutlived { kill(getpid(), number) }
                if number != SIGTSTP { throw .interrupted(signal: number) }
            }
        }
    }

    /// Sets terminal and signals up, asks once, and puts both back.
    private static func askOnce(
        _ tty: Int32, _ prompt: String, echo: Bool,
        reading: (Int32, sigset_t) throws(TerminalError) -> [UInt8]
    ) throws(TerminalError) -> [UInt8] {
        var saved = termios()
        guard unsafe tcgetattr(tty, &saved) == 0 else { throw .noTerminal }
        caught.store(0, ordering: .relaxed)
        asking.store(thisThread(), ordering: .relaxed)
        defer { asking.store(0, ordering: .relaxed) }
        var before = Array(repeating: sigaction(), count: watched.count)
        for (index, number) in watched.enumerated() {
            var action = handler()
            unsafe sigaction(number, &action, &before[index])
        }
        defer {
            for (index, number) in watched.enumerated() {
                unsafe sigaction(number, &before[index], nil)
            }
        }
        // From here on signals reach this thread only while it waits in `wait(for:mask:)`. So
        // none can come between looking for one and waiting, where it would go unnoticed.
        var blocked = sigset_t()
        var mask = sigset_t()
        unsafe sigemptyset(&blocked)
        for number in watched { unsafe sigaddset(&blocked, number) }
        unsafe pthread_sigmask(SIG_BLOCK, &blocked, &mask)
        // Before the handlers are put back, so that one that is still on its way finds ours.
        defer { unsafe pthread_sigmask(SIG_SETMASK, &mask, nil) }
        if !echo {
            var quiet = saved
            quiet.c_lflag &= ~tcflag_t(ECHO)
            quiet.c_lflag |= tcflag_t(ECHONL)
            guard unsafe tcsetattr(tty, TCSAFLUSH, &quiet) == 0 else { throw .noTerminal }
        }
        // This runs before the handlers are put back, and drops what was typed too much.
        defer { unsafe tcsetattr(tty, TCSAFLUSH, &saved) }
        try write(Array(prompt.utf8), to: tty)
        var waiting = mask
        for number in watched { unsafe sigdelset(&waiting, number) }
        return try reading(tty, waiting)
    }

    /// A handler that notes the signal. Without SA_RESTART, so that `read` is interrupted.
    private static func handler() -> sigaction {
        var action = sigaction()
        #if canImport(Darwin)
            unsafe action.__sigaction_u.__sa_handler = { note($0) }
        #elseif canImport(Musl)
            unsafe action.__sa_handler.sa_handler = { note($0) }
        #else
            unsafe action.__sigaction_handler.sa_handler = { note($0) }
        #endif
        unsafe sigemptyset(&action.sa_mask)
        action.sa_flags = 0
        return action
    }

    /// Waits until there is something to read, while signals may come; -1 and `errno` if one did.
    ///
    /// `select` and not `poll`, because macOS has had terminals that `poll` refuses.
    private static func wait(for tty: Int32, mask: sigset_t) -> Int {
        var mask = mask
        var set = fd_set()
        let fits = unsafe withUnsafeMutableBytes(of: &set) { (bits) in
            guard Int(tty) < 8 * bits.count else { return false }
            unsafe bits[Int(tty) / 8] |= 1 << UInt8(tty % 8)
            return true
        }
        guard fits else {
            errno = EMFILE
            return -1
        }
        return Int(unsafe pselect(tty + 1, &set, nil, nil, nil, &mask))
    }

    /// Reads up to the end of input on a line of its own.
    private static func readText(
        into text: inout [UInt8], limit: Int, from tty: Int32, mask: sigset_t
    ) throws(TerminalError) {
        while true {
            var moved = wait(for: tty, mask: mask)
            var code = errno
            if moved > 0 {
                if text.count == text.capacity { grow(&text) }
                let room = text.capacity - text.count
                text.append(addingCapacity: room) { (output) in
                    output.append(upTo: room) { (target) in
                        moved = unsafe read(tty, target, room)
                        code = errno
                        return max(0, moved)
                    }
                }
            } else {
                moved = -1
            }
            let number = caught.load(ordering: .relaxed)
            if number != 0 { throw .interrupted(signal: number) }
            if text.count > limit { throw .tooLong }
            if moved == 0 { return }
            guard moved > 0 || code == EINTR else { throw .failed(errno: code) }
        }
    }

    /// Reads one line without its end. What was read is wiped before an error.
    private static func readLine(
        from tty: Int32, mask: sigset_t
    ) throws(TerminalError) -> [UInt8] {
        var line: [UInt8] = []
        // Never regrown, so no copy is left behind.
        line.reserveCapacity(answerLimit + 1)
        var byte: UInt8 = 0
        defer { byte = 0 }
        while true {
            var moved = wait(for: tty, mask: mask)
            if moved > 0 { moved = unsafe read(tty, &byte, 1) } else { moved = -1 }
            let code = errno
            let number = caught.load(ordering: .relaxed)
            let problem: TerminalError
            if number != 0 {
                problem = .interrupted(signal: number)
            } else if moved == 1, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                return line
            } else if moved == 1, line.count < answerLimit {
                line.append(byte)
                continue
            } else if moved == 1 {
                problem = .tooLong
            } else if moved == 0, !line.isEmpty {
                return line
            } else if moved == 0 {
                problem = .endOfInput
            } else if code == EINTR {
                continue
            } else {
                problem = .failed(errno: code)
            }
            Wipe.zero(&line)
            throw problem
        }
    }
}
