// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension RandomAccessCollection where Index == Int {
    /// Where the elements begin for which something is true; the end if there are none. It is true
    /// of none before one of which it is not. The name is that of Swift Algorithms.
    func partitioningIndex(where belongsBehind: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if belongsBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
