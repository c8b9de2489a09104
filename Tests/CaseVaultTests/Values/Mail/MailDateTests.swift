// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// Mail dates give the moment they stand for, or nothing.
struct MailDateTests {
    @Test(arguments: [
        ("Thu, 1 Jan 1970 00:00:00 +0000", 0), ("1 Jan 1970 00:00 GMT", 0),
        ("Thu, 01 Jan 1970 01:00:00 +0100", 0), ("Wed, 31 Dec 1969 19:00:00 EST", 0),
        ("31 Dec 69 23:59:59 Z", -1), ("21 Nov 2026 14:05:33 -0730", 1_795_296_933),
        ("Thu, 1 Jan 1970 00:00:00", 0), ("Thu,1 Jan 1970 00:00:60 +0000 (leap)", 60),
    ])
    func reads(_ text: String, _ seconds: Int64) {
        #expect(MailDate.seconds(text) == seconds)
    }

    @Test(arguments: [
        "", "yesterday", "32 Jan 2026 00:00 GMT", "1 Foo 2026 00:00 GMT", "1 Jan 2026 24:00 GMT",
        "1 Jan 2026 00:60 GMT", "29 Feb 2026 00:00 GMT", "1 Jan 2026 00:00 XXX", "1 Jan 2026",
        "1 Jan 2026 0:0 GMT", "1 Jan 2026 00:00 +01000", "1 Jan 20260 00:00 GMT", "Mon, Tue, Wed",
    ])
    func refuses(_ text: String) {
        #expect(MailDate.seconds(text) == nil)
    }
}
