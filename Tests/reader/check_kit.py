#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright CaseVault contributors
"""Runs the test kit with the independent reader.

usage: check_kit.py Tests/CaseVaultTests/Vectors

Prints each difference, or how many files and vaults there were. Fails at a difference, and at any
header that is not understood.
"""

import json
import os
import sys

import casevault_reader as reader

GIVEN = {
    "sealed file": {"vault", "member", "seed", "name"},
    "attachment": {"vault", "log", "attachment", "key", "size", "hash"},
    "card": set(),
    "key file": {"passphrase"},
    "marker": set(),
    "vault": {"member", "seed"},
}
FOUND = {
    "sealed file": {"record", "reader"},
    "attachment": set(),
    "card": {"card", "fingerprint"},
    "key file": {"member", "seed"},
    "marker": {"vault"},
    "vault": {"files", "mine", "ignored", "damaged", "gap", "active", "check", "case"},
}


class KitFile:
    """One file of the kit: what is given, what is expected, and the payload."""

    def __init__(self, data):
        head, _, self.payload = data.partition(b"\n\n")
        lines = [line.partition(": ")[::2] for line in head.decode().split("\n")]
        self.kind = dict(lines)["kind"]
        self.given = {k: v for k, v in lines if k in GIVEN[self.kind]}
        known = {"kind", "comment", "expect"} | GIVEN[self.kind] | FOUND[self.kind]
        for key, value in lines:
            if key not in known or not value:
                raise SystemExit(f"unknown header: {key}")
        skipped = {"kind", "comment"} | GIVEN[self.kind]
        self.expected = [(k, v) for k, v in lines if k not in skipped]

    def hex(self, key):
        return bytes.fromhex(self.given[key])


def sealed_file(file):
    name = file.given.get("name")
    if name and reader.blake(file.payload).hex() != name:
        raise reader.Fault("nameDoesNotMatch")
    if file.payload[:4] != b"CVSF":
        raise reader.Fault("malformed")
    key = reader.Key.of(file.given["member"], file.hex("seed"))
    opened = reader.open_sealed(file.payload, key, file.hex("vault"))
    if not opened:
        return [("expect", "notMine")]
    found = [("expect", "ok")]
    found += [("record", x) for x in sorted(record.id.hex() for record in opened.records)]
    found += [("reader", x) for x in sorted(card.id.hex() for card in opened.readers)]
    return found


def attachment(file):
    note = {
        "id": file.hex("attachment"), "size": int(file.given["size"]), "hash": file.hex("hash")
    }
    right = reader.decrypt_attachment(
        file.payload, file.hex("key"), note, file.hex("vault"), file.hex("log")
    )
    return [("expect", "verified" if right else "damaged")]


def card(file):
    cursor = reader.Reader(file.payload)
    found = reader.Card(cursor)
    cursor.end()
    return [
        ("expect", "ok"),
        ("card", found.id.hex()),
        ("fingerprint", reader.fingerprint(found.id)),
    ]


def key_file(file):
    try:
        key = reader.Key(file.payload, file.given.get("passphrase", "").encode())
    except reader.CryptoError:
        return [("expect", "refused")]
    except reader.Fault as fault:
        newer = fault.args[0] == "newerVersion"
        return [("expect", "newerVersion" if newer else "refused")]
    return [("expect", "ok"), ("member", key.name), ("seed", key.seed.hex())]


def marker(file):
    return [("expect", "ok"), ("vault", reader.read_marker(file.payload).hex())]


def vault(file, folder):
    try:
        data = open(os.path.join(folder, "VAULT"), "rb").read(4097)
        reader.read_marker(data)
    except FileNotFoundError:
        there = os.path.isdir(os.path.join(folder, "sealed"))
        return [("expect", "incomplete" if there else "notAVault")]
    except reader.Fault as fault:
        newer = fault.args[0] == "newerVersion"
        return [("expect", "newerVersion" if newer else "damaged")]
    key = reader.Key.of(file.given["member"], file.hex("seed"))
    out = reader.Vault(folder, key).result()
    if not out["mine"]:
        return [("expect", "notForYou")]
    # The file that says what to expect is none of the vault's.
    found = [("expect", "opens"), ("files", str(out["files"])), ("mine", str(out["mine"]))]
    found += [("ignored", str(out["ignored"] - 1))]
    found += [("damaged", f"{x['file']} {x['why']}") for x in out["damaged"]]
    found += [("gap", x) for x in out["gaps"]]
    found += [("active", x["name"]) for x in out["members"]]
    found += [("check", f"{x['log']} {x['answer'] or 'none'}") for x in out["checks"]]
    for x in out["cases"]:
        readers = ",".join(x["readers"])
        value = f"{x['log']} readers={readers} entries={len(x['entries'])} late={x['late']}"
        found.append(("case", value))
    return found


