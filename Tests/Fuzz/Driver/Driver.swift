// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

/// The target that the environment names; the driver ends with a message if there is none.
private let chosen: Target = {
    let name = ProcessInfo.processInfo.environment["CASEVAULT_FUZZ_TARGET"] ?? ""
    guard let target = Target(rawValue: name) else {
        print("no such target: \(name); there are: \(Target.allCases.map(\.rawValue))")
        end(2)
    }
    return target
}()

/// Ends the process with its output, without looking for leaks.
private func end(_ status: CInt) -> Never {
    fflush(nil)
    _exit(status)
}

/// Called once by libFuzzer before anything else.
///
/// With CASEVAULT_FUZZ_SEEDS it writes the seed corpus into that folder and ends.
@_cdecl("LLVMFuzzerInitialize")
public func fuzzerInitialize(
    _: UnsafeMutablePointer<CInt>?,
    _: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
    if let folder = ProcessInfo.processInfo.environment["CASEVAULT_FUZZ_SEEDS"] {
        do {
            try Seeds().write(to: URL(fileURLWithPath: folder))
            end(0)
        } catch {
            print("seeds: \(error)")
            end(1)
        }
    }
    if ProcessInfo.processInfo.environment["CASEVAULT_FUZZ_TARGETS"] != nil {
        for target in Target.allCases { print(target.rawValue) }
        end(0)
    }
    _ = chosen
    return 0
}

/// Called by libFuzzer for every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzerTestOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    chosen.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
