// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension Array {
    /// The elements in parts of at most so many, for records that can name only so many.
    func inParts(of limit: Int) -> [[Element]] {
        stride(from: 0, to: count, by: limit).map { start in
            Array(self[start..<Swift.min(start + limit, count)])
        }
    }
}
