#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright CaseVault contributors
"""Committees for directed tests: honest computers that sync, and records written by anybody."""

from rules import Record, Rules, bond_tag, counted, questions, receive, state

_known = {}


def rec(log, by, kind, salt=0, **fields):
    """One record; the same content is the same record. Real ids are hashes over everything and 32 random bytes."""
    for f in ("people", "ids", "over", "checks", "withheld"):
        if f in fields:
            fields[f] = frozenset(fields[f])
    key = (log, by, kind, salt, tuple(sorted((k, v) for k, v in fields.items())))
    if key not in _known:
        _known[key] = Record(f"{len(_known)}:{by}.{kind}", log, by, kind, **fields)
    return _known[key]


def sign(me, log, acts):
    return rec(log, me, "counted", ids={r.id for r in acts})


def roster(first):
    return rec("R", first[0], "root", people=first)


def check(name, author, readers, withheld="", bond=None):
    return rec(name, author, "root", of="check", people=set(readers) - set(withheld), withheld=withheld,
               tag=bond_tag(bond or f"bond {name}", author))


def linked_check(name, author, readers, case, bond=None):
    """The root of a check that is linked later: its tag names the case."""
    return rec(name, author, "root", of="check", people=readers, tag=bond_tag(bond or f"bond {name}", case))


def row(name, author, readers, bond=None):
    return rec(name, author, "root", of="row", people=readers, tag=bond_tag(bond or f"bond {name}", author))


def case(name, author, checks=("k1",), row=""):
    bonds = tuple((c, f"bond {c}") for c in tuple(checks) + ((row,) if row else ()))
    return rec(name, author, "root", of="case", checks=checks, row=row, bonds=bonds)


def link(log, by, check, readers="", bond=None, salt=0):
    return rec(log, by, "link", salt=salt, checks={check}, people=readers, bond=bond or f"bond {check}")


def ids(*records):
    return {r.id for r in records}


class Committee:
    """Honest computers. `get` delivers to one, `sync` to all until nothing changes, `forget` loses a memory."""

    def __init__(self, honest, *base, rules=Rules):
        self.rules, self.honest, self.base = rules, list(honest), frozenset(base)
        self.records = {m: frozenset() for m in honest}
        self.states, self.memories = {}, {m: None for m in honest}
        for m in self.honest:
            self.get(m, *base)

    def get(self, m, *new):
        self.records[m], st = receive(m, self.records[m], frozenset(new), self.memories[m], self.rules, sign)
        self.states[m], self.memories[m] = st, st.memory()
        return self

    def forget(self, m):
        self.memories[m] = None
        return self

    def newcomer(self, m, *records):
        self.honest.append(m)
        self.records[m], self.memories[m] = frozenset(), None
        return self.get(m, *records)

    def sync(self, *extra, only=None):
        """Everybody gets everything, until nothing is written any more. Returns the number of rounds in which it was."""
        for n in range(9):
            everything = frozenset().union(*(self.records[m] for m in only or self.honest), frozenset(extra))
            if all(self.records[m] == everything for m in only or self.honest):
                return n
            for m in only or self.honest:
                self.get(m, *everything)
        raise AssertionError("never quiet")

    def view(self, m, log="R"):
        return self.states[m].views[log]

    def people(self, m, log="R"):
        """Who is in: capitals for power, lower case without."""
        v = self.view(m, log)
        power = v.power()
        return "".join(p if p in power else p.lower() for p in sorted(v.people()))

    def readers(self, m, log):
        return "".join(sorted(self.view(m, log).readers()))

    def removals(self, m, p, log="R", by=None):
        """All removals of p, and leaves, that are here: what an act that lets p back in names."""
        return {r.id for r in self.records[m] if r.log == log and (by is None or r.by in by) and
                ((r.kind == "out" and p in r.people) or (r.kind == "leave" and r.by == p))}

    def leave(self, m, log="R", salt=0):
        v = self.view(m, log)
        mine = {r.id for r in v.lists[m]} | {r.id for r in v.ends + v.erasures if r.by == m}
        self.get(m, rec(log, m, "leave", salt=salt, ids=mine))
        return self

    def questions(self, m, log="R"):
        return questions(self.states[m], log, self.records[m], self.rules)

    def asked(self, m, log="R"):
        return {c for c, _ in self.questions(m, log).ask}
