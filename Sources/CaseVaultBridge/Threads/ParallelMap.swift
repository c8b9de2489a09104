// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import Synchronization

/// What `body` makes of 0 to `count` - 1, in this order, computed by up to `width` threads at once.
///
/// - Parameters:
///   - count: how many calls.
///   - width: how many at once; see ``parallelForEach(count:width:_:)``.
///   - body: the work. It may run on any thread, in any order.
/// - Returns: One value for each number.
package func parallelMap<T: Sendable>(
    count: Int, width: Int, _ body: @Sendable (Int) -> T
) -> [T] {
    let results = Mutex<[T?]>(Array(repeating: nil, count: max(0, count)))
    parallelForEach(count: count, width: width) { i in
        let result = body(i)
        results.withLock { $0[i] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
}
