// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import Synchronization

/// What `body` makes of 0 to `count` - 1, in this order, computed by up to `width` threads at once.
///
/// - Parameters:
///   - count: how many calls.
///   - width: how many at once; see ``parallelForEach(count:width:_:)``.
///   - stride: how many one thread does before it takes the next: more than one where each takes
///     only microseconds. Less than 1 counts as 1.
///   - body: the work. It may run on any thread, in any order.
/// - Returns: One value for each number.
package func parallelMap<T: Sendable>(
    count: Int, width: Int, stride: Int = 1, _ body: @Sendable (Int) -> T
) -> [T] {
    let (count, stride) = (max(0, count), max(1, stride))
    let parts = (count + stride - 1) / stride
    let results = Mutex<[[T]]>(Array(repeating: [], count: parts))
    parallelForEach(count: parts, width: width) { part in
        let start = part * stride
        let made = (start..<min(start + stride, count)).map(body)
        results.withLock { $0[part] = made }
    }
    return results.withLock { $0.flatMap(\.self) }
}
