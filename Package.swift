// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import PackageDescription

/// What every Swift target is built with.
let common: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    // SwiftPM drops this for packages that depend on us, so it cannot break their builds.
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
]

/// And nearly all of them with this: every use of an unsafe construct must be spelled `unsafe`,
/// and only CaseVaultBridge does.
let settings = common + [.strictMemorySafety()]

let package = Package(
    name: "CaseVault",
    // Array.span needs the macOS 26 standard library. No effect on Linux.
    platforms: [.macOS("26.0")],
    products: [
        .library(name: "CaseVault", targets: ["CaseVault"]),
        .executable(name: "casevault", targets: ["CaseVaultCommand"]),
    ],
    targets: [
        .systemLibrary(
            name: "CSodium", pkgConfig: "libsodium",
            providers: [.apt(["libsodium-dev"]), .brew(["libsodium"])]),
        .target(
            name: "CaseVaultBridge", dependencies: ["CSodium"], swiftSettings: settings),
        .target(
            name: "CaseVault", dependencies: ["CaseVaultBridge"], swiftSettings: settings),
        // Not `casevault`: where case does not count in names, its folder would be the library's.
        .executableTarget(
            name: "CaseVaultCommand", dependencies: ["CaseVault", "CaseVaultBridge"],
            path: "Examples/casevault", exclude: ["package"], swiftSettings: settings),
        .executableTarget(
            name: "onboard-from-csv", dependencies: ["CaseVault"],
            path: "Examples/onboard-from-csv", swiftSettings: settings),
        .executableTarget(
            name: "watcher", dependencies: ["CaseVault"],
            path: "Examples/watcher", swiftSettings: settings),
        // The rim's own tests provoke what must not happen, such as a write behind a guard page.
        // They are not strict, so that the word `unsafe` stands in CaseVaultBridge alone.
        .testTarget(
            name: "CaseVaultBridgeTests", dependencies: ["CaseVaultBridge"],
            swiftSettings: common),
        .testTarget(
            name: "CaseVaultTests", dependencies: ["CaseVault", "CaseVaultBridge"],
            exclude: ["Vectors"], swiftSettings: settings),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "CaseVaultCommand", "onboard-from-csv", "watcher", "CaseVault", "CaseVaultBridge",
            ],
            swiftSettings: settings),
        // Real sync tools on this machine.
        .testTarget(
            name: "SyncTests", dependencies: ["CaseVault", "CaseVaultBridge"],
            swiftSettings: settings),
    ]
)

// Not part of an ordinary build: Tests/Benchmarks/run sets this.
if Context.environment["CASEVAULT_BENCHMARKS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "benchmarks", dependencies: ["CaseVault", "CaseVaultBridge"],
            path: "Tests/Benchmarks", exclude: ["run", "peers"], swiftSettings: settings))
}
