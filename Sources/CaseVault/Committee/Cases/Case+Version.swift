// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

extension Case {
    /// What a case consisted of when somebody looked at it: an act that is about all of it takes
    /// this along, and is refused once there is more or less.
    ///
    /// It follows from which entries have their text and which people are reported, so that it is
    /// the same on every computer. Votes, readers and files that are written anew change nothing.
    public struct Version: Hashable, Sendable, LosslessStringConvertible {
        /// 32 lower-case hexadecimal digits.
        public let description: String

        /// Reads 32 hexadecimal digits; `nil` for anything else.
        public init?(_ text: String) {
            let text = text.lowercased()
            guard text.utf8.count == 32, text.utf8.allSatisfy(\.isHexDigit) else { return nil }
            description = text
        }

        /// The version of a case.
        init(_ view: CaseView) {
            let gone = view.log.history.erased.union(view.log.history.erasing)
            let entries = (view.entryRecords + view.lateEntryRecords).map(\.id)
            var writer = ByteWriter()
            writer.raw(view.log.id.raw)
            writer.list(entries.filter { !gone.contains($0) }.sorted()) { $0.raw($1.raw) }
            writer.list(view.checks) { $0.raw($1.raw) }
            description = String(BLAKE2b.hash(writer.bytes).hex.prefix(32))
        }
    }

    /// What the case consists of, to take along to an act that is about all of it.
    ///
    /// - Throws: `notForYou`, `firstLookNeeded`.
    public var version: Version {
        get throws(VaultError) { Version(try viewAfterFirstLook()) }
    }
}
