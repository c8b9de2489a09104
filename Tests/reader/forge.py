#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright CaseVault contributors
"""Makes real records and vaults of histories that are written as Tests/authority/vectors.json has them.

usage: forge.py kit                  writes Tests/CaseVaultTests/Vectors/standing.json
       forge.py kit --check          compares it instead
       forge.py vaults FOLDER <FILE  makes a vault of each history in FILE, one on a line, and a key
                                     for each person; prints what the reader says of each of them

A second writer beside the library's, made from Docs/FORMAT.md: what it makes, the library has to
read. The same history always gives the same bytes. Needs PyNaCl (Debian: python3-nacl).
"""

import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, os.pardir, "authority"))
import judge  # noqa: E402
from rules import bond_tag  # noqa: E402

# Afterwards: for the reader tags are hashes.
import casevault_reader as reader  # noqa: E402
from casevault_reader import blake, blob, label, rules, sodium, u32  # noqa: E402

GRAPHS = os.path.join(HERE, os.pardir, "authority", "vectors.json")
KIT = os.path.join(HERE, os.pardir, "CaseVaultTests", "Vectors", "standing.json")
GENERATED = 40
DAY = 20_000


class Impossible(Exception):
    """A history that cannot be written in this format; the argument says why."""


def hashed(*parts):
    return blake("standing ".encode() + "\0".join(map(str, parts)).encode())


def opt(value):
    return b"\0" if value is None else b"\1" + value


def many(values):
    return u32(len(values)) + b"".join(values)


def flag(value):
    return bytes([value])


class Person:
    """A person's key and card."""

    def __init__(self, name):
        self.name, self.key = name, reader.Key.of(name, hashed("person", name))
        verify, self.signing = sodium.crypto_sign_seed_keypair(
            blake(label("signing seed"), key=self.key.seed)
        )
        unsigned = blob(name.encode()) + verify
        self.card = unsigned + self.sign(label("card") + unsigned)
        self.id = self.key.id

    def sign(self, message):
        return sodium.crypto_sign(message, self.signing)[:64]

    def key_file(self):
        return b"CVKY\1\0" + blob(self.name.encode()) + self.key.seed


PEOPLE = {}


def person(name):
    if name not in PEOPLE:
        PEOPLE[name] = Person(name)
    return PEOPLE[name]


