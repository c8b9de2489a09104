# SPDX-License-Identifier: Apache-2.0
# Copyright CaseVault contributors
"""Drives Debian's Chromium and Firefox without a window, with Python's own library only.

Both classes have the same few methods, so that one scenario runs in both.
"""

import base64
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time

KEYS = {"Tab": "\ue004", "Enter": "\ue007", " ": " "}


class BrowserError(Exception):
    """The browser did not do what it was told, or not in time."""


def saved(home, name, seconds=120):
    """A file that the page gave to save."""
    path, limit, last = os.path.join(home, "saved", name), time.monotonic() + seconds, -1
    while time.monotonic() < limit:
        size = os.path.getsize(path) if os.path.exists(path) else -1
        is_whole = size > 0 and not os.path.exists(path + ".part")
        if is_whole and size == last:
            with open(path, encoding="ascii") as file:
                return file.read()
        last = size
        time.sleep(0.3)
    raise BrowserError(f"{name} was not saved")


class Chromium:
    """Chromium over the pipe of its debugging protocol."""

    name = "chromium"

    def __init__(self, jitless=False, size=(1000, 1400), scripts=True):
        self.home = tempfile.mkdtemp()
        to_browser, self.write = os.pipe()
        self.read, from_browser = os.pipe()
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        options += [f"--user-data-dir={self.home}", "--remote-debugging-pipe", "--no-first-run"]
        options += ["--disable-background-networking", "--hide-scrollbars"]
        if jitless:
            options.append("--js-flags=--jitless")
        # The browser wants these two at 3 and 4.
        command = "exec 3<&%d 4>&%d; exec chromium \"$@\"" % (to_browser, from_browser)
        self.process = subprocess.Popen(
            ["/bin/bash", "-c", command, "chromium"] + options + ["about:blank"],
            pass_fds=(to_browser, from_browser), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env={"HOME": self.home, "PATH": "/usr/bin:/bin"},
        )
        os.close(to_browser)
        os.close(from_browser)
        self.waiting, self.number, self.session = b"", 0, None
        self.problems, self.requests = [], []
        targets = self.call("Target.getTargets")["targetInfos"]
        target = next(item for item in targets if item["type"] == "page")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "DOM", "Audits"):
            self.call(domain + ".enable")
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)
        self.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=self.home + "/saved")
        self.resize(*size)
        if not scripts:
            self.call("Emulation.setScriptExecutionDisabled", value=True)

    @staticmethod
    def is_here():
        return os.path.exists("/usr/bin/chromium")

    def resize(self, width, height, scale=1):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=scale, mobile=width < 600)

    def message(self, limit):
        while b"\0" not in self.waiting:
            if time.monotonic() > limit:
                raise BrowserError("no answer in time")
            part = os.read(self.read, 1 << 20)
            if not part:
                raise BrowserError("the browser is gone")
            self.waiting += part
        one, self.waiting = self.waiting.split(b"\0", 1)
        return json.loads(one)

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.write, data):]
        limit = time.monotonic() + 540
        while True:
            answer = self.message(limit)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error']}")
                return answer["result"]
            self.note(answer.get("method"), answer.get("params", {}))

    def note(self, method, event):
        if method == "Runtime.exceptionThrown":
            self.problems.append(event["exceptionDetails"].get("text", "exception"))
        elif method == "Log.entryAdded" and event["entry"]["level"] in ("warning", "error"):
            self.problems.append(event["entry"]["text"])
        elif method == "Runtime.consoleAPICalled":
            self.problems.append("console: " + event["type"])
        elif method == "Audits.issueAdded":
            self.problems.append("issue: " + json.dumps(event["issue"]))
        elif method == "Network.requestWillBeSent":
            self.requests.append(event["request"]["url"])

    def go(self, url):
        self.call("Page.navigate", url=url)
        self.wait("document.readyState === 'complete'")

    def run(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise BrowserError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def wait(self, expression, seconds=300):
        limit = time.monotonic() + seconds
        while not self.run(expression):
            if time.monotonic() > limit:
                raise BrowserError(f"never true: {expression}")
            time.sleep(0.1)

    def press(self, key):
        codes = {"Tab": (9, ""), "Enter": (13, "\r"), " ": (32, " ")}
        code, letters = codes[key]
        name = {"Tab": "Tab", "Enter": "Enter", " ": "Space"}[key]
        for kind in ("keyDown", "keyUp"):
            extra = {"text": letters} if letters and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=name,
                      windowsVirtualKeyCode=code, **extra)

    def type(self, text):
        self.call("Input.insertText", text=text)

    def choose_files(self, field, paths):
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector="#" + field)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=paths)

    def saved(self, name):
        return saved(self.home, name)

    def picture(self, path, whole=True):
        data = self.call("Page.captureScreenshot", captureBeyondViewport=whole)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def close(self):
        # By force: whoever runs the tests can have milder signals blocked.
        self.process.kill()
        self.process.wait()
        os.close(self.read)
        os.close(self.write)
        shutil.rmtree(self.home, ignore_errors=True)


