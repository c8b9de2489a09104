// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

extension CaseSkeleton {
    /// Takes the skeleton out of a case's entries; what they do not say any more is taken from
    /// an earlier erasure.
    init(of view: CaseView) {
        var receivedOn = view.skeleton?.receivedOn
        var channel = view.skeleton?.channel
        var acknowledgedOn = view.skeleton?.acknowledgedOn
        var response = view.skeleton?.response
        var resolvedOn = view.skeleton?.resolvedOn
        for record in view.entryRecords {
            switch record.statement {
            case .reported(let statement):
                receivedOn = receivedOn ?? statement.report.receivedOn ?? record.record.day
                channel = channel ?? statement.report.channel
            case .entered(let entry):
                let day = entry.happened ?? record.record.day
                switch entry.kind {
                case .reporter, .firstResponse: acknowledgedOn = min(acknowledgedOn ?? day, day)
                case .outcome: (response, resolvedOn) = (entry.response, day)
                default: break
                }
            default: break
            }
        }
        self.init(
            receivedOn: receivedOn, channel: channel, acknowledgedOn: acknowledgedOn,
            response: response, resolvedOn: resolvedOn)
    }
}
