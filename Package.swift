// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import PackageDescription

/// One list for every Swift target, so that no target is built less strictly than another.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    // Every use of an unsafe construct must be spelled `unsafe`; only CaseVaultBridge does.
    .strictMemorySafety(),
    // SwiftPM drops this for packages that depend on us, so it cannot break their builds.
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
]

let package = Package(
    name: "CaseVault",
    // Array.span needs the macOS 26 standard library. No effect on Linux.
    platforms: [.macOS("26.0")],
    products: [
        .library(name: "CaseVault", targets: ["CaseVault"]),
        .executable(name: "casevault", targets: ["casevault"]),
    ],
    targets: [
        .systemLibrary(
            name: "CSodium", pkgConfig: "libsodium",
            providers: [.apt(["libsodium-dev"]), .brew(["libsodium"])]),
        .target(
            name: "CaseVaultBridge", dependencies: ["CSodium"], swiftSettings: settings),
        .target(
            name: "CaseVault", dependencies: ["CaseVaultBridge"], swiftSettings: settings),
        .executableTarget(
            name: "casevault", dependencies: ["CaseVault", "CaseVaultBridge"],
            path: "Examples/casevault", swiftSettings: settings),
        .testTarget(
            name: "CaseVaultBridgeTests", dependencies: ["CaseVaultBridge"],
            swiftSettings: settings),
        .testTarget(
            name: "CaseVaultTests", dependencies: ["CaseVault", "CaseVaultBridge"],
            swiftSettings: settings),
        .testTarget(
            name: "CommandTests", dependencies: ["casevault", "CaseVault", "CaseVaultBridge"],
            swiftSettings: settings),
    ]
)
