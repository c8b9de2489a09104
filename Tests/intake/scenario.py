#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright CaseVault contributors
"""What a reporter does on the page, in a real browser and with the keyboard only.

usage: scenario.py fill BROWSER URL WISH.json OUT   fills in and seals; OUT gets text and receipt
       scenario.py read BROWSER URL WORDS ANSWER    opens an answer and prints what it says
       scenario.py look BROWSER URL OUT             pictures on a phone's size; rules; no script
       scenario.py over BROWSER URL                 a page whose last day is over
BROWSER is chromium or firefox; with ":slow" behind it, JIT and WebAssembly are off.

A wish has: out, get (names of members), about, text, fields {id: text or true}, files, further.
Prints JSON. Ends with 3, and says so, where the browser is missing.
"""

import json
import os
import sys
import time

import browsers

HERE = os.path.dirname(os.path.abspath(__file__))
VALUE = "document.getElementById(%s).value"
TEXT = "document.getElementById(%s).textContent"


def start(name, **options):
    kind, _, speed = name.partition(":")
    browser = {"chromium": browsers.Chromium, "firefox": browsers.Firefox}[kind]
    if not browser.is_here():
        print(f"scenario: there is no {kind}; install it to see the page in a browser",
              file=sys.stderr)
        sys.exit(3)
    started = browser(jitless=speed == "slow", **options)
    if speed == "slow" and started.run("typeof WebAssembly") != "undefined":
        raise browsers.BrowserError("WebAssembly is not off")
    return started


def get(browser, form, name):
    return browser.run(form % json.dumps(name))


def load(browser, url, is_over=False):
    browser.go(url)
    done = "!document.getElementById('main').hidden || " + TEXT % "'broken'"
    browser.wait(done, 300)
    told = get(browser, TEXT, "broken")
    if is_over:
        return told
    if told:
        raise browsers.BrowserError(told)
    return told


class Keyboard:
    """Goes through the page by Tab alone and never back: the order is part of the test."""

    def __init__(self, browser):
        self.browser = browser
        self.visited = []

    def to(self, field):
        for _ in range(120):
            self.browser.press("Tab")
            at = self.browser.run("document.activeElement.id || document.activeElement.tagName")
            self.visited.append(at)
            if at == field:
                return
        raise browsers.BrowserError(f"Tab never came to {field}: {self.visited}")

    def type(self, field, text):
        self.to(field)
        self.browser.type(text)

    def mark(self, field):
        self.to(field)
        self.browser.press(" ")
        if not self.browser.run(f"document.activeElement.checked"):
            raise browsers.BrowserError(f"{field} was not marked")


def members(browser, prefix):
    return browser.run(
        "Array.prototype.map.call(document.querySelectorAll('#%s label'),"
        " l => l.childNodes[1].nodeValue)" % prefix)


def fill(browser, url, wish, out):
    load(browser, url)
    names = members(browser, "out")
    keyboard = Keyboard(browser)
    for number, name in enumerate(names):
        if name in wish.get("out", []):
            keyboard.mark(f"out{number}")
    if "others" in wish:
        keyboard.type("others", wish["others"])
    if wish.get("get"):
        keyboard.to("wayDrawn")
        # Arrow keys choose among radio buttons; a press on the label does the same.
        browser.run("document.getElementById('wayChosen').click()")
        for number, name in enumerate(names):
            if name in wish["get"]:
                keyboard.mark(f"get{number}")
    keyboard.type("about", wish.get("about", ""))
    keyboard.type("text", wish["text"])
    fields = wish.get("fields", {})
    for number in range(1, 16):
        field = f"f{number}"
        if number == 7 and any(int(name[1:]) >= 7 for name in fields):
            keyboard.to("SUMMARY")
            browser.press("Enter")
        if fields.get(field) is True:
            keyboard.mark(field)
        elif field in fields:
            keyboard.type(field, fields[field])
    if wish.get("files"):
        browser.choose_files("files", wish["files"])
    if wish.get("further"):
        keyboard.mark("further")
        keyboard.type("furtherWords", wish["further"])
    keyboard.to("seal")
    begin = time.monotonic()
    browser.press("Enter")
    done = "!document.getElementById('result').hidden || " + TEXT % "'sealError'"
    browser.wait(done, 500)
    if told := get(browser, TEXT, "sealError"):
        return {"refused": told, "focus": browser.run("document.activeElement.id"),
                "problems": browser.problems}
    seconds = time.monotonic() - begin
    focus = browser.run("document.activeElement.id")
    problems, shown = list(browser.problems), get(browser, VALUE, "block")
    browser.run("(document.getElementById('save').click(), 1)")
    sealed = browser.saved("sealed-report.txt")
    if shown.startswith("-----BEGIN") and shown != sealed:
        raise browsers.BrowserError("the file is not the text")
    with open(os.path.join(out, "sealed-report.txt"), "w", encoding="ascii") as file:
        file.write(sealed)
    receipt = get(browser, TEXT, "receipt")
    with open(os.path.join(out, "receipt.txt"), "w", encoding="ascii") as file:
        file.write(receipt)
    return {
        "receipt": receipt, "sendTo": get(browser, TEXT, "sendTo"),
        "reads": get(browser, TEXT, "isReader"), "focus": focus, "seconds": round(seconds, 1),
        "problems": problems, "requests": browser.requests, "isShown": shown == sealed,
        "stored": stored(browser),
    }


