#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright CaseVault contributors
"""Writes vectors.json, or with --check compares it with the rules.

Directed vectors: the people expected on each machine are written here by hand, and asserted. Capitals have power.
Generated ones: the records of a random hostile history, and what a computer of each person without memory makes of them.
"""

import json
import os
import random
import sys
from collections import defaultdict

from explore import World
from rules import questions, receive, state
from scene import case, check, ids, link, linked_check, rec, roster, row, sign

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "vectors.json")
OUT, WRONG = [], []


def plain(r, label):
    name = lambda i: label.get(i, i)
    d = {"id": name(r.id), "log": r.log, "by": r.by, "kind": r.kind}
    for f in ("card", "was", "row", "bond"):
        if getattr(r, f):
            d[f] = getattr(r, f)
    for f in ("people", "checks", "withheld"):
        if getattr(r, f):
            d[f] = sorted(getattr(r, f))
    for f in ("ids", "over"):
        if getattr(r, f):
            d[f] = sorted(map(name, getattr(r, f)))
    for f in ("guest", "second", "conflict"):
        if getattr(r, f):
            d[f] = True
    if r.kind == "root":
        d["of"] = r.of
        d["bonds"], d["tag"] = [list(b) for b in r.bonds], list(r.tag)
    return d


def result(st, log, records, label):
    v, q = st.views[log], questions(st, log, records)
    texts = [r for r in v.facts.logs[log] if r.kind == "text"]
    return {"in": sorted(v.people()), "power": sorted(v.power()), "readers": sorted(v.readers()), "shut out": sorted(v.shut_out()),
            "taken": sorted(label[r.id] for r in v.taken),
            "on hold": sorted(label[h.id] for h in v.holds if not v.enders(h)),
            "links that ask": sorted(label[l.id] for l in v.links if not v.ended(l)),
            "erased": sorted(label[r.id] for r in texts if v.erased(r)),
            "removed by": sorted(q.removed_by), "ask": sorted([c, sorted(by)] for c, by in q.ask),
            "told": sorted(map(list, q.differ)), "nobody holds me in": q.unheld, "waits": sorted(map(list, q.waits))}


def V(name, records, arrivals, expect, note=""):
    """arrivals: {machine: [batch, ...]}, a batch is a list of records, "*" (the rest), or "forget"."""
    label = {r.id: f"{n:02}" for n, r in enumerate(records)}
    out = {}
    for m, batches in arrivals.items():
        S, memory, signed, told = frozenset(), None, [], []
        for b in batches:
            if b == "forget":
                memory = None
                told.append(b)
                continue
            new = frozenset(records) if b == "*" else frozenset(b)
            T, st = receive(m, S, new, memory, make=sign)
            for r in sorted(T - S - new, key=lambda r: r.log):
                label.setdefault(r.id, f"{m}.{len(signed)}")
                signed.append(r)
            told.append(sorted(label[r.id] for r in new - S))
            S, memory = T, st.memory()
        logs = {log: result(st, log, S, label) for log in sorted(st.views)}
        for log, want in expect.get(m, {}).items():
            v = st.views[log]
            got = "".join(p if p in v.power() else p.lower() for p in sorted(v.people()))
            if set(got) != set(want):
                WRONG.append(f"{name}: {m} {log}: {got}, not {want}")
        out[m] = {"arrivals": told, "signs": [{"log": r.log, "ids": sorted(label[i] for i in r.ids)} for r in signed], "logs": logs}
    OUT.append({"name": name, "note": note, "records": [plain(r, label) for r in records], "machines": out})


def on(log="R", **people):
    return {m: {log: p} for m, p in people.items()}


