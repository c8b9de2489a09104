// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import Dispatch

/// Does two things at once, one of them on another thread, and waits for both.
///
/// - Parameters:
///   - other: What another thread does.
///   - own: What the calling thread does meanwhile; it may use what only this thread may.
/// - Throws: What `own` throws, after `other` has ended.
package func together<E: Error>(
    _ other: @Sendable () -> Void, _ own: () throws(E) -> Void
) throws(E) {
    guard ThreadLimit.current > 1 else {
        other()
        return try own()
    }
    var result: Result<Void, E> = .success(())
    withoutActuallyEscaping(other) { (other) in
        let group = DispatchGroup()
        DispatchQueue(label: "casevault.together").async(group: group) { other() }
        do throws(E) { try own() } catch { result = .failure(error) }
        group.wait()
    }
    try result.get()
}
