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
/// - Throws: The error of the lowest number whose call failed, after all calls.
package func parallelMap<T: Sendable, E: Error>(
    count: Int, width: Int, stride: Int = 1, _ body: @Sendable (Int) throws(E) -> T
) throws(E) -> [T] {
    let (count, stride) = (max(0, count), max(1, stride))
    let parts = (count + stride - 1) / stride
    let results = Mutex<[[Result<T, E>]]>(Array(repeating: [], count: parts))
    parallelForEach(count: parts, width: width) { part in
        let start = part * stride
        let made = (start..<min(start + stride, count)).map { i in
            Result { () throws(E) in try body(i) }
        }
        results.withLock { $0[part] = made }
    }
    var values: [T] = []
    values.reserveCapacity(count)
    for result in results.withLock({ $0 }).joined() { values.append(try result.get()) }
    return values
}
