// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

private import Synchronization

/// Tells whoever runs this process that it waits for another one's lock.
///
/// One for the whole process, because a person looks at one terminal, whichever vault waits.
package enum WaitNotice {
    /// How long a lock is waited for in silence.
    package static let patience = Duration.seconds(2)

    /// Is called with the process that has the lock; `nil` if that is not known.
    package typealias Handler = @Sendable (_ holder: Int32?) -> Void

    /// Whom to tell.
    private static let handler = Mutex<Handler?>(nil)

    /// Says whom to tell from now on; `nil` for nobody.
    package static func set(_ handler: Handler?) { Self.handler.withLock { $0 = handler } }

    /// Tells.
    static func tell(holder: Int32?) { handler.withLock { $0 }?(holder) }
}
