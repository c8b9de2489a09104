// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

// The one place where spans become C pointers.
//
// A span of zero elements may have no base address, while libsodium's headers say nonnull. A
// bridge that leaves the C call out in that case would take a forged empty chunk for a good one,
// because nobody looked at the tag. So `body` is always called, with a dummy pointer if need be.

extension Span where Element == UInt8 {
    /// Lends the bytes as a pointer that is never null, and their number.
    @safe @inline(always)
    func withPointer<R: ~Copyable, E: Error>(
        _ body: (UnsafePointer<UInt8>, Int) throws(E) -> R
    ) throws(E) -> R {
        try unsafe withUnsafeBufferPointer { (buffer) throws(E) -> R in
            guard let base = buffer.baseAddress else {
                var dummy: UInt8 = 0
                return try unsafe body(&dummy, 0)
            }
            return try unsafe body(base, buffer.count)
        }
    }
}

extension MutableSpan where Element == UInt8 {
    /// Lends the bytes as a mutable pointer that is never null, and their number.
    @safe @inline(always)
    mutating func withPointer<R: ~Copyable, E: Error>(
        _ body: (UnsafeMutablePointer<UInt8>, Int) throws(E) -> R
    ) throws(E) -> R {
        try unsafe withUnsafeMutableBufferPointer { (buffer) throws(E) -> R in
            guard let base = buffer.baseAddress else {
                var dummy: UInt8 = 0
                return try unsafe body(&dummy, 0)
            }
            return try unsafe body(base, buffer.count)
        }
    }
}

extension OutputSpan where Element == UInt8 {
    /// Lets `body` write up to `count` bytes at the end; it answers how many it wrote.
    ///
    /// - Precondition: the free capacity is at least `count`.
    @safe @inline(always)
    mutating func append<E: Error>(
        upTo count: Int, _ body: (UnsafeMutablePointer<UInt8>) throws(E) -> Int
    ) throws(E) {
        precondition(count <= freeCapacity, "the output span is too small")
        try unsafe withUnsafeMutableBufferPointer { (buffer, initialised) throws(E) -> Void in
            // With no capacity there is still a tag to check.
            guard let base = buffer.baseAddress else {
                var dummy: UInt8 = 0
                initialised += try unsafe body(&dummy)
                return
            }
            initialised += try unsafe body(base + initialised)
        }
    }
}

extension Array where Element == UInt8 {
    /// Lends the bytes as a pointer that is never null, and their number.
    @safe @inline(always)
    func withPointer<R: ~Copyable, E: Error>(
        _ body: (UnsafePointer<UInt8>, Int) throws(E) -> R
    ) throws(E) -> R {
        try span.withPointer(body)
    }
}