class History:
    """The records of one history, as bytes, by the labels that the history gives them."""

    def __init__(self, name, records):
        self.name, self.by_label = name, {r["id"]: r for r in records}
        self.roots = {r["log"]: r for r in records if r["kind"] == "root"}
        self.ids, self.bytes, self.logs, self.open = {}, {}, {}, set()
        self.vault = hashed(name, "vault")
        for r in records:
            if r["kind"] == "root" and r["of"] == "roster":
                self.record(r)
                break
        for r in records:
            self.record(r)

    # Names

    def log(self, name):
        """A log's id: that of its first record, or of one that nobody has."""
        if name not in self.logs:
            root = self.roots.get(name)
            if root is None:
                self.logs[name] = hashed(self.name, "log", name)
            else:
                self.record(root)
        return self.logs[name]

    def id(self, label_):
        """A record's id; what is no record of the history is one that nobody has."""
        if label_ in self.by_label:
            return self.record(self.by_label[label_])
        return hashed(self.name, "record", label_)

    def bond(self, name):
        return hashed(self.name, "bond", name)

    def cards(self, names):
        return many([p.card for p in sorted(map(person, names), key=lambda p: p.id)])

    def people(self, names):
        return many(sorted(person(n).id for n in names))

    def named(self, labels):
        return many(sorted(self.id(i) for i in labels))

    # Records

    def record(self, r):
        """Makes a record, what it names first; its id."""
        if r["id"] in self.ids:
            return self.ids[r["id"]]
        if r["id"] in self.open:
            raise Impossible("records that name each other")
        self.open.add(r["id"])
        if r["kind"] == "root":
            kind, body, log = *self.root(r), bytes(32)
        else:
            kind, body = self.statement(r)
            log = self.log(r["log"])
        encoded = self.sign(kind, body, log, r["by"], r["id"])
        parsed = reader.Record(reader.Reader(encoded))
        if r["kind"] == "root":
            self.logs[r["log"]] = parsed.log
        self.ids[r["id"]], self.bytes[r["id"]] = parsed.id, encoded
        return parsed.id

    def sign(self, kind, body, log, author, label_):
        salt = hashed(self.name, "salt", label_)
        part = salt + blob(body)
        header = log + bytes([kind]) + person(author).id + u32(0) + u32(DAY)
        header += blake(label("body") + part)
        if kind == 1:
            # It founds the vault that it is signed for.
            self.vault = blake(label("vault id") + header)
        return header + person(author).sign(label("record") + self.vault + header) + b"\1" + part

    def root(self, r):
        people = r.get("people", ())
        if r["of"] == "roster":
            if r["by"] not in people:
                raise Impossible("founded by nobody")
            return 1, self.cards(people) + blob(self.name.encode()[:200]) + blob(b"{}")
        if r["of"] == "case":
            bonds = dict(map(tuple, r.get("bonds", ())))
            row = r.get("row") or "row that is not there"
            checks = sorted((self.log(c), self.bond(bonds.get(c, c))) for c in r.get("checks", ()))
            body = blob(b"home shelf") + person(r["by"]).card
            body += self.log(row) + self.bond(bonds.get(row, row))
            return 50, body + many([log + bond for log, bond in checks])
        tag = bytes(32)
        if r.get("tag"):
            _, bond, owner = r["tag"]
            if owner in self.roots:
                tag = blake(label("link bond") + self.bond(bond) + self.log(owner))
            else:
                tag = blake(label("bond") + self.bond(bond) + person(owner).id)
        if r["of"] == "check":
            return 20, self.cards(people) + self.people(r.get("withheld", ())) + tag
        return 30, blob(b"home shelf") + self.cards(people) + tag

    def statement(self, r):
        kind, of = r["kind"], self.roots.get(r["log"], {}).get("of")
        lifts = self.named(r.get("ids", ()))
        if kind == "in":
            card = person(r["card"]).card
            if of == "roster":
                old = person(r["was"]).id if r.get("was") else None
                return 2, card + opt(old) + lifts + flag(r.get("second", False))
            if of in ("check", "row"):
                return 40, card + lifts + flag(r.get("guest", False))
            if r.get("guest"):
                if r.get("ids") or r.get("checks"):
                    raise Impossible("a guest who answers in the same record")
                return 57, card
            answers = [self.answer(r["card"], c, r["id"]) for c in r.get("checks", ())]
            return 54, card + many([x for _, x in sorted(answers)]) + lifts
        if kind == "confirmed":
            return 3, person(r["card"]).id
        if kind == "out":
            people = r.get("people", ())
            if r["by"] in people or not people:
                raise Impossible("a removal of nobody, or of its author")
            return (4 if of == "roster" else 55), self.people(people)
        if kind == "was":
            return 7, person(r["card"]).id
        if kind == "counted":
            return 74, lifts
        if kind == "leave":
            return 75, lifts
        if kind == "hold":
            return 73, b""
        if kind == "end":
            return 76, lifts + self.people(r.get("people", ()))
        if kind == "link":
            (check,) = r["checks"]
            return 53, self.log(check) + self.bond(r["bond"]) + self.people(r.get("people", ()))
        if kind == "erase":
            over = r.get("over", ())
            holds = self.named(i for i in over if i in self.by_label)
            people = self.people(i for i in over if i not in self.by_label)
            return 72, lifts + holds + people + b"\0\0"
        if kind == "declare":
            return 22, flag(r.get("conflict", False)) + lifts
        if kind == "text":
            if of == "roster":
                return 5, blob(b"{}")
            if of == "check":
                return 21, blob(b"Alex Doe") + u32(0)
            if of == "row":
                return 31, many([b"\3" + blob(b"ongoing")])
            nothing = b"\0"
            entry = b"\1" + nothing + blob(("text " + r["id"]).encode()) + nothing * 3 + u32(0)
            return 52, entry
        raise Impossible(kind)

    def answer(self, name, check, label_):
        """A declaration of "no conflict" as a grant carries it."""
        log = self.log(check)
        return log, self.sign(22, flag(False) + u32(0), log, name, f"{label_} {name} {check}")

    def kept(self):
        """The labels of what intake takes in."""
        logs, names = {}, {i: label_ for label_, i in self.ids.items()}
        for data in self.bytes.values():
            record = reader.Record(reader.Reader(data))
            record.says = reader.read_body(record.kind, record.body)
            logs.setdefault(record.log, []).append(record)
        return {names[x.id] for held in logs.values() for x in reader.Log(held, self.vault).acts}

    # Files

    def sealed(self, names, sealer, labels):
        """One file with these records, sealed to these people."""
        recipients = sorted(map(person, names), key=lambda p: p.id)
        parsed = [(reader.Record(reader.Reader(self.bytes[i])), self.bytes[i]) for i in labels]
        parsed.sort(key=lambda x: (x[0].log, x[0].id))
        listed = {p.id for p in recipients}
        authors = {x.author for x, _ in parsed} | {person(sealer).id}
        others = sorted((p for p in PEOPLE.values() if p.id in authors - listed), key=lambda p: p.id)
        cards = [p.card for p in recipients], [p.card for p in others]
        content = many(cards[0]) + many(cards[1]) + u32(0) + many([x for _, x in parsed])
        content += person(sealer).id
        slots = 8
        while slots < len(recipients):
            slots *= 2
        key = hashed(self.name, "file", *sorted(names), sealer, *sorted(labels))
        commitment = blake(label("commitment") + self.vault, key=key)
        message = label("sealer") + self.vault + commitment + u32(slots) + blake(content)
        content = blob(content + person(sealer).sign(message))
        size = reader.padded(len(content) + max(0, 164 * slots - sum(map(len, cards[0] + cards[1]))))
        table = [reader.slot_for(key, self.vault, p.key.public) for p in recipients]
        table += [reader.decoy_for(key, self.vault, i) for i in range(len(table), slots)]
        head = b"CVSF\1\1" + bytes([slots.bit_length() - 1]) + commitment
        head += reader.ephemeral_for(key, self.vault)[0] + b"".join(sorted(table))
        nonce = hashed(self.name, "nonce", len(content))[:24]
        head += nonce
        return head + sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
            content.ljust(size, b"\0"), head, nonce, key
        )

    def write(self, folder, files):
        """A vault's folder with these files."""
        os.makedirs(os.path.join(folder, "sealed"))
        with open(os.path.join(folder, "VAULT"), "w") as file:
            file.write(f"casevault/1\nvault {self.vault.hex()}\n")
        with open(os.path.join(folder, ".gitattributes"), "w") as file:
            file.write("* binary\n")
        for data in files:
            name = blake(data).hex()
            os.makedirs(os.path.join(folder, "sealed", name[:2]), exist_ok=True)
            with open(os.path.join(folder, "sealed", name[:2], name), "wb") as file:
                file.write(data)