class Graph:
    """One graph of standing.json: its records, and the names that it gives to hashes."""

    def __init__(self, value):
        self.vault = bytes.fromhex(value["vault"])
        cards = {}
        for name, data in value["people"].items():
            card = reader.Card(reader.Reader(bytes.fromhex(data)))
            cards[card.id] = card
        self.cards = {name: i for i, name in self.by_name(value["people"], cards)}
        records, self.names = {}, {i: name for name, i in self.cards.items()}
        for name, data in value["records"].items():
            cursor = reader.Reader(bytes.fromhex(data))
            record = reader.Record(cursor)
            cursor.end()
            record.verify(cards, self.vault)
            records.setdefault(record.log, []).append(record)
            self.names[record.id] = name
        self.labels = {name: i for i, name in self.names.items()}
        self.logs = {bytes.fromhex(i): name for name, i in value["logs"].items()}
        self.acts = {
            act.id: act for held in records.values() for act in reader.Log(held, self.vault).acts
        }
        self.machines = value["machines"]

    @staticmethod
    def by_name(people, cards):
        return [(i, name) for name, data in people.items() for i, c in cards.items()
                if c.bytes.hex() == data]  # fmt: skip

    def told(self, name):
        """What somebody's computer signs, and what stands there in the end."""
        me, batches = self.cards[name], self.machines[name].get("arrivals")
        signs, memory, here = [], None, frozenset()
        if batches is None:
            here = frozenset(self.acts.values())
            state = reader.rules.state(me, here)
        for batch in batches or ():
            if batch == "forget":
                memory = None
                continue
            new = frozenset(self.acts[self.labels[i]] for i in batch if self.labels[i] in self.acts)
            then, state = reader.rules.receive(me, here, new, memory)
            for record in sorted(then - here - new, key=lambda r: self.logs[r.log]):
                self.names[record.id] = f"{name}.{len(signs)}"
                signs.append({"log": self.logs[record.log], "ids": self.named(record.ids)})
            here, memory = then, state.memory()
        logs = {self.logs[log]: self.standing(state, log, here) for log in state.views}
        return {"logs": logs} | ({} if batches is None else {"arrivals": batches, "signs": signs})

    def named(self, ids):
        return sorted(self.names[i] for i in ids)

    def standing(self, state, log, here):
        view, asked = state.views[log], reader.rules.questions(state, log, here)
        texts = [r for r in view.facts.logs[log] if r.kind == "text"]
        return {
            "in": self.named(view.people()), "power": self.named(view.power()),
            "readers": self.named(view.readers()), "shut out": self.named(view.shut_out()),
            "taken": self.named(r.id for r in view.taken),
            "on hold": self.named(h.id for h in view.holds if not view.enders(h)),
            "links that ask": self.named(x.id for x in view.links if not view.ended(x)),
            "erased": self.named(r.id for r in texts if view.erased(r)),
            "removed by": self.named(asked.removed_by),
            "ask": sorted([self.names[c], self.named(by)] for c, by in asked.ask),
            "told": sorted([self.names[c], self.names[p]] for c, p in asked.differ),
            "nobody holds me in": asked.unheld,
            "waits": sorted([self.names[p], self.logs[c]] for p, c in asked.waits),
        }  # fmt: skip


def standing(path):
    """The graphs of which the rules say something else than is expected; how many there are."""
    wrong, graphs = [], json.load(open(path))
    for value in graphs:
        graph = Graph(value)
        for name in graph.machines:
            if graph.told(name) != graph.machines[name]:
                wrong.append(f"{value['name']}: {name}")
    return wrong, len(graphs)


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    runs = {
        "sealed file": sealed_file,
        "attachment": attachment,
        "card": card,
        "key file": key_file,
        "marker": marker,
    }
    failed = False
    files = os.path.join(sys.argv[1], "files")
    vaults = os.path.join(sys.argv[1], "vaults")
    for name in sorted(os.listdir(files)):
        file = KitFile(open(os.path.join(files, name), "rb").read())
        try:
            found = runs[file.kind](file)
        except reader.Fault as fault:
            found = [("expect", fault.args[0])]
        if found != file.expected:
            failed = True
            print(f"{name}: {found} instead of {file.expected}")
    for name in sorted(os.listdir(vaults)):
        folder = os.path.join(vaults, name)
        file = KitFile(open(os.path.join(folder, "expect"), "rb").read())
        found = vault(file, folder)
        if found != file.expected:
            failed = True
            print(f"{name}: {found} instead of {file.expected}")
    wrong, graphs = standing(os.path.join(sys.argv[1], "standing.json"))
    for text in wrong:
        print(f"{text} differs")
    if failed or wrong:
        raise SystemExit(1)
    print(f"{len(os.listdir(files))} files, {len(os.listdir(vaults))} vaults, {graphs} graphs")


if __name__ == "__main__":
    main()
