// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

// Functions of the C library whose names a method of ours hides. They are called here, where
// nothing hides them, because the library's module has another name on each system.

/// Writes some bytes, by `write`; how many, or -1 and `errno`.
func writeOnce(_ descriptor: Int32, _ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    unsafe write(descriptor, bytes, count)
}

/// Ends the process, by `exit`.
func endProcess(_ code: Int32) -> Never { exit(code) }