def directed():
    R = roster("ABCX")
    n, e, f = (rec("R", a, "in", card=c) for a, c in ("AN", "XE", "XF"))
    ax, xa, bx = rec("R", "A", "out", people="X"), rec("R", "X", "out", people="A"), rec("R", "B", "out", people="X")
    strike = rec("R", "X", "out", people="ABC")
    V("nothing happened", [R, n], {"B": ["*"]}, on(B="ABCXn"))
    V("newcomer compared by a second", [R, n, rec("R", "B", "confirmed", card="N")], {"C": ["*"]}, on(C="ABCNX"))
    V("the founder is removed, by name", [R, n, xa], {"B": [[R, n], [xa]], "C": ["*"]}, on(B="BCXn", C="BCX"), "C never counted N; B signs it")
    V("C gets what B signed", [R, n, xa, rec("R", "B", "counted", ids=ids(n, xa))], {"C": ["*"]}, on(C="BCXn"))
    V("one member removes all others", [R, strike], {"A": ["*"], "B": ["*"]}, on(A="X", B="X"))
    o = rec("R", "A", "out", people="X", salt="o"), *[rec("R", "A", "in", card=q, ids=ids(strike)) for q in "ABC"]
    V("A objects", [R, strike, *o], {"A": [[R, strike], "*"], "B": [[R, strike], "*"]}, on(A="ABC", B="X"), "B answers for B")
    p = rec("R", "B", "out", people="X", salt="o"), *[rec("R", "B", "in", card=q, ids=ids(strike)) for q in "ABC"]
    V("A and B object", [R, strike, *o, *p], {"A": [[R, strike], [*o], "*"], "B": [[R, strike], [*p], "*"]}, on(A="ABC", B="ABC"))
    V("removal is final", [R, ax, e, rec("R", "X", "in", card="X", ids=ids(ax)), rec("R", "X", "out", people="B")],
      {"B": [[R, ax], "*"], "C": [[R, ax], "forget", "*"], "A": ["*"]}, on(B="ABC", C="ABC", A="ABC"))
    V("both at once: both out", [R, ax, xa, e], {"B": ["*"]}, on(B="BC"))
    V("let back by name", [R, xa, rec("R", "B", "in", card="A", ids=ids(xa))], {"C": [[R, xa], "*"], "A": ["*"]}, on(C="ABCX", A="ABCX"))
    V("a lift names one removal of two", [R, ax, bx, rec("R", "C", "in", card="X", ids=ids(ax))], {"A": ["*"], "B": [[R, bx], "*"]}, on(A="ABC", B="ABC"))
    both = rec("R", "A", "out", people="EX")
    V("a lift is for one person", [R, e, rec("R", "X", "out", people="CE"), rec("R", "X", "in", card="E", salt=1, ids=ids(rec("R", "X", "out", people="CE")))],
      {"B": ["*"]}, on(B="ABXe"))
    V("two keys removed together lift each other", [R, e, both, rec("R", "E", "in", card="X", ids=ids(both)), rec("R", "X", "in", card="E", salt=2, ids=ids(both))],
      {"B": ["*"], "C": [[R, e], "*"]}, on(B="ABC", C="ABC"))
    V("own keys vouch for each other", [R, e, f, *[rec("R", a, "confirmed", card=b) for a, b in ("EF", "FE", "XE", "XF")], rec("R", "E", "out", people="A")],
      {"B": ["*"]}, on(B="ABCXef"))
    so = rec("R", "E", "out", people="A")
    V("X lists the removal by an own key", [R, e, so, rec("R", "X", "counted", ids=ids(so))], {"B": ["*"]}, on(B="ABCXe"), "a list passes on only removals by who ever had power")
    V("a lagging colleague's list", [R, ax, e, rec("R", "C", "counted", ids=ids(e))], {"B": [[R, ax], "*"]}, on(B="ABCe"))
    V("a removal before admission", [R, rec("R", "A", "out", people="P"), xa, rec("R", "X", "in", card="P")],
      {"B": ["*"], "C": [[R, rec("R", "A", "out", people="P")], "*"]}, on(B="BCX", C="BCX"))
    lv = rec("R", "A", "leave", ids=ids(n))
    V("leaving takes nobody along", [R, n, lv], {"B": ["*"], "N": ["*"]}, on(B="BCXn", N="BCXn"))
    V("a leave does not name it", [R, n, rec("R", "A", "leave")], {"B": ["*"], "C": [[R, n], "*"]}, on(B="BCX", C="BCXn"))
    V("a leaver's removal", [R, strike, rec("R", "X", "leave", ids=ids(strike))], {"B": ["*"]}, on(B="ABC"))
    V("a stranger's records", [R, rec("R", "Z", "out", people="A"), rec("R", "Z", "in", card="Y")], {"A": ["*"]}, on(A="ABCX"))
    F = roster("A")
    s = [rec("R", "A", "in", card="B", second=True), rec("R", "A", "in", card="C"), rec("R", "A", "in", card="D")]
    V("a founder alone", [F, *s], {"B": ["*"]}, on(B="ABcd"))
    V("the second compares", [F, *s, rec("R", "B", "confirmed", card="C")], {"D": ["*"]}, on(D="ABCd"))
    V("a late second", [F, *s, rec("R", "A", "in", card="E", second=True)], {"B": [[F, *s], "*"]}, on(B="ABcd"))
    V("the last one admits", [roster("AB"), rec("R", "A", "out", people="B"), n], {"A": ["*"], "N": ["*"]}, on(A="AN", N="AN"))
    V("all with power left", [roster("AB"), n, rec("R", "A", "leave", ids=ids(n)), rec("R", "B", "leave")], {"N": ["*"]}, on(N="N"))
    V("replaces, without the new key's word", [R, rec("R", "X", "in", card="N", was="C")], {"A": ["*"]}, on(A="ABCX"))
    V("replaces, with it", [R, rec("R", "A", "in", card="N", was="C"), rec("R", "N", "was", card="C")], {"B": ["*"]}, on(B="ABCXn"))
    # Cases. A starts; B, C, X read.
    base = [R, check("k1", "A", "ABCX"), row("row", "A", "ABCX"), case("c", "A", ("k1",), "row")]
    base += [rec("c", "A", "in", card=q, checks={"k1"}) for q in "BCX"] + [rec("c", "A", "text"), rec("k1", "A", "text")]
    text, name = base[-2:]
    c = lambda by, kind, *a, **k: rec("c", by, kind, *a, **k)
    ge, gn = c("X", "in", card="E", guest=True, checks={"k1"}), c("B", "in", card="N", guest=True, checks={"k1"})
    V("a case", base, {"B": ["*"]}, on("c", B="ABCX"))
    V("a guest has no power", base + [ge, c("E", "out", people="A")], {"B": ["*"]}, on("c", B="ABCXe"))
    V("out of the roster, out of the case", base + [bx, ge], {"A": [base, "*"], "C": [[*base, bx], "*"]}, on("c", A="ABC", C="ABC"))
    V("back in the roster, back in the case", base + [xa, rec("R", "B", "in", card="A", ids=ids(xa))], {"C": [[*base, xa], "*"]}, on("c", C="ABCX"))
    V("a conflict, wherever found", base + [rec("k1", "X", "declare", checks={"k1"}, conflict=True), ge], {"A": ["*"]}, on("c", A="ABC"))
    k = rec("k1", "X", "declare", checks={"k1"}, conflict=True)
    V("taken back", base + [k, rec("k1", "X", "declare", checks={"k1"}, ids=ids(k))], {"A": ["*"]}, on("c", A="ABCX"))
    l = [linked_check("k2", "A", "ABCX", "c"), link("c", "A", "k2", "ABX")]
    V("a link leaves C out", base + l, {"B": [base, "*"], "C": ["*"]}, on("c", B="ABCX", C="ABCX"), "C reads on B's computer, and is asked on a new one")
    V("a silent guest", base + l + [ge], {"B": ["*"], "A": [[*base, *l], "*"]}, on("c", B="ABCXe", A="ABCXe"), "in, and reads nothing")
    V("who is asked ends nothing", base + l + [c("C", "end", ids=ids(l[1])), c("C", "in", card="N", guest=True, checks={"k1", "k2"})], {"A": ["*"]}, on("c", A="ABCX"))
    bad = link("c", "X", "nothing")
    V("a link of nothing", base + [bad, gn], {"B": [base, "*"]}, on("c", B="ABCXn"))
    V("ended by two", base + [bad, gn, c("A", "end", ids=ids(bad)), c("B", "end", ids=ids(bad))], {"N": ["*"]}, on("c", N="ABCXn"))
    V("somebody else's check", base + [check("k7", "B", "ABCX"), link("c", "X", "k7"), rec("k7", "C", "declare", checks={"k7"}, conflict=True)], {"A": ["*"]}, on("c", A="ABCX"))
    h = c("A", "hold")
    V("an erasure that does not name the hold", base + [h, c("X", "erase", ids=ids(text))], {"B": ["*"]}, on("c", B="ABCX"))
    V("a hold ended and named", base + [h, c("B", "end", ids=ids(h)), c("X", "erase", ids=ids(text), over=ids(h))], {"C": ["*"]}, on("c", C="ABCX"))
    V("the same, X removed within the day", base + [h, c("B", "end", ids=ids(h)), c("X", "erase", ids=ids(text), over=ids(h)), bx], {"C": ["*"]}, on("c", C="ABC"))
    V("the hold of somebody who was removed", base + [h, c("X", "out", people="A"), c("X", "erase", ids=ids(text))], {"B": ["*"]}, on("c", B="BCX"))
    V("holds of who is out, by person", base + [c("X", "hold"), c("A", "out", people="X"), c("A", "end", people="X"), c("A", "erase", ids=ids(text), over="X"), c("X", "hold", "later")],
      {"B": ["*"]}, on("c", B="ABC"))
    V("the name in a check, its case on hold", base + [h, rec("k1", "X", "erase", ids=ids(name))], {"B": ["*"]}, on("k1", B="ABCX"))
    V("a row that another case names", base + [check("k9", "X", "ABCX"), case("junk", "X", ("k9",), "row"), rec("row", "X", "text"), rec("row", "X", "in", card="E", guest=True)],
      {"A": ["*"]}, on("row", A="ABCXe"), "X is in A's case, so it counts; not for what X's junk case names")
    V("handed over with a conflict", [R, check("k1", "A", "ABCX"), case("c", "A"), rec("k1", "A", "declare", checks={"k1"}, conflict=True), c("A", "in", card="B", checks={"k1"})],
      {"B": ["*"]}, on("c", B="B"))
    hk, ht = rec("k1", "A", "declare", checks={"k1"}, conflict=True), c("A", "text", "told")
    hl, hb = c("A", "leave", ids=ids(ht)), c("A", "in", card="B", checks={"k1"})
    hc = c("B", "in", card="C", checks={"k1"})
    V("who takes over has the report, and signs it", [R, check("k1", "A", "ABCX"), case("c", "A"), hk, ht, hl, hb, hc, c("A", "text", "later"), c("A", "leave", "again", ids=ids(ht, c("A", "text", "later")))],
      {"B": [[R, check("k1", "A", "ABCX"), case("c", "A"), hk, ht, hl, hb], "*", "forget", []], "C": ["*"]}, on("c", B="BC", C="BC"))
    gb, gc = c("A", "in", card="B", checks={"k1"}), c("A", "in", card="C", checks={"k1"})
    sc = [R, check("k1", "A", "ABCX"), case("c", "A"), gb, gc, rec("R", "X", "out", people="A")]
    V("the starter is out before anything was known here", [*sc, c("B", "counted", ids=ids(gb, gc))], {"C": ["*"], "X": ["*"]}, on("c", C="BC", X="BC"))
    V("the starter is out, and nobody counted in time", [*sc, c("E", "counted", ids=ids(gb, gc))], {"C": ["*"]}, on("c", C=""))
    V("handed over to a puppet", [R, check("k1", "X", "ABCX"), case("c", "X"), c("X", "leave"), ge], {"B": ["*"]}, on("c", B=""))
    # A second reading.
    ae = rec("R", "X", "out", people="AEZ")
    V("a lift vouches for nobody, and lets in nobody new", [R, e, ae, ax, *[rec("R", "B", "in", card=q, ids=ids(ae)) for q in "AEZ"]],
      {"B": [[R, e, ae], "*"], "C": [[R, e, ae], "*"]}, on(B="ABCe", C="ABCe"))
    y = roster("ABCY"), rec("R", "A", "out", people="Y"), rec("R", "A", "in", card="X", was="Y"), rec("R", "X", "was", card="Y"), rec("R", "B", "confirmed", card="X")
    v = rec("R", "Y", "confirmed", card="E")
    V("a key and the one it replaced are one voice", [*y, v, rec("R", "X", "in", card="E"), rec("R", "X", "counted", ids=ids(v))], {"C": [[*y], "*"]}, on(C="ABCXe"))
    V("a second that arrives after somebody the founder let in", [F, s[0], s[1]], {"C": [[F, s[1]], "*"], "B": ["*"]}, on(C="ABc", B="ABc"))
    chain = [F, rec("R", "A", "in", card="P"), rec("R", "P", "in", card="Q"), rec("R", "Q", "in", card="S")]
    chain += [rec("R", a, "leave", ids=ids(x)) for a, x in zip("APQ", chain[1:])]
    V("the last one after the last one", chain, {"S": ["*"]}, on(S="S"))
    lv, back = c("A", "leave"), c("X", "in", "back", card="A", ids=ids(c("A", "leave")))
    lb = [linked_check("k2", "B", "ABCX", "c", "b"), link("c", "B", "k2", "BCX", "b")]
    V("a starter who left must answer what was linked since", base + [lv, *lb, back], {"C": [[*base, lv], [*base, lv, *lb], "*"]}, on("c", C="ABCX"))
    gb = c("A", "in", card="G", guest=True, checks={"k1"}), rec("R", "X", "out", people="G")
    V("a guest whom the roster took out", base + [*gb], {"B": ["*"]}, on("c", B="ABCX"))
    V("let back by the case", base + [*gb, c("B", "in", card="G", ids=ids(gb[1]))], {"B": ["*"]}, on("c", B="ABCXg"))
    V("a name whose case is not here", [R, check("k1", "A", "ABCX"), name, rec("k1", "X", "erase", ids=ids(name))], {"B": ["*"]}, on("k1", B="ABCX"), "nothing is erased")
    V("who has a conflict hands over nothing while somebody is in",
      [roster("ABX"), rec("R", "A", "in", card="N"), check("k1", "X", "ABX"), case("c", "X"), rec("k1", "X", "declare", checks={"k1"}, conflict=True),
       c("X", "in", card="A", checks={"k1"}), c("A", "in", "n", card="N", checks={"k1"}), rec("R", "X", "in", card="E"), rec("R", "X", "out", people="AB"),
       c("X", "in", "e", card="E", checks={"k1"})],
      {"N": [[roster("ABX"), rec("R", "A", "in", card="N"), check("k1", "X", "ABX"), case("c", "X"), rec("k1", "X", "declare", checks={"k1"}, conflict=True),
              c("X", "in", card="A", checks={"k1"}), c("A", "in", "n", card="N", checks={"k1"})], "*"]}, on("c", N="n"))
    V("a conflict from another case", base + [rec("k9", "C", "declare", checks={"k9"}, conflict=True), link("c", "X", "k9")], {"B": ["*"]}, on("c", B="ABCX"), "k9 is not here: it asks, and takes nobody out")
    kd = rec("k1", "C", "declare", checks={"k1"}, conflict=True)
    V("a new key takes back the old one's conflict", base + [kd, rec("R", "B", "in", card="M", was="C"), rec("R", "M", "was", card="C"), c("B", "in", "m", card="M", checks={"k1"}),
                                                            rec("k1", "M", "declare", checks={"k1"}, ids=ids(kd))], {"A": ["*"]}, on("c", A="ABXm"))
    two = [R, check("k1", "X", "ABCX"), row("row", "X", "ABX"), case("c", "X", ("k1",), "row"), *[c("X", "in", card=q, checks={"k1"}) for q in "ABC"], rec("row", "A", "in", card="C")]
    V("one author names a row in two cases", two + [case("d", "X", ("k1",), "row"), rec("d", "X", "in", card="B", checks={"k1"}), rec("row", "C", "text")], {"B": [two, "*", "forget", []], "A": ["*"]}, on("row", B="ABCX", A="ABCX"),
      "B is in both cases: nothing is opened there any more; what was counted stays, and changes count")
    over = [c("X", "hold", "x"), link("c", "X", "nothing"), c("A", "out", "x", people="X"), c("A", "end", "x", people="X"), c("A", "erase", "x", ids=ids(text), over="X"),
            c("X", "in", "f", card="F", guest=True), c("F", "hold"), link("c", "F", "nothing too"), c("B", "in", "n", card="N", guest=True, checks={"k1"})]
    V("who is out goes on with new keys", base + over, {"B": ["*"], "C": [base, "*"]}, on("c", B="ABCn", C="ABCn"), "F's hold and link are over with X's")
    V("and whom somebody else let in too is named", base + over + [c("B", "in", "f", card="F", guest=True, checks={"k1"})], {"B": ["*"]}, on("c", B="ABCnf"))
    fx = [roster("X"), rec("R", "X", "in", card="A", second=True), rec("R", "X", "in", card="B"), rec("R", "A", "confirmed", card="B")]
    fo = rec("R", "X", "out", people="AB")
    V("a late second while all others are out", [*fx, fo, rec("R", "X", "in", card="E", second=True), rec("R", "A", "out", people="X"), *[rec("R", "A", "in", card=q, ids=ids(fo)) for q in "AB"]],
      {"A": [fx, [*fx, fo], [rec("R", "X", "in", card="E", second=True)], "*"]}, on(A="AB"))
    V("a case that B left judges nothing", base + [c("B", "leave"), rec("row", "C", "text"), rec("k1", "X", "erase", ids=ids(name))], {"B": ["*"], "C": ["*"]}, on("c", B="ACX", C="ACX"))
    kx = rec("k1", "X", "declare", checks={"k1"}, conflict=True)
    xt, xr = c("X", "text", "late"), rec("row", "X", "text", "late")
    V("who left with a conflict changes nothing", base + [kx, xt, xr, c("X", "leave", "x", ids=ids(xt))], {"B": [base, "*"], "A": ["*"]}, on("c", B="ABC", A="ABC"),
      "neither in the case nor in its row")
    V("a voucher for somebody who is in, where nobody was second", [F, rec("R", "A", "in", card="C"), rec("R", "A", "leave", "c", ids=ids(rec("R", "A", "in", card="C"))),
      rec("R", "C", "in", card="D"), rec("R", "D", "in", card="B"), rec("R", "C", "in", card="B")],
      {"D": [[F, rec("R", "A", "in", card="C"), rec("R", "A", "leave", "c", ids=ids(rec("R", "A", "in", card="C"))), rec("R", "C", "in", card="D"), rec("R", "D", "in", card="B")], "*"]},
      on(D="BCD"), "C is the last with power, so C's word is enough")
    V("two seconds on a new computer", [F, s[0], rec("R", "A", "in", card="E", second=True)], {"B": [[F, s[0]], "*", "forget", []]}, on(B="AB"),
      "B's computer knew the first one, and signs it")
    w = roster("ABX"), check("k1", "A", "ABX", withheld="O"), row("row", "A", "ABX"), case("c", "A", ("k1",), "row"), rec("R", "A", "in", card="W"), rec("R", "W", "was", card="O")
    w += tuple(c("A", "in", card=q, checks={"k1"}) for q in "BX")
    xw, xb = rec("row", "X", "in", card="W"), rec("R", "X", "out", people="B")
    V("a row that was opened while the owner was out", [*w, xw, xb, rec("R", "A", "in", card="B", ids=ids(xb))], {"B": [[*w], [xb], [xw], "*", "forget", []]}, on("row", B="ABXw"),
      "B's computer counted it then, and a new one goes on with that")
    V("withheld", [R, check("k1", "A", "ABX", withheld="C"), rec("k1", "X", "in", card="C")], {"B": ["*"]}, on("k1", B="ABX"))