class Firefox:
    """Firefox over Marionette."""

    name = "firefox"

    def __init__(self, jitless=False, size=(1000, 1400), scripts=True):
        self.home = tempfile.mkdtemp()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        settings = {
            "marionette.port": port,
            "datareporting.policy.dataSubmissionEnabled": False,
            "app.update.enabled": False,
            "browser.shell.checkDefaultBrowser": False,
            "network.captive-portal-service.enabled": False,
            "network.connectivity-service.enabled": False,
            "browser.startup.page": 0,
            "browser.download.dir": self.home + "/saved",
            "browser.download.folderList": 2,
            "browser.download.alwaysOpenPanel": False,
            "javascript.enabled": scripts,
        }
        if jitless:
            for part in ("ion", "baselinejit", "blinterp", "native_regexp", "wasm"):
                settings["javascript.options." + part] = False
        with open(os.path.join(self.home, "user.js"), "w", encoding="ascii") as file:
            for key, value in settings.items():
                file.write(f"user_pref({json.dumps(key)}, {json.dumps(value)});\n")
        self.process = subprocess.Popen(
            ["/usr/bin/firefox-esr", "--headless", "--marionette", "--remote-allow-system-access",
             "--no-remote", "--profile", self.home, "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={"HOME": self.home, "PATH": "/usr/bin:/bin", "MOZ_DISABLE_CONTENT_SANDBOX": "1"},
        )
        self.number, self.waiting = 0, b""
        self.line = self.connect(port)
        self.message()
        self.call("WebDriver:NewSession", capabilities={})
        self.call("WebDriver:SetTimeouts", script=540000, pageLoad=300000)
        self.resize(*size)
        self.address = None

    @staticmethod
    def is_here():
        return os.path.exists("/usr/bin/firefox-esr")

    def connect(self, port):
        limit = time.monotonic() + 180
        while True:
            try:
                line = socket.create_connection(("127.0.0.1", port), timeout=540)
                return line
            except OSError as error:
                if time.monotonic() > limit or self.process.poll() is not None:
                    raise BrowserError("Firefox did not start") from error
                time.sleep(0.3)

    def message(self):
        while b":" not in self.waiting:
            self.receive()
        size, rest = self.waiting.split(b":", 1)
        self.waiting = rest
        while len(self.waiting) < int(size):
            self.receive()
        one, self.waiting = self.waiting[: int(size)], self.waiting[int(size):]
        return json.loads(one)

    def receive(self):
        part = self.line.recv(1 << 20)
        if not part:
            raise BrowserError("the browser is gone")
        self.waiting += part

    def call(self, method, **parameters):
        self.number += 1
        data = json.dumps([0, self.number, method, parameters]).encode()
        self.line.sendall(str(len(data)).encode() + b":" + data)
        _, _, error, result = self.message()
        if error:
            raise BrowserError(f"{method}: {error.get('message')}")
        return result.get("value", result) if isinstance(result, dict) else result

    def resize(self, width, height, scale=1):
        self.call("WebDriver:SetWindowRect", width=width, height=height)

    def go(self, url):
        self.address = url
        self.call("WebDriver:Navigate", url=url)

    def run(self, expression):
        return self.call("WebDriver:ExecuteScript", script="return (" + expression + ");", args=[],
                         sandbox=None, newSandbox=True)

    wait = Chromium.wait

    def press(self, key):
        actions = [{"type": kind, "value": KEYS[key]} for kind in ("keyDown", "keyUp")]
        self.call("WebDriver:PerformActions",
                  actions=[{"type": "key", "id": "keys", "actions": actions}])

    def type(self, text):
        element = self.call("WebDriver:GetActiveElement")
        self.call("WebDriver:ElementSendKeys", id=next(iter(element.values())), text=text)

    def choose_files(self, field, paths):
        element = self.call("WebDriver:FindElement", using="css selector", value="#" + field)
        for path in paths:
            self.call("WebDriver:ElementSendKeys", id=next(iter(element.values())), text=path)

    def saved(self, name):
        return saved(self.home, name)

    def picture(self, path, whole=True):
        data = self.call("WebDriver:TakeScreenshot", full=whole)
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    @property
    def problems(self):
        """What the browser's console says about the page."""
        self.call("Marionette:SetContext", value="chrome")
        try:
            said = self.call(
                "WebDriver:ExecuteScript", args=[],
                script="return Services.console.getMessageArray().map(m => { try {"
                " m.QueryInterface(Ci.nsIScriptError); return [m.sourceName, m.errorMessage,"
                " m.category]; } catch (e) { return ['', String(m.message), '']; } });")
        finally:
            self.call("Marionette:SetContext", value="content")
        words = ("CSP", "Content-Security-Policy", "Content Security Policy")
        return [text for source, text, kind in said
                if source == self.address or any(word in kind + text for word in words)]

    @property
    def requests(self):
        loaded = self.run("performance.getEntriesByType('resource').map(r => r.name)")
        return [self.address] + loaded

    def close(self):
        try:
            self.call("Marionette:Quit")
        except (BrowserError, OSError):
            pass
        self.line.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.home, ignore_errors=True)
