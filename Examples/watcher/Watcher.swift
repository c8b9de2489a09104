// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors
//
// Watches a vault and reports what waits, until it is told to stop:
//
//     watcher VAULT KEYFILE [SECONDS]
//
// It writes a block of lines whenever something changed, and ends with exit code 0 on SIGTERM or
// SIGINT, between two looks. A chat bot would post the lines, a web back end would serve them.

import CaseVault
import Dispatch

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The program.
@main
struct Watcher {
    /// Watches until a signal arrives.
    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        guard (2...3).contains(words.count),
            let seconds = Double(words.count == 3 ? words[2] : "5"), seconds > 0
        else {
            say("usage: watcher VAULT KEYFILE [SECONDS]")
            exit(2)
        }
        let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        let paths = words.prefix(2).map {
            $0.hasPrefix("/") ? URL(fileURLWithPath: $0) : here.appendingPathComponent($0)
        }
        let watch = try Watch(folder: paths[0], keyFile: paths[1])
        let work = Task {
            while !Task.isCancelled {
                do {
                    for line in try await watch.look() ?? [] { say(line) }
                } catch {
                    // A share that is away for a while is no reason to end.
                    say("error: \(error)")
                }
                try? await Task.sleep(for: .seconds(seconds))
            }
        }
        let sources = [SIGTERM, SIGINT].map { number in
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { @Sendable in work.cancel() }
            source.resume()
            return source
        }
        await work.value
        withExtendedLifetime(sources) { say("stopped") }
    }

    /// Writes a line at once, also into a pipe.
    private static func say(_ line: String) {
        print(line)
        fflush(nil)
    }
}