def writable(graph):
    """The same with guests who answer let in by two records: one makes them guests, one has their
    answers."""
    cases = {r["log"] for r in graph["records"] if r["kind"] == "root" and r["of"] == "case"}
    records, also = [], {}
    for r in graph["records"]:
        answers = r.get("ids") or r.get("checks")
        if r["kind"] == "in" and r["log"] in cases and r.get("guest") and answers:
            invitation = {k: r[k] for k in ("log", "by", "kind", "card", "guest")}
            invitation["id"] = also[r["id"]] = r["id"] + "g"
            r = r | {"guest": False}
            records.append(invitation)
        records.append(r)
    if not also:
        return graph
    machines = {}
    for name, machine in graph["machines"].items():
        batches = [
            b if b == "forget" else b + [also[i] for i in b if i in also]
            for b in machine.get("arrivals", ())
        ]
        machines[name] = judged(name, records, batches or None)
    return graph | {"records": records, "machines": machines}


def taken_in(graph, history):
    """The same, expecting what the rules say of what intake takes in. They alone know no intake."""
    kept = history.kept()
    records = [r for r in graph["records"] if r["id"] in kept]
    if len(records) == len(graph["records"]):
        return graph
    machines = {}
    for name, machine in graph["machines"].items():
        given = machine.get("arrivals")
        batches = given and [b if b == "forget" else [i for i in b if i in kept] for b in given]
        machines[name] = judged(name, records, batches)
        if given:
            machines[name]["arrivals"] = given
    return graph | {"machines": machines}


