// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import Dispatch
internal import Synchronization

/// Calls `body` with 0 to `count` - 1, from up to `width` threads at once, and waits for all.
///
/// Each thread takes the next number when it is done with one. The threads are real ones, so that
/// `width` may be larger than the number of cores when they mostly wait for the disk.
///
/// - Parameters:
///   - count: how many calls.
///   - width: how many at once; less than 1 counts as 1.
///   - body: the work. It may run on any thread, in any order.
package func parallelForEach(count: Int, width: Int, _ body: @Sendable (Int) -> Void) {
    let width = min(width, count, ThreadLimit.current)
    guard width > 1 else {
        for index in 0..<max(0, count) { body(index) }
        return
    }
    let counter = SharedCounter()
    withoutActuallyEscaping(body) { (body) in
        let group = DispatchGroup()
        for number in 1..<width {
            // Work on a queue of its own is not held back to the number of cores.
            DispatchQueue(label: "casevault.\(number)").async(group: group) {
                counter.run(upTo: count, body)
            }
        }
        counter.run(upTo: count, body)
        group.wait()
    }
}

/// The most threads that work is spread over.
package enum ThreadLimit {
    /// No limit but the caller's; a simulation sets 1, so that it can be replayed exactly.
    @TaskLocal package static var current = Int.max
}

/// The next number to hand out, shared by the threads of one ``parallelForEach(count:width:_:)``.
private final class SharedCounter: Sendable {
    /// The next number.
    private let next = Atomic<Int>(0)

    /// Takes numbers and works on them until none is left.
    func run(upTo count: Int, _ body: (Int) -> Void) {
        while true {
            let index = next.add(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            body(index)
        }
    }
}
