// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Foundation
import Testing

/// Pages in a real browser: they show their text, and neither run nor load anything.
///
/// Needs `chromium` (`apt-get install chromium`); without it the tests are skipped, and say so.
struct BrowserTests {
    /// Where Debian has it.
    private static let browser = "/usr/bin/chromium"

    /// Opens a page without a window; what the page became, and what the browser said about it.
    private func open(_ page: String, in scene: Scene, _ options: [String]) throws -> Tool.Result {
        guard FileManager.default.isExecutableFile(atPath: Self.browser) else {
            try Test.cancel("there is no chromium; install it to see pages in a browser")
        }
        return try Tool.run(
            program: Self.browser,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--user-data-dir=\(scene.path("browser"))", "--enable-logging=stderr",
                "--window-size=1000,1400",
            ] + options + ["file://" + page],
            environment: ["HOME": scene.folder.path, "PATH": "/usr/bin:/bin"], in: scene.folder)
    }

    /// A vault with a case that tries everything.
    private func scene() throws -> (Scene, String) {
        let scene = try Scene()
        try scene.committee("Robin")
        try scene.write(
            #"{"immediateDanger":true,"reporterName":"<img src=x onerror=alert(1)>"}"#, to: "fields"
        )
        let name = try scene.startCase(
            "Robin",
            text: "<script>document.title='broken'</script><img src=\"file:///nothing.png\">\n"
                + "</div><style>*{display:none}</style>Visible & plain \u{202E}txt",
            "--fields", scene.path("fields"))
        try scene.must(
            "Robin", ["row", name, "status=ongoing", "resolution=<b>Verbal</b> warning"])
        return (scene, name)
    }

    @Test func aCase() throws {
        let (scene, name) = try scene()
        let page = scene.path("case.html")
        try scene.must("Robin", ["show", name, "--html", "--output", page])
        let seen = try open(page, in: scene, ["--dump-dom"])
        #expect(seen.exit == 0)
        #expect(seen.text.contains("<title>\(name)</title>"))
        #expect(seen.text.contains("Visible &amp; plain \\u{202E}txt"))
        #expect(seen.text.contains("&lt;script&gt;document.title='broken'&lt;/script&gt;"))
        #expect(!seen.text.contains("<script") && !seen.text.contains("<img"))
        // A blocked style, a failed load or a script error would be a line of the console.
        #expect(!seen.errors.contains("CONSOLE"), "\(seen.errors)")
    }

    @Test func theRegister() throws {
        let (scene, name) = try scene()
        let page = scene.path("register.html")
        try scene.must("Robin", ["show", "--html", "--output", page])
        let seen = try open(page, in: scene, ["--dump-dom"])
        #expect(seen.text.contains("<th scope=\"row\">\(name)</th>"))
        #expect(seen.text.contains("&lt;b&gt;Verbal&lt;/b&gt; warning"))
        #expect(!seen.errors.contains("CONSOLE"), "\(seen.errors)")
    }

    @Test func theStyleIsUsed() throws {
        let (scene, name) = try scene()
        let page = scene.path("case.html")
        try scene.must("Robin", ["show", name, "--html", "--output", page])
        func picture(_ page: String) throws -> Int {
            let file = scene.path("page.png")
            _ = try open(page, in: scene, ["--hide-scrollbars", "--screenshot=" + file])
            return try Data(contentsOf: URL(fileURLWithPath: file)).count
        }
        let styled = try picture(page)
        // One changed character: the policy then knows the style no more, and blocks it.
        let text = try String(contentsOfFile: page, encoding: .utf8)
        let other = try scene.write(
            text.replacing("color: #1b1f24", with: "color: #1b1f25"), to: "o")
        let renamed = scene.path("other.html")
        try FileManager.default.moveItem(atPath: other, toPath: renamed)
        let blocked = try open(renamed, in: scene, ["--dump-dom"])
        #expect(blocked.errors.contains("CONSOLE"), "the test sees what the browser refuses")
        #expect(try picture(renamed) != styled)
    }
}
