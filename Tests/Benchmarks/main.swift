// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

guard let options = Options(Array(CommandLine.arguments.dropFirst())) else { exit(2) }
let report = Figures(isJSON: options.isJSON)
let works: [(String, (Options, Figures) throws -> Void)] = [
    ("entry", EntryWork.run), ("attachment", AttachmentWork.run), ("members", MembersWork.run),
    ("vault", VaultWork.run), ("onboard", OnboardWork.run), ("files", FilesWork.run),
    ("scaling", ScalingWork.run), ("start", StartWork.run),
]
do {
    for (name, work) in works where options.works.isEmpty || options.works.contains(name) {
        try work(options, report)
    }
    try report.finish()
} catch {
    print("benchmarks: \(error)")
    exit(1)
}
