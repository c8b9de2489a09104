// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// Words for a passphrase that nobody chose, so that nobody guesses them.
public enum PassphraseWords {
    /// Five words drawn by chance, some 50 bits: with the cost of a key file, years of guessing.
    public static func five() -> String {
        var source = SecureRandomSource()
        return (0..<5).map { (_) in all[Int.random(in: 0..<all.count, using: &source)] }
            .joined(separator: " ")
    }

    /// What is drawn from: the words of code names, each once.
    static let all = Array(Set(CodeNameFirstWords.all + CodeNameSecondWords.all)).sorted()
}
