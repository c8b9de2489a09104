// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Synchronization

/// Results of work on several threads, in order.
final class ResultSlots<T: Sendable>: Sendable {
    /// The results so far.
    private let slots: Mutex<[T?]>

    /// Room for so many.
    init(_ count: Int) { slots = Mutex(Array(repeating: nil, count: count)) }

    /// Keeps a result.
    func set(_ index: Int, _ value: T) { slots.withLock { $0[index] = value } }

    /// All results.
    var all: [T] { slots.withLock { $0.compactMap { $0 } } }
}
