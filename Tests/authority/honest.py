#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright CaseVault contributors
"""Honest years: foundings, comparisons, newcomers, leavers, lost keys, lost memories, conflicts, links, holds, erasures,
with each computer syncing when it likes. Nobody may be asked anything, nothing may get stuck, and at the end all agree
and write nothing more.

usage: honest.py [YEARS] [FIRST_SEED]
"""

import os
import random
import sys

import scene
from scene import Committee, case, check, link, linked_check, rec, roster, row


class Year:
    def __init__(self, seed):
        scene._known.clear()                            # so that a seed is the same history, whatever ran before
        self.rnd = random.Random(seed)
        self.seed, self.n = seed, 0
        start = "ABCDEFG"[:self.rnd.randint(1, 5)]
        self.t = Committee(start[:1], roster(start if self.rnd.random() < .5 else start[:1]))
        self.folder = set(self.t.records[start[0]])
        self.gone, self.few = set(), self.rnd.random() < .3     # few: down to the last one with power
        self.cases, self.links, self.asked = {}, {}, []
        self.slow = {p for p in start if self.rnd.random() < .3}
        for p in start[1:]:
            if p not in self.t.view("A").let_in:
                self.act("A", rec("R", "A", "in", card=p, second=p == "B"))
            self.t.newcomer(p, *self.folder)

    def salt(self):
        self.n += 1
        return (self.seed, self.n)

    def here(self):
        return [p for p in self.t.honest if p not in self.gone]

    def act(self, p, *records):
        self.t.get(p, *records)
        self.folder |= self.t.records[p]

    def sync(self, p):
        before = len(self.t.records[p])
        if self.rnd.random() < .03:
            self.t.forget(p)
        if self.rnd.random() < .3:                       # files arrive in any order
            some = sorted(self.folder - self.t.records[p], key=lambda r: str(r.id))
            self.t.get(p, *self.rnd.sample(some, len(some) // 2))
        self.t.get(p, *self.folder)
        self.folder |= self.t.records[p]
        for log, v in self.t.states[p].views.items():
            if v.kind in ("roster", "case") and v.is_in(p):
                q = self.t.questions(p, log)
                if q.ask or q.unheld:
                    self.asked.append((p, log, q))
        return len(self.t.records[p]) - before

    def powerful(self):
        return [p for p in self.here() if self.t.view(p).has_power(p)]

    def compare(self, p):
        v = self.t.view(p)
        for q in v.people() - {p}:
            if v.has_power(p) and q not in v.strong and p not in v.vouchers[q] and self.rnd.random() < .5:
                self.act(p, rec("R", p, "confirmed", self.salt(), card=q))

    def catch_up(self, p):
        """What a machine does by itself: lets in who answered all, whom nobody took out."""
        for c in self.cases:
            st = self.t.states[p]
            v = st.views.get(c)
            if v is None or not v.reads(p):
                continue
            need = v.root_checks | {k for l in v.links if not v.ended(l) for k in l.checks}
            if not (v.has_power(p) or not v.power()):
                continue
            for q in st.roster.people() - v.let_in:
                if need <= st.facts.answered[q] and not st.facts.conflicted(q, v.checks) and not v.removed(q) and not v.left(q):
                    self.act(p, rec(c, p, "in", self.salt(), card=q, checks=need))

    def answer(self, p):
        st = self.t.states[p]
        for log, v in st.views.items():
            if v.kind == "check" and v.is_in(p) and log not in st.facts.answered[p] and not st.facts.conflicted(p, {log}) and self.rnd.random() < .7:
                self.act(p, rec(log, p, "declare", self.salt(), checks={log}, conflict=self.rnd.random() < .1))

    def start_case(self, p):
        n = len(self.cases)
        people = self.t.view(p).people()
        self.cases[f"c{n}"] = p
        self.act(p, check(f"k{n}", p, people), row(f"row{n}", p, people), case(f"c{n}", p, (f"k{n}",), f"row{n}"),
                 rec(f"k{n}", p, "text", self.salt()), rec(f"c{n}", p, "text", self.salt()))

    def in_case(self, p):
        st = self.t.states[p]
        mine = [c for c in self.cases if c in st.views and st.views[c].reads(p)]
        if not mine:
            return
        c = self.rnd.choice(mine)
        v = st.views[c]
        what = self.rnd.choice(("text", "text", "hold", "end", "erase", "link", "conflict", "recuse"))
        power = v.has_power(p)
        if what == "text":
            self.act(p, rec(c, p, "text", self.salt()))
        elif what == "hold":
            self.act(p, rec(c, p, "hold", self.salt()))
        elif what == "end" and power and v.holds:
            self.act(p, rec(c, p, "end", self.salt(), ids={h.id for h in v.holds}))
        elif what == "erase" and power:
            texts = {r.id for r in v.taken if r.kind == "text"}
            if all(any(h.id in e.ids and v.may(e) for e in v.ends) for h in v.holds):
                self.act(p, rec(c, p, "erase", self.salt(), ids=texts, over={h.id for h in v.holds}))
        elif what == "link" and power and c not in self.links:
            self.links[c] = k = f"l{c}"
            self.act(p, linked_check(k, p, st.roster.people(), c), link(c, p, k, v.readers()),
                     rec(k, p, "declare", self.salt(), checks={k}))
        elif what == "conflict" and len(v.readers()) > 2:
            self.act(p, rec(min(v.root_checks), p, "declare", self.salt(), checks=v.root_checks, conflict=True))
        elif what == "recuse" and len(v.readers()) > 2:
            self.t.leave(p, c, self.salt())
            self.folder |= self.t.records[p]

    def admit(self, p, old=""):
        q = f"N{self.n}"
        v = self.t.view(p)
        opened = [rec(k, p, "in", self.salt(), card=q) for k, w in self.t.states[p].views.items()
                  if w.kind in ("check", "row") and w.has_power(p)]
        self.act(p, rec("R", p, "in", self.salt(), card=q, second=v.first == {p} and v.power() == {p} and len(v.let_in) == 1, was=old),
                 *([rec("R", q, "was", card=old)] if old else []), *opened)
        root = next(r for r in self.folder if r.kind == "root" and r.of == "roster")
        self.t.newcomer(q, root, *(r for r in sorted(self.folder, key=lambda r: str(r.id)) if self.rnd.random() < .7))
        self.folder |= self.t.records[q]

    def leave(self, p):
        for log, v in list(self.t.states[p].views.items()):
            if p in v.let_in and any(r.by == p for r in self.t.records[p] if r.log == log):
                self.t.leave(p, log, self.salt())
        self.folder |= self.t.records[p]
        self.gone.add(p)

    def lost_key(self, p):
        """A colleague takes the old key out and lets the new one in."""
        others = [q for q in self.powerful() if q != p]
        if others:
            q = self.rnd.choice(others)
            self.gone.add(p)
            self.sync(q)                                # else whom p let in last is let in by nobody: said to both
            self.act(q, rec("R", q, "out", self.salt(), people={p}))
            self.admit(q)

    def run(self):
        for day in range(40):
            for p in self.rnd.sample(self.here(), len(self.here())):
                if p in self.slow and self.rnd.random() < .85:
                    continue
                self.sync(p)
                self.answer(p)
                self.compare(p)
                self.catch_up(p)
                x = self.rnd.random()
                if x < .03 and len(self.t.honest) < 9 and self.t.view(p).has_power(p):
                    self.admit(p)
                elif x < .06 and len(self.cases) < 3:
                    self.start_case(p)
                elif x < .25:
                    self.in_case(p)
                elif x < .265 and len(self.powerful()) > (1 if self.few else 2):
                    self.leave(p)
                elif x < .275 and len(self.powerful()) > (1 if self.few else 2):
                    self.lost_key(p)
        for p in self.here():                            # at the end all answer, compare and catch up
            self.sync(p)
            self.answer(p), self.compare(p), self.catch_up(p)
        for rounds in range(6):
            if not sum(self.sync(p) for p in self.here()) and rounds:
                break
        written = [self.sync(p) for p in self.here()] + [self.sync(p) for p in self.here()]
        problems = [f"asked: {a}" for a in self.asked]
        if any(written):
            problems.append(f"not quiet: {written}")
        for log in ["R"] + list(self.cases):
            views = {p: self.t.view(p, log) for p in self.here() if log in self.t.states[p].views and self.t.view(p, log).is_in(p)}
            if len({(v.people(), v.power()) for v in views.values()}) > 1:
                problems.append(f"differ in {log}: " + str({p: (sorted(v.people()), sorted(v.power())) for p, v in views.items()}))
        if not self.powerful():
            problems.append("stuck: nobody has power")
        for p in self.here():
            if not self.t.view(p).is_in(p):
                problems.append(f"{p} is out")
        return problems


def main():
    if os.environ.get("PYTHONHASHSEED") != "0":             # so that a seed means the same history
        os.execve(sys.executable, [sys.executable] + sys.argv, {**os.environ, "PYTHONHASHSEED": "0"})
    years, first = int(sys.argv[1]) if len(sys.argv) > 1 else 12, int(sys.argv[2]) if len(sys.argv) > 2 else 1
    bad, signed, records = 0, 0, 0
    for seed in range(first, first + years):
        y = Year(seed)
        problems = y.run()
        signed += sum(r.kind == "counted" for r in y.folder)
        records += len(y.folder)
        if problems:
            bad += 1
            print(f"seed {seed}:", "; ".join(problems)[:600], flush=True)
    print(f"honest: {years} years, {records} records, {signed} of them counted, {bad} broken")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
