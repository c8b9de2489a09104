#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright CaseVault contributors
"""Says what rules.py makes of histories, so that other programs can be compared with it.

Reads one history as JSON on each line of stdin: {"records": [...], "machines": {"A": [batch, ...]}}. Records are as in
vectors.json; a batch is a list of the ids of records that arrive together, or "forget". Prints one line for each
history: for each machine and batch what is signed and what then stands, in the words of vectors.json. Prints null where
rules.py comes to no end: if the owner of a machine was let in by a stranger's record that somebody lists, the owner is a
stranger too, and `owed` signs in vain. Intake keeps strangers' records out, so no vault comes to that.
"""

import json
import signal
import sys

from rules import Record, receive
from scene import sign
from vectors import result


def record(d):
    d = dict(d)
    for f in ("people", "ids", "over", "checks", "withheld"):
        d[f] = frozenset(d.get(f, ()))
    d["bonds"] = tuple(map(tuple, d.get("bonds", ())))
    d["tag"] = tuple(d.get("tag", ()))
    return Record(**d)


def machine(m, batches, records):
    label = {i: i for i in records}
    here, memory, told, signed = frozenset(), None, [], 0
    for batch in batches:
        if batch == "forget":
            memory = None
            continue
        new = frozenset(records[i] for i in batch)
        then, st = receive(m, here, new, memory, make=sign)
        signs = sorted(then - here - new, key=lambda r: r.log)
        for r in signs:
            label[r.id] = f"{m}.{signed}"
            signed += 1
        here, memory = then, st.memory()
        told.append({"signs": [{"log": r.log, "ids": sorted(label[i] for i in r.ids)} for r in signs],
                     "logs": {log: result(st, log, here, label) for log in sorted(st.views)}})
    return told


class NoEnd(Exception):
    pass


def give_up(*_):
    raise NoEnd


def main():
    # Whoever starts this may have blocked signals; then nothing would end an endless history.
    signal.pthread_sigmask(signal.SIG_SETMASK, set())
    signal.signal(signal.SIGVTALRM, give_up)
    for line in sys.stdin:
        history = json.loads(line)
        records = {d["id"]: record(d) for d in history["records"]}
        signal.setitimer(signal.ITIMER_VIRTUAL, 5)          # thousands of times what a history takes, and not of the clock
        try:
            answer = {m: machine(m, b, records) for m, b in history["machines"].items()}
        except NoEnd:
            answer = None
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        print(json.dumps(answer, sort_keys=True), flush=True)


if __name__ == "__main__":
    main()
