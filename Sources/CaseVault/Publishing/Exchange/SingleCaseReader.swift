// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

internal import CaseVaultBridge

/// Reads one case to import from a single document, with `NAME.about` and perhaps
/// `NAME.fields.json` beside it.
struct SingleCaseReader {
    /// The number of the case.
    let number: Int
    /// The document.
    let path: String
    /// Reads files.
    let reader: DocumentReader

    /// Reads everything, and collects all problems.
    func read() -> (case: PlannedCase, problems: [ImportProblem], warnings: [ImportProblem]) {
        var result = PlannedCase(number: number)
        var problems: [ImportProblem] = []
        var warnings: [ImportProblem] = []
        func attempt(_ path: String, _ body: () throws(DocumentReader.Failure) -> Void) {
            do throws(DocumentReader.Failure) { try body() } catch {
                problems.append(
                    ImportProblem(
                        caseNumber: number, document: nil, reason: error.reason, path: path))
            }
        }
        attempt(path) { () throws(DocumentReader.Failure) in
            let paper = try reader.paper(path)
            do throws(VaultError) { try paper.report.checkLimits() } catch {
                throw DocumentReader.Failure(reason: error.clause)
            }
            result.report = paper.report
            result.attachments = reader.attachments(of: paper, path)
            result.intake = paper.intake
            warnings = paper.remarks.map {
                ImportProblem(caseNumber: number, document: nil, reason: $0, path: path)
            }
        }
        let stem = DocumentReader.stem(path)
        if reader.files.fileExists(stem + ".about") {
            attempt(stem + ".about") { () throws(DocumentReader.Failure) in
                result.people = try CaseFolderReader.people(stem + ".about", reader)
            }
        } else {
            attempt(path) { () throws(DocumentReader.Failure) in
                throw DocumentReader.Failure(
                    reason: "it is not said whom it is about: a file beside it called the same "
                        + "with .about at the end, one person a line")
            }
        }
        if reader.files.fileExists(stem + ".fields.json") {
            attempt(stem + ".fields.json") { () throws(DocumentReader.Failure) in
                let json = try reader.bytes(stem + ".fields.json")
                do throws(VaultError) { try result.report.apply(fieldsJSON: json) } catch {
                    throw DocumentReader.Failure(reason: error.clause)
                }
            }
        }
        let name = String(path.split(separator: "/").last ?? "")
        result.label = DocumentReader.stem(name)
        if result.report.receivedOn == nil {
            let found = reader.day(names: [name], text: result.report.text, path)
            (result.report.receivedOn, result.hasDayOfFile) = (found.day, found.isOfFile)
        }
        return (result, problems, warnings)
    }
}
