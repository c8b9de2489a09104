// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// Finds and reads the public test vectors, which live beside the repository and not in it.
enum Vectors {
    /// The folder of the vectors; `nil` when it is not there.
    static let folder: URL? = {
        if let path = ProcessInfo.processInfo.environment["CASEVAULT_VECTORS"] {
            return URL(fileURLWithPath: path, isDirectory: true)
        }
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        // A worktree is one level deeper than the main checkout.
        for steps in ["../shared/vectors", "../../shared/vectors"] {
            let candidate = root.appendingPathComponent(steps).standardizedFileURL
            let sources = candidate.appendingPathComponent("SOURCES.md")
            if FileManager.default.fileExists(atPath: sources.path) { return candidate }
        }
        return nil
    }()

    /// Whether the vectors are there. Tests over them are skipped, visibly, when they are not.
    static var available: Bool { folder != nil }

    /// The bytes of one vector file.
    static func data(_ path: String) throws -> Data {
        let folder = try #require(folder)
        return try Data(contentsOf: folder.appendingPathComponent(path))
    }

    /// Decodes one vector file.
    static func decode<T: Decodable>(_ type: T.Type, _ path: String) throws -> T {
        try JSONDecoder().decode(type, from: data(path))
    }

    /// The lines of a text file that are neither empty nor comments.
    static func lines(_ path: String) throws -> [String] {
        String(decoding: try data(path), as: UTF8.self).split(separator: "\n")
            .map(String.init).filter { !$0.hasPrefix("#") }
    }
}

/// The bytes of a hexadecimal text; throws a test failure for anything else.
func unhex(_ text: String) throws -> [UInt8] {
    let digits = Array(text)
    try #require(digits.count.isMultiple(of: 2))
    return try stride(from: 0, to: digits.count, by: 2).map { (index) in
        try #require(UInt8(String(digits[index...index + 1]), radix: 16))
    }
}

/// The hexadecimal text of bytes.
func hex(_ bytes: [UInt8]) -> String {
    bytes.map { (byte) in
        let text = String(byte, radix: 16)
        return text.count == 1 ? "0" + text : text
    }.joined()
}

extension Trait where Self == ConditionTrait {
    /// A test over the vectors: skipped, with the reason, where they are not.
    static var withVectors: Self {
        .enabled(if: Vectors.available, "the published vectors are not in ../shared/vectors")
    }
}