def stored(browser):
    """What the page left in the browser: nothing."""
    return browser.run(
        "(() => { var n = document.cookie.length; try { n += localStorage.length"
        " + sessionStorage.length } catch (e) {} return n })()")


def read(browser, url, words, answer):
    load(browser, url)
    keyboard = Keyboard(browser)
    keyboard.type("words", words)
    keyboard.to("sealedAnswer")
    # As by pasting: a browser that is driven types long texts letter by letter.
    browser.run("(document.getElementById('sealedAnswer').value = %s, 1)" % json.dumps(answer))
    keyboard.to("open")
    browser.press("Enter")
    done = TEXT % "'answers'" + " || " + TEXT % "'openError'"
    browser.wait(done, 300)
    texts = browser.run(
        "Array.prototype.map.call(document.querySelectorAll('.answer'), a => a.textContent)")
    return {"answers": texts, "refused": get(browser, TEXT, "openError"),
            "problems": browser.problems, "requests": browser.requests}


def look(browser, url, out):
    """Pictures and rules, on a phone and on a desk, empty and with a result."""
    wrong = []
    with open(os.path.join(HERE, "rules.js"), encoding="utf-8") as file:
        rules = file.read()
    axe = os.environ.get("AXE")
    for size, (width, height) in {"phone": (360, 740), "desk": (1000, 900)}.items():
        browser.resize(width, height)
        load(browser, url)
        browser.run("(document.querySelector('details').open = true,"
                    " document.getElementById('wayChosen').click(),"
                    " document.getElementById('further').click(), 1)")
        wrong += [f"{size}: {item}" for item in browser.run(rules)]
        browser.picture(os.path.join(out, f"{browser.name}-{size}-form.png"))
        browser.run("(document.getElementById('further').click(),"
                    " document.getElementById('wayDrawn').click(),"
                    " document.querySelector('details').open = false,"
                    " document.getElementById('text').value = 'Something.',"
                    " document.getElementById('seal').click(), 1)")
        browser.wait("!document.getElementById('result').hidden")
        wrong += [f"{size}, sealed: {item}" for item in browser.run(rules)]
        browser.picture(os.path.join(out, f"{browser.name}-{size}-sealed.png"))
        if axe:
            wrong += [f"{size}, axe: {item}" for item in run_axe(browser, axe)]
    return {"wrong": wrong, "problems": browser.problems, "axe": bool(axe)}


def run_axe(browser, axe):
    """An accessibility checker, where there is one: AXE names its script."""
    with open(axe, encoding="utf-8") as file:
        script = file.read()
    browser.run(f"(() => {{ {script}\n; window.axeDone = null; window.axe.run(document).then("
                "r => { window.axeDone = r.violations.map(v => v.id + ': ' + v.nodes[0].html) });"
                " return 1 })()")
    browser.wait("window.axeDone !== null", 120)
    return browser.run("window.axeDone")


def without_script(name, url, out):
    """What stands there with JavaScript off: addresses, and no form."""
    browser = start(name, scripts=False)
    try:
        browser.go(url)
        browser.picture(os.path.join(out, f"{browser.name}-without-script.png"))
        return {"problems": browser.problems}
    finally:
        browser.close()


def main():
    command, name, url, *rest = sys.argv[1:]
    if command == "look":
        quiet = without_script(name, url, rest[0])
        browser = start(name)
    else:
        quiet, browser = None, start(name)
    try:
        if command == "fill":
            with open(rest[0], encoding="utf-8") as file:
                answer = fill(browser, url, json.load(file), rest[1])
        elif command == "read":
            texts = []
            for path in rest:
                with open(path, encoding="utf-8") as file:
                    texts.append(file.read())
            answer = read(browser, url, *texts)
        elif command == "over":
            told = load(browser, url, is_over=True)
            disabled = browser.run("document.getElementById('seal').disabled")
            answer = {"told": told, "isSealDisabled": disabled}
        elif command == "look":
            answer = look(browser, url, rest[0])
            answer["withoutScript"] = quiet
        else:
            sys.exit(__doc__)
    finally:
        browser.close()
    print(json.dumps(answer))


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main()