def judged(owner, records, batches):
    """What the rules say of a history on a machine, in the words of vectors.json."""
    with_hashes, rules.bond_tag = rules.bond_tag, bond_tag
    try:
        return judged_by_names(owner, records, batches)
    finally:
        rules.bond_tag = with_hashes


def judged_by_names(owner, records, batches):
    """The same, where tags are made of names."""
    made = {r["id"]: judge.record(r) for r in records}
    if batches is None:
        here, label_ = frozenset(made.values()), {i: i for i in made}
        state = rules.state(owner, here)
        logs = {log: judge.result(state, log, here, label_) for log in sorted(state.views)}
        return {"logs": logs}
    told = judge.machine(owner, batches, made)
    signs = [x for answer in told for x in answer["signs"]]
    return {"arrivals": batches, "signs": signs, "logs": told[-1]["logs"]}


def kit():
    """The kit's file: each graph with its records as bytes, and what it says of each machine."""
    graphs, left_out, generated = [], 0, 0
    for graph in map(writable, json.load(open(GRAPHS))):
        if graph["name"].startswith("generated"):
            generated += 1
            if generated > GENERATED:
                continue
        try:
            history = History(graph["name"], graph["records"])
            graph = taken_in(graph, history)
        except Impossible as why:
            print(f"{graph['name']}: {why}", file=sys.stderr)
            left_out += 1
            continue
        people = {r["by"] for r in graph["records"]} | set(graph["machines"])
        for r in graph["records"]:
            people |= {r[f] for f in ("card", "was") if r.get(f)}
            people |= set(r.get("people", ())) | set(r.get("withheld", ()))
        graphs.append(
            {
                "name": graph["name"], "vault": history.vault.hex(),
                "people": {n: person(n).card.hex() for n in sorted(people)},
                "logs": {n: history.log(n).hex() for n in sorted(logs_of(graph["records"]))},
                "records": {i: history.bytes[i].hex() for i in sorted(history.bytes)},
                "machines": graph["machines"],
            }
        )  # fmt: skip
    return "[\n" + ",\n".join(json.dumps(g, sort_keys=True) for g in graphs) + "\n]\n", left_out


def logs_of(records):
    """The logs that occur: those in which records stand, and those that records name."""
    named = {r["log"] for r in records} | {r["row"] for r in records if r.get("row")}
    return named.union(*(r.get("checks", ()) for r in records))


def vaults(folder):
    """Makes vaults of histories, and asks the reader about each on the computer of each person."""
    # A key file that others can read is refused.
    os.umask(0o077)
    for number, line in enumerate(sys.stdin):
        graph = {"name": f"history {number}", "machines": {}} | json.loads(line)
        graph["machines"] = {}
        PEOPLE.clear()
        try:
            history = History(graph["name"], writable(graph)["records"])
        except Impossible as why:
            print(json.dumps({"impossible": why.args[0]}), flush=True)
            continue
        names, place = sorted(PEOPLE), os.path.join(folder, str(number))
        history.write(place, [history.sealed(names, names[0], history.bytes)])
        told = {}
        for name in names:
            with open(f"{place}.{name}.key", "wb") as file:
                file.write(person(name).key_file())
            told[name] = reader.Vault(place, person(name).key).result()["logs"]
        print(json.dumps({"people": told}), flush=True)


def main():
    if sys.argv[1:] == ["kit"]:
        text, left_out = kit()
        with open(KIT, "w") as file:
            file.write(text)
        print(f"{text.count(chr(10)) - 2} graphs, {left_out} left out")
    elif sys.argv[1:] == ["kit", "--check"]:
        if open(KIT).read() != kit()[0]:
            raise SystemExit("standing.json is not what forge.py makes")
    elif len(sys.argv) == 3 and sys.argv[1] == "vaults":
        vaults(sys.argv[2])
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
