// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import Synchronization

/// Calls `body` with 0 to `count` - 1, from up to `width` threads at once, until one call fails.
///
/// - Parameters:
///   - count: how many calls.
///   - width: how many at once; see ``parallelForEach(count:width:_:)``.
///   - body: the work. It may run on any thread, in any order.
/// - Throws: The first error, after all calls that had begun have ended.
package func parallelTry<E: Error>(
    count: Int, width: Int, _ body: @Sendable (Int) throws(E) -> Void
) throws(E) {
    let failure = Mutex<E?>(nil)
    parallelForEach(count: count, width: width) { i in
        if failure.withLock({ $0 != nil }) { return }
        do throws(E) { try body(i) } catch { failure.withLock { $0 = $0 ?? error } }
    }
    if let error = failure.withLock({ $0 }) { throw error }
}