def generated(count=300):
    worlds = [World(honest="AB", own="E", menu="roster", lost=False), World(honest="ABC", own="EF", menu="roster"),
              World(honest="AB", own="E", menu="case", lost=False), World(honest="AB", hostile="XY", own="E", menu="roster")]
    for n in range(count):
        w, rnd = worlds[n % len(worlds)], random.Random(n)
        st, h, b = w.begin(), 4, 5
        for _ in range(14):
            kinds = defaultdict(list)
            for move in w.moves(st[0], st[1], h, b):
                kinds[move[0]].append(move)
            if not kinds:
                break
            key = lambda mv: (mv[1] or "", mv[4], sorted((r.log, r.by, r.kind, r.card, sorted(r.people)) for r in mv[3]))
            moves = sorted(kinds[rnd.choice(sorted(kinds))], key=key)
            move = rnd.choice(moves)
            st = w.step(move, *st)
            h -= move[0] == "hand"
            b -= move[0] == "sign"
        S = frozenset().union(st[1], *(m.records for m in st[0].values()))
        records = sorted(S, key=lambda r: int(r.id.split(":")[0]))
        label = {r.id: f"{i:02}" for i, r in enumerate(records)}
        out = {}
        for m in w.honest + w.hostile:
            s = state(m, S)
            out[m] = {"logs": {log: result(s, log, S, label) for log in sorted(s.views)}}
        OUT.append({"name": f"generated {n}", "note": "all records at once, no memory", "records": [plain(r, label) for r in records], "machines": out})


def main():
    if os.environ.get("PYTHONHASHSEED") != "0":             # sets in one order, so that the histories are the same
        os.execve(sys.executable, [sys.executable] + sys.argv, {**os.environ, "PYTHONHASHSEED": "0"})
    directed()
    hand = len(OUT)
    generated()
    if WRONG:
        print("\n".join(WRONG))
        return 1
    text = "[\n" + ",\n".join(json.dumps(v, ensure_ascii=False, sort_keys=True) for v in OUT) + "\n]\n"
    if "--check" in sys.argv:
        same = os.path.exists(HERE) and open(HERE).read() == text
        print(f"vectors: {hand} directed, {len(OUT) - hand} generated, {'the same' if same else 'DIFFERENT'}")
        return not same
    open(HERE, "w").write(text)
    print(f"vectors: {hand} directed, {len(OUT) - hand} generated, {len(text)} bytes written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
