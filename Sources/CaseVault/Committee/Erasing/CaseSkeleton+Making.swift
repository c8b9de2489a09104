// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension CaseSkeleton {
    /// Takes the skeleton of a case, so that the numbers stay what they are. An earlier skeleton
    /// is among the facts.
    init(of facts: CaseFacts) {
        self.init(
            receivedOn: facts.received, channel: facts.channel,
            acknowledgedOn: facts.acknowledgedOn,
            response: facts.response, resolvedOn: facts.resolvedOn,
            furtherReports: Array(facts.reports.map(\.received).sorted().dropFirst()),
            votes: facts.votes,
            votesWithQuorum: facts.votesWithQuorum)
    }
}
