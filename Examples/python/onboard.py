#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright CaseVault contributors
#
# Onboards a newcomer from Python, through `casevault --json`:
#
#     onboard.py CARDFILE --fingerprint "DIGITS" [--withhold ID | --withhold none] [--wait SECONDS]
#
# It admits the newcomer, then catches up until the newcomer was let into every case that waits for
# nothing but this member, or until the time is over. The vault and the key are found as casevault
# finds them (CASEVAULT_DIR, CASEVAULT_KEY); CASEVAULT_BIN names the command itself.
#
# The newcomer answers the conflict checks on their own computer. Nobody can do that for them.
import argparse
import json
import os
import subprocess
import sys
import time


class Failed(Exception):
    """What the command answered when it did not do what it was asked."""

    def __init__(self, error, exit_code):
        super().__init__(f"{error['message']} {error['hint']}")
        self.code, self.exit_code = error["code"], exit_code


def casevault(*words):
    """Runs one command. Its answer is one JSON object on stdout, also when it fails."""
    command = [os.environ.get("CASEVAULT_BIN", "casevault"), *words, "--json"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise SystemExit(f"onboard.py: error: no JSON from {command[0]}") from None
    if not answer["ok"]:
        raise Failed(answer["error"], done.returncode)
    return answer


def admit(card, fingerprint, withheld):
    """Admits; asks which names must be kept from the newcomer if that was not said."""
    checks = casevault("declare", "--list")["checks"]
    if checks and not withheld:
        if not sys.stdin.isatty():
            raise SystemExit("onboard.py: error: give --withhold ID or --withhold none")
        # Names stay on the terminal: they are no arguments, and nothing writes them down.
        for number, check in enumerate(checks, 1):
            print(number, "; ".join(person["name"] for person in check["people"]))
        answer = input("Numbers to keep from the newcomer, or none: ").split()
        if answer != ["none"]:
            withheld = [checks[int(number) - 1]["id"] for number in answer]
    withheld = [check for check in withheld or [] if check != "none"]
    options = [word for check in withheld or ["none"] for word in ("--withhold", check)]
    # What arrives after the list was shown stays closed: somebody is asked about it.
    for check in checks:
        if not any(check["id"].startswith(kept) for kept in withheld):
            options += ["--show", check["id"]]
    return casevault("admit", card, "--fingerprint", fingerprint, *options)


def main():
    """Does what the top of this file says."""
    parser = argparse.ArgumentParser(description="Onboards a newcomer with casevault.")
    parser.add_argument("card")
    parser.add_argument("--fingerprint", required=True)
    parser.add_argument("--withhold", action="append", default=[])
    parser.add_argument("--wait", type=float, default=0, help="seconds to wait for the answers")
    words = parser.parse_args()
    member = admit(words.card, words.fingerprint, words.withhold)["member"]
    print(f"admitted: {member}", flush=True)
    end = time.monotonic() + words.wait
    while True:
        change = casevault("catch-up")
        for item in change["granted"]:
            if "case" in item:
                print(f"let in: {item['member']}, {item['case']}", flush=True)
        waiting = [x for x in change["waiting"] if x.get("member") == member and "case" in x]
        if not waiting or time.monotonic() >= end:
            break
        time.sleep(min(1, max(0, end - time.monotonic())))
    for item in waiting:
        print(f"waiting: {item['needs']}, {item['case']}")


if __name__ == "__main__":
    try:
        main()
    except Failed as problem:
        print(f"onboard.py: error: {problem}", file=sys.stderr)
        sys.exit(problem.exit_code)
