// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

extension Trait where Self == TimeLimitTrait {
    /// Ends a test that would wait for ever.
    ///
    /// All tests begin at once and wait for one of few threads, so the limit counts the whole run
    /// and not the test; under a sanitizer on a slow machine that takes many minutes.
    static var endsAHang: Self { .timeLimit(.minutes(40)) }
}
