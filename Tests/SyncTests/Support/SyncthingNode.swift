// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One running Syncthing that knows one folder and one other device, on loopback only.
final class SyncthingNode {
    /// Whether Syncthing is installed, and `timeout`, which ends it whatever becomes of us.
    static let isAvailable = Command.find("syncthing") != nil && Command.find("timeout") != nil

    /// The folder's name on both sides.
    private static let folderID = "vault"
    /// After so many seconds the process is ended from outside, even if we are gone. The story
    /// takes 15 seconds, but beside other tests it may wait long for its turn.
    private static let lifetime = "2400"

    /// Where it keeps key, configuration and database.
    private let home: URL
    /// The folder that it syncs.
    let folder: URL
    /// The name that its certificate gives it.
    let device: String
    /// Where the other one finds it.
    let port = Int.random(in: 20_000..<26_000)
    /// Where it takes orders.
    private let orderPort = Int.random(in: 26_000..<32_000)
    /// What orders must carry.
    private let orderKey = UUID().uuidString
    /// The running process.
    private var process: Process?

    /// Makes key and certificate.
    init(home: URL, folder: URL) throws {
        self.home = home
        self.folder = folder
        let program = Command.find("syncthing") ?? ""
        let made = try Command.run(
            program, ["generate", "--home=" + home.path, "--no-default-folder"],
            environment: ["STNODEFAULTFOLDER": "1"])
        let line = made.output.split(separator: "\n").first { $0.contains("Device ID: ") }
        guard made.status == 0, let line, let id = line.split(separator: " ").last else {
            throw SyncFailure(description: "syncthing generate: \(made.output)")
        }
        device = String(id)
    }

    deinit { stop() }

    /// Starts it, knowing the other one.
    func start(with other: SyncthingNode) async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(configuration(other).utf8).write(to: home.appendingPathComponent("config.xml"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Command.find("timeout") ?? "")
        process.arguments = [
            "--kill-after=3", Self.lifetime, Command.find("syncthing") ?? "", "serve",
            "--home=" + home.path, "--no-browser", "--no-restart", "--no-upgrade",
        ]
        // Monitored already, as it believes: then there is one process and not two.
        process.environment = ["STMONITORED": "yes", "HOME": home.path, "PATH": "/usr/bin:/bin"]
        let log = home.appendingPathComponent("log")
        try Data().write(to: log)
        let handle = try FileHandle(forWritingTo: log)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        self.process = process
        try await eventually("starting") {
            try await order("GET", "system/ping") != nil
        }
    }

    /// Ends it.
    func stop() {
        guard let id = process?.processIdentifier, process?.isRunning == true, id > 1 else {
            return
        }
        // The whole group, which `timeout` leads. It inherits what our threads block, so nothing
        // gentler arrives.
        _ = kill(-id, SIGKILL)
        process?.waitUntilExit()
        process = nil
    }

    /// Stops or resumes syncing the folder.
    func pause(_ isPaused: Bool) async throws {
        try await eventually("pausing") {
            try await order(
                "PATCH", "config/folders/" + Self.folderID, #"{"paused":\#(isPaused)}"#) != nil
        }
    }

    /// Looks at the folder now; answers when that is done.
    func scan() async throws { _ = try await order("POST", "db/scan?folder=" + Self.folderID) }

    /// Whether everything that the other one is known to have is here.
    func isComplete() async throws -> Bool {
        guard let answer = try await order("GET", "db/status?folder=" + Self.folderID),
            let object = try? JSONSerialization.jsonObject(with: answer) as? [String: Any]
        else { return false }
        return object["state"] as? String == "idle" && object["needTotalItems"] as? Int == 0
    }

    /// Whether it still runs.
    var isRunning: Bool { process?.isRunning ?? false }

    /// Gives an order; `nil` while it does not answer or refuses.
    private func order(_ method: String, _ path: String, _ body: String? = nil) async throws
        -> Data?
    {
        guard let url = URL(string: "http://127.0.0.1:\(orderPort)/rest/\(path)") else {
            return nil
        }
        var request = URLRequest(url: url, timeoutInterval: 20)
        request.httpMethod = method
        request.setValue(orderKey, forHTTPHeaderField: "X-API-Key")
        // Without a body a POST waits for one until its time is over.
        request.httpBody = Data((body ?? "").utf8)
        guard let (data, response) = try? await URLSession.shared.data(for: request),
            (response as? HTTPURLResponse)?.statusCode == 200
        else { return nil }
        return data
    }

    /// Asks again and again, until it is so or it has ended.
    private func eventually(
        _ what: String, _ isSo: () async throws -> Bool
    ) async throws {
        // As long as it runs, which `timeout` limits: a busy machine is no failure.
        while process?.isRunning == true {
            if try await isSo() { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        let log = try String(
            decoding: Data(contentsOf: home.appendingPathComponent("log")), as: UTF8.self)
        throw SyncFailure(description: "\(what): \(log.suffix(2000))")
    }

    /// Loopback, two devices, one folder, and nothing that asks or tells the world.
    private func configuration(_ other: SyncthingNode) -> String {
        /// One device as both folder and list of devices name it.
        func device(_ node: SyncthingNode) -> String {
            """
            <device id="\(node.device)" name="node" compression="never">
                <address>tcp://127.0.0.1:\(node.port)</address>
            </device>
            """
        }
        return """
            <configuration version="36">
                <folder id="\(Self.folderID)" label="" path="\(folder.path)" type="sendreceive"
                    rescanIntervalS="5" fsWatcherEnabled="true" fsWatcherDelayS="1">
                    <device id="\(self.device)"></device>
                    <device id="\(other.device)"></device>
                    <minDiskFree unit="%">0</minDiskFree>
                </folder>
                \(device(self))
                \(device(other))
                <gui enabled="true" tls="false">
                    <address>127.0.0.1:\(orderPort)</address>
                    <apikey>\(orderKey)</apikey>
                </gui>
                <options>
                    <listenAddress>tcp://127.0.0.1:\(port)</listenAddress>
                    <globalAnnounceEnabled>false</globalAnnounceEnabled>
                    <localAnnounceEnabled>false</localAnnounceEnabled>
                    <reconnectionIntervalS>1</reconnectionIntervalS>
                    <relaysEnabled>false</relaysEnabled>
                    <startBrowser>false</startBrowser>
                    <natEnabled>false</natEnabled>
                    <urAccepted>-1</urAccepted>
                    <autoUpgradeIntervalH>0</autoUpgradeIntervalH>
                    <crashReportingEnabled>false</crashReportingEnabled>
                    <stunKeepaliveStartS>0</stunKeepaliveStartS>
                    <progressUpdateIntervalS>-1</progressUpdateIntervalS>
                    <setLowPriority>false</setLowPriority>
                    <minHomeDiskFree unit="%">0</minHomeDiskFree>
                </options>
            </configuration>
            """
    }
}
