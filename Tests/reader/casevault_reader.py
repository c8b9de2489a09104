#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright CaseVault contributors
"""An independent reader of a vault: it follows Docs/FORMAT.md and shares nothing with the library.

usage: casevault_reader.py VAULT KEYFILE [PASSPHRASEFILE]

Prints, as JSON, what the key opens: members, checks, cases, register rows, and every file that is
not what it promises. It verifies everything that FORMAT.md says a reader must. Nothing is written.
Needs PyNaCl (Debian: python3-nacl).
"""

import datetime
import hashlib
import json
import os
import stat
import sys
import unicodedata

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

L_ORDER = 2**252 + 27742317777372353535851937790883648493
SLOT = 48
LARGEST_FILE = 25_215_135
SMALLEST_FILE = 1519


class Fault(Exception):
    """A file is refused; the first argument is the fault's name in FORMAT.md."""


# Conventions


def label(purpose):
    text = ("casevault/1 " + purpose).encode()
    return bytes([len(text)]) + text


def u32(value):
    return value.to_bytes(4, "big")


def blob(value):
    return u32(len(value)) + value


def blake(message, size=32, key=b""):
    return hashlib.blake2b(message, digest_size=size, key=key).digest()


class Reader:
    """A cursor over hostile bytes. Every size is checked before anything is taken."""

    def __init__(self, data):
        self.data = data
        self.at = 0

    def left(self):
        return len(self.data) - self.at

    def raw(self, size):
        if size > self.left():
            raise Fault("malformed")
        self.at += size
        return self.data[self.at - size : self.at]

    def integer(self, size):
        return int.from_bytes(self.raw(size), "big")

    def bool(self):
        value = self.integer(1)
        if value > 1:
            raise Fault("malformed")
        return value == 1

    def count(self, most):
        value = self.integer(4)
        if value > most or value > self.left():
            raise Fault("malformed")
        return value

    def blob(self, most):
        return self.raw(self.count(most))

    def text(self, most):
        try:
            return self.blob(most).decode("utf-8", "strict")
        except UnicodeDecodeError:
            raise Fault("malformed") from None

    def opt(self, read):
        return read() if self.bool() else None

    def list(self, most, read):
        return [read() for _ in range(self.count(most))]

    def ascending(self, most, read, key=lambda value: value):
        values = self.list(most, read)
        ascend(values, key)
        return values

    def id(self):
        return self.raw(32)

    def ids(self, most):
        return self.ascending(most, self.id)

    def day(self):
        days = self.integer(4)
        days -= (days >> 31) << 32
        if not -719162 <= days <= 2932896:
            raise Fault("malformed")
        return (datetime.date(1970, 1, 1) + datetime.timedelta(days)).isoformat()

    def choice(self, known):
        value = self.integer(1)
        if value not in known:
            raise Fault("newerVersion")
        return value

    def end(self):
        if self.left():
            raise Fault("malformed")


def ascend(values, key=lambda value: value):
    keys = [key(value) for value in values]
    if any(a >= b for a, b in zip(keys, keys[1:])):
        raise Fault("malformed")


# Keys and cards

IGNORABLE = [
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFE00, 0xFE0D), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
]  # fmt: skip


def name_is_valid(name):
    if not name or len(name) > 100 or len(name.encode()) > 200:
        return False
    if name[0].isspace() or name[-1].isspace() or unicodedata.normalize("NFC", name) != name:
        return False
    for character in name:
        point = ord(character)
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
            return False
        if any(first <= point <= last for first, last in IGNORABLE):
            return False
    return True


def in_prime_order_group(point):
    if not sodium.crypto_core_ed25519_is_valid_point(point):
        return False
    try:
        scalar = (L_ORDER + 1).to_bytes(32, "little")
        return sodium.crypto_scalarmult_ed25519_noclamp(scalar, point) == point
    except (CryptoError, RuntimeError):
        return False


def signature_is_right(signature, message, key):
    if int.from_bytes(signature[32:], "little") >= L_ORDER:
        return False
    if not in_prime_order_group(signature[:32]):
        return False
    try:
        sodium.crypto_sign_open(signature + message, key)
        return True
    except CryptoError:
        return False


class Card:
    known = {}

    def __init__(self, reader):
        start = reader.at
        self.name = reader.text(200)
        self.verify = reader.raw(32)
        unsigned = reader.data[start : reader.at]
        self.signature = reader.raw(64)
        self.bytes = reader.data[start : reader.at]
        self.id = blake(label("card id") + unsigned)
        if self.bytes in Card.known:
            self.box = Card.known[self.bytes]
            return
        if not name_is_valid(self.name):
            raise Fault("malformed")
        if not in_prime_order_group(self.verify):
            raise Fault("badPublicKey")
        if not signature_is_right(self.signature, label("card") + unsigned, self.verify):
            raise Fault("badRecord")
        self.box = sodium.crypto_sign_ed25519_pk_to_curve25519(self.verify)
        Card.known[self.bytes] = self.box

    def shares_key(self, other):
        return self.id != other.id and self.box == other.box


def distinct_keys(cards):
    if len({c.box for c in cards}) < len(cards):
        raise Fault("repeatedKey")


def read_cards(reader, most=1022):
    cards = reader.ascending(most, lambda: Card(reader), key=lambda card: card.id)
    distinct_keys(cards)
    return cards


def four_digits(row):
    return f"{int.from_bytes(row[:4], 'big') % 10000:04}"


def digits(message):
    value = blake(message, 64)
    groups = [int.from_bytes(value[i : i + 8], "big") % 100_000 for i in range(0, 64, 8)]
    return " ".join(f"{group:05}" for group in groups)


def fingerprint(card_id):
    return digits(label("fingerprint") + card_id)


def committee_code(vault, members):
    return digits(label("committee code") + vault + u32(len(members)) + b"".join(sorted(members)))


class Key:
    """A member's key, from the bytes of a key file."""

    def __init__(self, data, passphrase):
        if len(data) > 4096 or data[:4] != b"CVKY":
            raise Fault("malformed")
        reader = Reader(data)
        reader.raw(4)
        if reader.integer(1) != 1:
            raise Fault("newerVersion")
        protection = reader.integer(1)
        if protection == 1:
            passes, memory = reader.integer(4), reader.integer(4)
            if not 1 <= passes <= 16 or not 8 <= memory <= 1048576:
                raise Fault("malformed")
            salt, nonce = reader.raw(16), reader.raw(24)
            head = data[: reader.at]
            wrap = sodium.crypto_pwhash_alg(
                32, passphrase or b"", salt, passes, memory * 1024,
                sodium.crypto_pwhash_ALG_ARGON2ID13,
            )  # fmt: skip
            reader = Reader(
                sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
                    data[len(head) :], label("key file") + head, nonce, wrap
                )
            )
        elif protection != 0:
            raise Fault("newerVersion")
        self.name = reader.text(200)
        if not name_is_valid(self.name):
            raise Fault("malformed")
        self.seed = reader.raw(32)
        reader.end()
        self.derive()

    @classmethod
    def of(cls, name, seed):
        """The key of a name and a seed."""
        key = cls.__new__(cls)
        key.name, key.seed = name, seed
        key.derive()
        return key

    def derive(self):
        seed = self.seed
        verify, secret = sodium.crypto_sign_seed_keypair(blake(label("signing seed"), key=seed))
        self.public = sodium.crypto_sign_ed25519_pk_to_curve25519(verify)
        self.secret = sodium.crypto_sign_ed25519_sk_to_curve25519(secret)
        unsigned = blob(self.name.encode()) + verify
        self.id = blake(label("card id") + unsigned)


# Records

KINDS = {
    1: ("founded", ["roster"]), 2: ("admitted", ["roster"]), 3: ("confirmed", ["roster"]),
    4: ("removed", ["roster"]), 5: ("rulesChanged", ["roster"]),
    20: ("checkStarted", ["check"]), 21: ("named", ["check"]), 22: ("declared", ["check"]),
    30: ("rowStarted", ["row"]), 31: ("rowChanged", ["row"]),
    40: ("opened", ["check", "row"]), 41: ("withheld", ["check", "row"]),
    50: ("caseStarted", ["case"]), 51: ("reported", ["case"]), 52: ("entered", ["case"]),
    53: ("checkLinked", ["case"]), 54: ("granted", ["case"]), 55: ("revoked", ["case"]),
    56: ("recused", ["case"]), 57: ("invited", ["case"]), 58: ("voted", ["case"]),
    70: ("expelled", ["check", "row", "case"]),
    71: ("gapAccepted", ["roster", "check", "row", "case"]),
    72: ("erased", ["check", "row", "case"]), 73: ("held", ["case"]),
}  # fmt: skip
ERASABLE = {21, 31, 51, 52, 58}
STARTS = {1: "roster", 20: "check", 30: "row", 50: "case"}
COLUMNS = {
    1: ("safetyRisk", ["yes", "no", "maybe"]), 2: ("repeatRisk", ["yes", "no", "maybe"]),
    3: ("status", ["new", "ongoing", "resolved", "appealed", "flagged", "banned"]),
    4: ("dateTime", None), 5: ("actionsNeeded", None), 6: ("resolution", None),
    7: ("resolutionSource", ["group", "board", "local", "nobody"]), 8: ("resolvedOn", "day"),
    9: ("reviewOn", "day"), 10: ("response", None),
}  # fmt: skip
ENTRIES = {
    1: "discussion", 2: "plan", 3: "consequences", 4: "moderators", 5: "reported-person",
    6: "reporter", 7: "first-response", 8: "witness", 9: "outcome", 10: "appeal", 11: "public",
}  # fmt: skip
VOTES = ["no", "yes", "abstain"]
STANDARD_RULES = {
    "minimumReaders": 2, "newcomers": "allCases", "majority": "twoThirds", "quorum": None,
    "recusalLimit": 2, "acknowledgeHours": 24, "followUpDays": 7, "moderatorsDays": 7,
    "appealDays": None, "appealAnswerDays": None,
}  # fmt: skip
REPORT_TEXTS = [
    "receivedAt", "reporterName", "reporterContact", "incidentDate", "incidentTime",
    "incidentPlace", "behaviour", "impact", "reportedPersonDescription", "circumstances",
    "retaliationConcern",
]  # fmt: skip


def read_person(r):
    return {"name": r.text(400), "aliases": r.list(20, lambda: r.text(400))}


def read_code_name(r):
    text = r.text(64)
    words = text.split(" ")
    letters = set("abcdefghijklmnopqrstuvwxyz")
    if len(words) != 2 or not all(1 <= len(w) <= 24 and set(w) <= letters for w in words):
        raise Fault("malformed")
    return text


def read_note(r):
    return {
        "id": r.id(), "name": r.text(255), "type": r.text(255), "size": r.integer(8),
        "hash": r.raw(32),
    }  # fmt: skip


def read_intake(r, attachments, before_answers=False):
    """What may stand at the end of a report or an entry: how it was made of a file."""
    if r.left() == 0:
        return {}
    value = {
        "remarks": r.list(50, lambda: r.text(1024)), "sentTo": r.opt(lambda: r.text(16384)),
        "copiedTo": r.opt(lambda: r.text(16384)), "originals": r.integer(1),
    }  # fmt: skip
    is_empty = not any(value.values()) and value["sentTo"] is None and value["copiedTo"] is None
    if is_empty and not (before_answers and r.left() > 0):
        raise Fault("malformed")
    if value["originals"] > len(attachments):
        raise Fault("malformed")
    return value


def read_report(r):
    report = {"text": r.text(1 << 20)}
    report["recorded"] = r.opt(lambda: r.choice((1, 2)))
    report["receivedOn"] = r.opt(r.day)
    report["channel"] = r.opt(lambda: r.choice(range(1, 7)))
    for field in ("immediateDanger", "staysAnonymous", "consentToBeNamed", "ongoing"):
        report[field] = r.opt(r.bool)
    report["reporterAliases"] = r.list(50, lambda: r.text(16384))
    for field in REPORT_TEXTS:
        report[field] = r.opt(lambda: r.text(16384))
    report["witnesses"] = r.list(50, lambda: (r.text(16384), r.opt(lambda: r.text(16384))))
    return report


def read_row_change(r):
    values, last = {}, 0
    for _ in range(r.count(10)):
        column = r.integer(1)
        if column <= last:
            raise Fault("malformed")
        last = column
        if column not in COLUMNS:
            raise Fault("newerVersion")
        name, words = COLUMNS[column]
        value = r.text(2000)
        if value and words == "day":
            try:
                if datetime.date.fromisoformat(value).isoformat() != value:
                    raise Fault("malformed")
            except ValueError:
                raise Fault("malformed") from None
        elif value and words and value not in words:
            raise Fault("malformed")
        values[name] = value
    return values


def no_repeated_keys(members):
    if len({unicodedata.normalize("NFC", key) for key, _ in members}) < len(members):
        raise ValueError("a key stands there twice")
    return dict(members)


def refuse_constant(word):
    raise ValueError(f"{word} is not JSON")


def depth_of(value):
    inner = value.values() if isinstance(value, dict) else value
    return 1 + max(map(depth_of, inner), default=0) if isinstance(value, (dict, list)) else 0


def read_rules(blob):
    """The fields of the rules that have an effect; what is not usable is as in the standard."""
    rules = dict(STANDARD_RULES)
    try:
        given = json.loads(
            blob.decode("utf-8-sig"), object_pairs_hook=no_repeated_keys,
            parse_constant=refuse_constant, parse_float=lambda digits: 0.5,
            parse_int=lambda digits: int(digits) if len(digits) < 20 else 0.5,
        )  # fmt: skip
        json.dumps(given, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return rules
    if not isinstance(given, dict) or depth_of(given) > 16:
        return rules

    def take(source, key, usable):
        if key in source and usable(source[key]):
            rules[key] = source[key]

    def whole(least, most):
        return lambda x: type(x) is int and least <= x <= most

    def or_none(usable):
        return lambda x: x is None or usable(x)

    take(given, "minimumReaders", whole(1, 30))
    take(given, "newcomers", lambda x: x in ("allCases", "newCasesOnly"))
    take(given, "majority", lambda x: x in ("twoThirds", "simple", "unanimous"))
    take(given, "quorum", or_none(whole(1, 30)))
    take(given, "recusalLimit", or_none(whole(0, 30)))
    deadlines = given.get("deadlines")
    if isinstance(deadlines, dict):
        take(deadlines, "acknowledgeHours", or_none(whole(1, 8760)))
        for key in ("followUpDays", "moderatorsDays", "appealDays", "appealAnswerDays"):
            take(deadlines, key, or_none(whole(1, 3650)))
    return rules


def read_entry(r):
    kind = r.choice(ENTRIES)
    entry = {
        "kind": ENTRIES[kind], "happened": r.opt(r.day), "text": r.text(2 << 20),
        "response": r.opt(lambda: r.text(1024)), "until": r.opt(r.day), "corrects": r.opt(r.id),
        "attachments": r.list(256, lambda: read_note(r)),
    }  # fmt: skip
    entry["intake"] = read_intake(r, entry["attachments"], before_answers=True)
    if r.left():
        entry["answers"] = r.ids(4096)
        if not entry["answers"]:
            raise Fault("malformed")
    return entry


def read_body(kind, body):
    """The statement of a record as a dictionary."""
    r = Reader(body)
    name = KINDS[kind][0]
    if name == "founded":
        value = {"founders": read_cards(r, 30), "committee": r.text(200)}
        value["rules"] = r.blob(256 * 1024)
    elif name == "admitted":
        value = {"card": Card(r), "replaces": r.opt(r.id), "lifts": r.ids(4096)}
    elif name in ("confirmed", "removed", "withheld", "revoked", "expelled"):
        value = {"person": r.id()}
    elif name == "rulesChanged":
        value = {"rules": r.blob(256 * 1024)}
    elif name == "checkStarted":
        value = {"readers": read_cards(r), "withheld": r.ids(1022), "tag": r.id()}
    elif name == "named":
        value = read_person(r)
    elif name == "declared":
        value = {"conflict": r.bool(), "replaces": r.ids(4096)}
    elif name == "rowStarted":
        value = {"codeName": read_code_name(r), "readers": read_cards(r), "tag": r.id()}
    elif name == "rowChanged":
        value = read_row_change(r)
    elif name == "opened":
        value = {"card": Card(r), "lifts": r.ids(4096)}
    elif name == "caseStarted":
        value = {"codeName": read_code_name(r), "card": Card(r)}
        value |= {"row": r.id(), "rowBond": r.id()}
        checks = r.ascending(256, lambda: (r.id(), r.id()), key=lambda check: check[0])
        value["checks"] = dict(checks)
    elif name == "reported":
        value = {"report": read_report(r), "attachments": r.list(256, lambda: read_note(r))}
        value["intake"] = read_intake(r, value["attachments"])
    elif name == "entered":
        value = read_entry(r)
    elif name == "checkLinked":
        value = {"root": Record(r), "bond": r.id()}
    elif name == "granted":
        value = {"card": Card(r)}
        value["declarations"] = r.ascending(4096, lambda: Record(r), key=lambda d: d.log)
        value["lifts"] = r.ids(4096)
    elif name == "recused":
        value = {}
    elif name == "voted":
        value = {"entry": r.id(), "vote": VOTES[r.choice(range(3))]}
    elif name == "gapAccepted":
        value = {"records": r.ids(4096)}
    elif name == "erased":
        value = {"records": r.ids(65536), "whole": r.bool(), "skeleton": None}
        if r.bool():
            value["skeleton"] = {
                "receivedOn": r.opt(r.day), "channel": r.opt(lambda: r.choice(range(1, 7))),
                "acknowledgedOn": r.opt(r.day), "response": r.opt(lambda: r.text(1024)),
                "resolvedOn": r.opt(r.day),
            }  # fmt: skip
            if r.left() > 0:
                reports, votes, quorum = r.list(4096, r.day), r.integer(2), r.integer(2)
                if quorum > votes or not (reports or votes):
                    raise Fault("malformed")
                value["skeleton"] |= {"furtherReports": reports, "votes": (votes, quorum)}
    elif name == "held":
        value = {"on": r.bool()}
    else:
        value = {"card": Card(r)}
    r.end()
    return value


class Record:
    """A record, parsed; `verify` checks signature and body."""

    def __init__(self, r):
        start = r.at
        named = r.id()
        self.kind = r.integer(1)
        if self.kind not in KINDS:
            raise Fault("newerVersion")
        self.author = r.id()
        self.parents = r.ids(4096)
        self.day = r.day()
        self.body_hash = r.id()
        self.content = r.data[start : r.at]
        self.id = blake(label("record id") + self.content)
        starts = self.kind in STARTS
        if starts != (named == bytes(32)) or (starts and self.parents):
            raise Fault("malformed")
        self.log = named
        if starts:
            founded = blake(label("vault id") + self.content)
            self.log = roster_id(founded) if self.kind == 1 else self.id
        self.signature = r.raw(64)
        self.body, self.body_part = None, None
        if r.bool():
            at = r.at
            r.id()
            self.body = r.blob(4 << 20)
            self.body_part = r.data[at : r.at]
        elif self.kind not in ERASABLE:
            raise Fault("malformed")
        self.name = KINDS[self.kind][0]
        self.says = None
        self.card = None

    def is_signed(self, card, vault):
        message = label("record") + vault + self.content
        if self.body is not None and blake(label("body") + self.body_part) != self.body_hash:
            return False
        return card.id == self.author and signature_is_right(self.signature, message, card.verify)

    def verify(self, cards, vault):
        card = cards.get(self.author)
        if card is None or not self.is_signed(card, vault):
            raise Fault("badRecord")
        self.card = card
        self.says = None if self.body is None else read_body(self.kind, self.body)
        if self.name == "founded" and self.author not in (c.id for c in self.says["founders"]):
            raise Fault("malformed")


def roster_id(vault):
    return blake(label("roster id") + vault)


# Sealed files


def padded(size):
    if size <= 1024:
        return 1024
    exponent = size.bit_length() - 1
    step = 1 << (exponent - exponent.bit_length())
    return (size + step - 1) // step * step


def ephemeral_for(key, vault):
    return sodium.crypto_box_seed_keypair(blake(label("ephemeral") + vault, key=key))


def slot_for(key, vault, box_key):
    public, secret = ephemeral_for(key, vault)
    return sodium.crypto_box(key, blake(public + box_key, 24), box_key, secret)


def decoy_for(key, vault, number):
    return blake(label("decoy") + vault + u32(number), 48, key=key)


class SealedFile:
    """A file that was opened and verified."""

    def __init__(self, content):
        r = Reader(content)
        self.readers = read_cards(r)
        self.authors = read_cards(r)
        # Without the two counts in front of the lists.
        self.card_bytes = r.at - 8
        distinct_keys(self.readers + self.authors)
        self.index = r.list(
            65536, lambda: (r.id(), r.id(), r.raw(32), tuple(r.ids(65536)))
        )
        ascend(self.index, key=lambda entry: entry[:3])
        self.records = r.list(100_000, lambda: Record(r))
        logs = [record.log for record in self.records]
        if not logs or logs != sorted(logs) or len({x.id for x in self.records}) < len(logs):
            raise Fault("malformed")
        self.sealer = r.id()
        self.signed = content[: r.at]
        self.signature = r.raw(64)
        r.end()

    def verify(self, commitment, count, vault):
        cards = {card.id: card for card in self.readers + self.authors}
        message = label("sealer") + vault + commitment + u32(count) + blake(self.signed)
        card = cards.get(self.sealer)
        if card is None or not signature_is_right(self.signature, message, card.verify):
            raise Fault("badSealer")
        for record in self.records:
            record.verify(cards, vault)

    def check_slots(self, key, ephemeral, slots, vault):
        if len(self.readers) > len(slots) or ephemeral != ephemeral_for(key, vault)[0]:
            raise Fault("readerWithoutSlot")
        mine = [slot_for(key, vault, card.box) for card in self.readers]
        decoys = [decoy_for(key, vault, i) for i in range(len(mine), len(slots))]
        right = sorted(mine + decoys)
        if right == slots:
            return
        if not set(mine) <= set(slots):
            raise Fault("readerWithoutSlot")
        raise Fault("slotsOutOfOrder" if set(right) == set(slots) else "ghostReader")


def open_sealed(data, key, vault):
    """The opened file; `None` if it is not for this key."""
    r = Reader(data)
    r.raw(4)
    if r.integer(1) != 1 or r.integer(1) != 1:
        raise Fault("newerVersion")
    exponent = r.integer(1)
    if not 3 <= exponent <= 10:
        raise Fault("malformed")
    commitment, ephemeral = r.raw(32), r.raw(32)
    slots = [r.raw(SLOT) for _ in range(1 << exponent)]
    nonce = r.raw(24)
    header = data[: r.at]
    if not SMALLEST_FILE <= len(data) <= LARGEST_FILE:
        raise Fault("malformed")
    file_key = None
    for slot in slots:
        try:
            file_key = sodium.crypto_box_seal_open(ephemeral + slot, key.public, key.secret)
            break
        except CryptoError:
            continue
    if file_key is None:
        return None
    if blake(label("commitment") + vault, key=file_key) != commitment:
        raise Fault("keyNotCommitted")
    try:
        plain = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
            data[len(header) :], header, nonce, file_key
        )
    except CryptoError:
        raise Fault("bodyDamaged") from None
    r = Reader(plain)
    content = r.blob(len(plain))
    if any(plain[r.at :]):
        raise Fault("malformed")
    file = SealedFile(content)
    if padded(r.at + max(0, 164 * len(slots) - file.card_bytes)) != len(plain):
        raise Fault("malformed")
    if key.id not in {card.id for card in file.readers}:
        raise Fault("ghostReader")
    file.check_slots(file_key, ephemeral, slots, vault)
    file.verify(commitment, len(slots), vault)
    return file


# Who reads, and what counts


class Log:
    """One log: its records in order, how each stands, and who reads it."""

    def __init__(self, records, vault):
        self.stand_ins = self.gap_stand_ins(records)
        self.records = self.ordered(records, self.stand_ins)
        place = {record.id: i for i, record in enumerate(self.records)}
        self.past, self.complete = [], []
        for record in self.records:
            past, complete = set(), True
            for parent in record.parents + self.stand_ins.get(record.id, []):
                if parent in place:
                    past |= self.past[place[parent]] | {place[parent]}
            for parent in record.parents:
                complete = complete and parent in place and self.complete[place[parent]]
            self.past.append(past)
            self.complete.append(complete)
        self.root = next((i for i, x in enumerate(self.records) if x.kind in STARTS), None)
        self.kind = None if self.root is None else STARTS[self.records[self.root].kind]
        strangers = self.strangers()
        gone = self.accepted(x for i, x in enumerate(self.records) if i not in strangers)
        self.settled = []  # whether nothing of a record's past can still arrive
        for record in self.records:
            self.settled.append(
                all(
                    self.settled[place[p]] if p in place else p in gone
                    for p in record.parents
                )
            )
        self.removed = {}  # place of a removal -> person
        self.grants = {}  # place of a grant -> (cards, lifts)
        self.links = {}  # place of a link -> log of the check
        for i, x in enumerate(self.records):
            if i in strangers:
                continue
            if x.name in ("removed", "withheld", "revoked", "expelled"):
                self.removed[i] = x.says["person"]
            elif x.name == "recused":
                self.removed[i] = x.author
            elif granted := self.granted(x):
                self.grants[i] = (granted, set(x.says.get("lifts", [])))
            elif x.name == "checkLinked" and (check := self.linked(x, vault)):
                self.links[i] = check
        self.acts = set(self.removed) | set(self.grants) | set(self.links)
        self.declared = {
            i: self.declarations(i, vault)
            for i in self.grants
            if self.records[i].name == "granted"
        }
        self.solve()
        accepted = self.accepted(self.counting)
        named = {p for x in self.records for p in x.parents}
        self.gaps = sorted(named - set(place) - accepted)
        self.erased = self.erase()
        own = [x for i, x in enumerate(self.records) if i not in strangers]
        self.heads = self.newest(own, accepted)

    def erase(self):
        """Takes the bodies out of what was erased; the ids of all that was."""
        named = set()
        for i in sorted(self.sure):
            x = self.records[i]
            if x.name != "erased":
                continue
            if self.kind == "check" and not self.may_erase(x.author, self.past[i]):
                continue
            holds = [j for j in sorted(self.past[i] & self.sure) if self.records[j].name == "held"]
            if self.kind == "case" and holds and self.records[holds[-1]].says["on"]:
                continue
            named |= set(x.says["records"])
        erased = {x.id for x in self.records if x.id in named and x.kind in ERASABLE}
        for x in self.records:
            if x.id in erased:
                x.body = x.body_part = x.says = None
        return erased

    def may_erase(self, author, past):
        """Whether somebody may erase the name in a check, by what they know."""
        root = self.records[self.root]
        if author == root.author:
            return True
        vouched = {card.id for card in root.says["readers"]}
        for i in sorted(self.sure):
            x = self.records[i]
            if x.name == "opened" and (
                x.author == root.author
                or (x.author in vouched and self.is_clear(x.author, self.past[i]))
            ):
                vouched.add(x.says["card"].id)
        return author in vouched and self.is_clear(author, past)

    def is_clear(self, author, past):
        """Whether all that stands of somebody's answers is "no conflict", and something does."""
        own = [self.records[i] for i in past & self.sure]
        own = [x for x in own if x.name == "declared" and x.author == author]
        replaced = {old for x in own for old in x.says["replaces"]}
        standing = [x.says["conflict"] for x in own if x.id not in replaced]
        return bool(standing) and not any(standing)

    @staticmethod
    def accepted(records):
        return {gone for x in records if x.name == "gapAccepted" for gone in x.says["records"]}

    def strangers(self):
        """The places of records by people whom nobody let in."""
        found, known = set(), set()
        if self.root is None:
            return found
        for i, x in enumerate(self.records):
            if i != self.root and x.author not in known:
                found.add(i)
            elif i == self.root or x.kind not in STARTS:
                known |= {card.id for card in self.granted(x)}
        return found

    @staticmethod
    def granted(record):
        """The cards that a record lets in."""
        if record.name == "founded":
            return record.says["founders"]
        if record.name in ("checkStarted", "rowStarted"):
            return record.says["readers"]
        lets_in = record.name in ("admitted", "opened", "caseStarted", "granted")
        return [record.says["card"]] if lets_in else []

    def newest(self, records, accepted):
        """The newest of these whose whole past is held or accepted as gone."""
        held = {x.id for x in self.records}
        whole, followed = set(), set()
        for x in records:
            if all(p in whole or (p not in held and p in accepted) for p in x.parents):
                whole.add(x.id)
                followed |= set(x.parents)
        return sorted(whole - followed)

    @classmethod
    def gap_stand_ins(cls, records):
        """What stands in for a missing parent: the complete grants to the author."""
        by_id, whole, grants = {x.id: x for x in records}, set(), {}
        for x in cls.ordered(records, {}):
            if not all(p in whole for p in x.parents):
                continue
            whole.add(x.id)
            for card in cls.granted(x):
                grants.setdefault(card.id, []).append(x.id)
        return {
            x.id: grants.get(x.author, [])
            for x in by_id.values()
            if x.kind not in STARTS and any(p not in by_id for p in x.parents)
        }

    @staticmethod
    def ordered(records, stand_ins):
        by_id = {record.id: record for record in records}
        level = {}
        stack = list(by_id)
        while stack:
            top = stack[-1]
            held = [p for p in by_id[top].parents + stand_ins.get(top, []) if p in by_id]
            waiting = [p for p in held if p not in level]
            if waiting:
                stack += waiting
                continue
            level[top] = 1 + max((level[p] for p in held), default=-1)
            stack.pop()
        return [by_id[x] for x in sorted(by_id, key=lambda x: (level[x], x))]

    def declarations(self, i, vault):
        """The checks on which a grant carries a "no conflict"; `None` if one is worth nothing."""
        says, declared = self.records[i].says, set()
        for record in says["declarations"]:
            if record.kind != 22 or record.body is None or not record.is_signed(says["card"], vault):
                return None
            try:
                if read_body(22, record.body)["conflict"]:
                    return None
            except Fault:
                return None
            declared.add(record.log)
        return declared

    @staticmethod
    def linked(link, vault):
        """The check that a link adds: made for this case by whoever links it, or `None`."""
        root = link.says["root"]
        if root.kind != 20 or not root.is_signed(link.card, vault):
            return None
        try:
            tag = read_body(20, root.body)["tag"]
        except Fault:
            return None
        right = blake(label("link bond") + link.says["bond"] + link.log)
        return root.log if tag == right else None

    def is_unfounded(self, i, assumed):
        if i not in self.declared:
            return False
        checks = {log for j, log in self.links.items() if j in assumed and j in self.past[i]}
        if self.kind == "case":
            checks |= set(self.records[self.root].says["checks"])
        return self.declared[i] is None or not checks <= self.declared[i]

    def is_against_first_reader(self, record):
        """Whether somebody else than its starter withholds a check from who first read it."""
        if self.kind != "check" or record.name != "withheld":
            return False
        root = self.records[self.root]
        first = {card.id for card in root.says["readers"]}
        return record.author != root.author and record.says["person"] in first

    def standing(self, i):
        return "counts" if i in self.sure else "contested" if i in self.possible else "late"

    def authorised(self, person, i, removing, granting):
        """Whether a person reads at this point, given which removals and which grants hold."""
        removals = {
            self.records[j].id
            for j, whom in self.removed.items()
            if j in removing and whom == person and j in self.past[i]
        }
        return any(
            j in granting and removals <= lifts
            for j, (cards, lifts) in self.grants.items()
            if j in self.past[i] and any(card.id == person for card in cards)
        )

    def last_out(self, i, assumed, counts):
        if i not in self.grants:
            return False
        past = [j for j in self.removed if j in self.past[i]]
        mine = [j for j in past if j in counts and self.removed[j] == self.records[i].author]
        if not mine:
            return False
        people = {card.id for cards, _ in self.grants.values() for card in cards}
        if any(self.authorised(person, i, counts, assumed) for person in people):
            return False
        others = [k for k in past if k in assumed]
        return any(not any(j in self.past[k] for k in others) for j in mine)

    def one_pass(self, assumed):
        counts = set()
        for i, record in enumerate(self.records):
            if i == self.root:
                counts.add(i)
                continue
            if self.root is None or record.kind in STARTS or self.is_unfounded(i, assumed):
                continue
            if self.kind not in KINDS[record.kind][1]:
                continue
            if self.is_against_first_reader(record):
                continue
            attacked = record.name != "recused" and any(
                j in assumed
                and self.settled[j]
                and whom == record.author
                and j != i
                and j not in self.past[i]
                and i not in self.past[j]
                for j, whom in self.removed.items()
            )
            if attacked:
                continue
            if self.authorised(record.author, i, assumed, counts) or self.last_out(
                i, assumed, counts
            ):
                counts.add(i)
        return counts

    def solve(self):
        removals = set(self.removed)
        sure = self.one_pass(self.acts)
        possible = self.one_pass(sure)
        while True:
            more = self.one_pass(possible)
            fewer = self.one_pass(more)
            if (more, fewer) == (sure, possible):
                break
            sure, possible = more, fewer
        self.sure, self.possible = sure, possible
        self.counting = [x for i, x in enumerate(self.records) if i in sure]
        self.late = [x for i, x in enumerate(self.records) if i not in possible]
        self.contested = sorted(
            {
                person
                for i in (possible - sure) & removals
                for person in (self.removed[i], self.records[i].author)
            }
        )
        self.ever, self.readers = {}, {}
        for i in sorted(sure & set(self.grants)):
            for card in self.grants[i][0]:
                if not any(card.shares_key(other) for other in self.ever.values()):
                    self.ever[card.id] = card
        taken = {}
        for i in sure & removals:
            taken.setdefault(self.removed[i], set()).add(self.records[i].id)
        for i in sorted(sure & set(self.grants)):
            cards, lifts = self.grants[i]
            for card in cards:
                if card.id in self.ever and taken.get(card.id, set()) <= lifts:
                    self.readers[card.id] = card


# The vault


def read_marker(data):
    """The identifier of a vault, from the bytes of its file VAULT."""
    try:
        lines = [line for line in data.decode().splitlines() if line]
    except UnicodeDecodeError:
        raise Fault("malformed") from None
    if lines and lines[0] != "casevault/1" and lines[0].startswith("casevault/"):
        raise Fault("newerVersion")
    if len(data) > 4096 or len(lines) != 2 or lines[0] != "casevault/1":
        raise Fault("malformed")
    word, _, digits = lines[1].partition(" ")
    if word != "vault" or len(digits) != 64 or not set(digits) <= set("0123456789abcdef"):
        raise Fault("malformed")
    return bytes.fromhex(digits)


class Vault:
    def __init__(self, folder, key):
        self.folder = folder
        self.key = key
        self.damaged, self.files, self.ignored, self.attachments = [], {}, 0, {}
        self.total = 0
        self.vault = self.marker()
        for name, path in self.names():
            self.read(name, path)
        records = {}
        for file in self.files.values():
            for record in file.records:
                held = records.setdefault(record.log, {})
                if record.body is not None or record.id not in held:
                    held[record.id] = record
        self.logs = {log: Log(list(x.values()), self.vault) for log, x in records.items()}
        self.roster = self.logs.get(roster_id(self.vault))
        if self.roster and self.roster.kind != "roster":
            self.roster = None
        self.before = {}
        if self.roster:
            admitted = {self.roster.records[self.roster.root].author}
            for x in self.roster.counting:
                if x.name != "admitted" or x.says["card"].id in admitted:
                    continue
                admitted.add(x.says["card"].id)
                if x.says["replaces"]:
                    self.before[x.says["card"].id] = x.says["replaces"]

    def marker(self):
        try:
            return read_marker(open(os.path.join(self.folder, "VAULT"), "rb").read(4097))
        except Fault as fault:
            raise SystemExit("the file VAULT: " + fault.args[0]) from None

    def names(self):
        sealed = os.path.join(self.folder, "sealed")
        for entry in os.listdir(self.folder):
            self.ignored += entry not in ("VAULT", ".gitattributes", "sealed")
        hexadecimal = set("0123456789abcdef")
        found = []
        for two in os.listdir(sealed):
            inner = os.path.join(sealed, two)
            if len(two) != 2 or not set(two) <= hexadecimal or not os.path.isdir(inner):
                self.ignored += 1
                continue
            for name in os.listdir(inner):
                path = os.path.join(inner, name)
                if len(name) == 64 and set(name) <= hexadecimal and name.startswith(two):
                    found.append((name, path))
                else:
                    self.ignored += 1
        return sorted(found)

    def read(self, name, path):
        self.total += 1
        try:
            if not stat.S_ISREG(os.lstat(path).st_mode):
                raise Fault("malformed")
            with open(path, "rb") as file:
                data = file.read()
            if blake(data).hex() != name:
                raise Fault("nameDoesNotMatch")
            if data[:4] == b"CVAF":
                self.attachments[bytes.fromhex(name)] = data
            elif data[:4] == b"CVSF":
                opened = open_sealed(data, self.key, self.vault)
                if opened:
                    self.files[name] = opened
            else:
                raise Fault("malformed")
        except Fault as fault:
            self.damaged.append({"file": f"sealed/{name[:2]}/{name}", "why": fault.args[0]})

    def persons(self, card):
        cards = [card]
        while cards[-1] in self.before and self.before[cards[-1]] not in cards:
            cards.append(self.before[cards[-1]])
        return cards

    def is_open(self, log):
        if log.root is None or self.key.id not in log.readers:
            return False
        if not self.roster:
            return True
        starter, ever = log.records[log.root].author, self.roster.ever
        return starter in ever and (
            starter in self.roster.readers
            or any(
                x.author != starter and x.author in ever
                for i, x in enumerate(log.records)
                if i in log.possible
            )
        )

    def open_logs(self, kind):
        logs = sorted(self.logs.items())
        return [(i, log) for i, log in logs if log.kind == kind and self.is_open(log)]

    def answer(self, log, card=None):
        card = card or self.key.id
        declared = [x for x in log.counting if x.name == "declared"]
        replaced = {
            (old, card) for x in declared for old in x.says["replaces"]
            for card in self.persons(x.author)
        }  # fmt: skip
        standing = [x for x in declared if (x.id, x.author) not in replaced]
        cards = self.persons(card)
        mine = [x for x in standing if x.author in cards]
        if any(x.says["conflict"] for x in mine):
            return "conflict"
        return "noConflict" if any(x.author == card for x in mine) else None

    @staticmethod
    def is_nameless(log):
        """Whether the name in a check was erased, so that nobody is asked any more."""
        names = [x for x in log.records if x.name == "named" and x.id in log.erased]
        root = log.records[log.root]
        left = [x for x in log.counting if x.name == "named" and x.says]
        return bool(names) and not any(x.author == root.author for x in left)

    def attachment(self, note, log_id):
        """What is known of an attachment: verified, missing, or damaged."""
        state = "missing"
        for file in self.files.values():
            if not any(record.log == log_id for record in file.records):
                continue
            for number, name, key, _ in file.index:
                if number != note["id"] or name not in self.attachments:
                    continue
                if decrypt_attachment(self.attachments[name], key, note, self.vault, log_id):
                    return "verified"
                state = "damaged"
        return state

    def votes(self, log, entry):
        """How many readers of today vote what on an entry: their last counting vote."""
        last = {}
        for x in log.counting:
            if x.name != "voted" or x.says is None or x.says["entry"] != entry:
                continue
            if self.may_vote(log, x.author):
                last[x.author] = x.says["vote"]
        return {vote: list(last.values()).count(vote) for vote in VOTES}

    def may_vote(self, log, card):
        former = self.roster and card in self.roster.ever and card not in self.roster.readers
        if card not in log.readers or former:
            return False
        named = log.records[log.root].says["checks"]
        checks = {i for i, bond in named.items() if not self.is_foreign(log, i, bond)}
        checks |= {gone for i, gone in log.links.items() if i in log.sure}
        mine = [self.logs[i] for i in checks if i in self.logs and self.is_open(self.logs[i])]
        return all(self.answer(check, card) != "conflict" for check in mine)

    def is_foreign(self, log, named, bond):
        """Whether what a case names as its check is here and was not made for it."""
        other = self.logs.get(named)
        if other is None or other.root is None:
            return False
        author, root = log.records[log.root].author, other.records[other.root]
        tag = blake(label("bond") + bond + author)
        return root.name != "checkStarted" or root.author != author or root.says["tag"] != tag

    def entries(self, log_id, log):
        entries, numbers = [], {}
        for x in log.counting:
            if x.name not in ("reported", "entered"):
                continue
            numbers[x.id] = len(numbers) + 1
            if x.says is None:
                kind = "report" if x.name == "reported" else "gone"
                entries.append(
                    {
                        "number": numbers[x.id], "kind": kind, "day": x.day,
                        "author": x.card.name, "text": "", "corrects": None, "attachments": [],
                        "votes": self.votes(log, x.id), "erased": x.id in log.erased,
                    }
                )  # fmt: skip
                continue
            report = x.says.get("report")
            entries.append(
                {
                    "number": numbers[x.id],
                    "kind": "report" if report else x.says["kind"],
                    "day": (report["receivedOn"] if report else x.says["happened"]) or x.day,
                    "author": x.card.name,
                    "text": report["text"] if report else x.says["text"],
                    "corrects": None if report else numbers.get(x.says["corrects"]),
                    "votes": self.votes(log, x.id),
                    "attachments": [
                        {
                            "name": note["name"],
                            "size": note["size"],
                            "state": self.attachment(note, log_id),
                        }
                        for note in x.says["attachments"]
                    ],
                }
            )
        return entries

    def result(self):
        out = {"vault": self.vault.hex(), "me": self.key.id.hex()}
        out["members"] = []
        if self.roster:
            cards = sorted(self.roster.readers.values(), key=lambda c: (c.name, c.id))
            out["committee"] = self.roster.records[self.roster.root].says["committee"]
            changes = [x for x in self.roster.counting if x.name == "rulesChanged"]
            last = changes[-1] if changes else self.roster.records[self.roster.root]
            out["rules"] = {k: str(v) for k, v in read_rules(last.says["rules"]).items()}
            out["code"] = committee_code(self.vault, list(self.roster.readers))
            out["members"] = [
                {"name": c.name, "card": c.id.hex(), "fingerprint": fingerprint(c.id)}
                for c in cards
            ]
        out["checks"] = [
            {
                "log": i.hex(),
                "people": [
                    x.says["name"]
                    for x in log.counting
                    if x.name == "named" and x.says and x.author == log.records[log.root].author
                ],
                "answer": self.answer(log),
            }
            for i, log in self.open_logs("check")
            if not self.is_nameless(log)
        ]
        out["cases"] = [
            {
                "log": i.hex(),
                "codeName": log.records[log.root].says["codeName"],
                "disambiguation": four_digits(log.records[log.root].says["row"]),
                "readers": sorted(card.name for card in log.readers.values()),
                "entries": self.entries(i, log),
                "late": len(log.late),
                "contested": [log.ever[x].name for x in log.contested if x in log.ever],
            }
            for i, log in self.open_logs("case")
        ]
        out["rows"] = []
        for i, log in self.open_logs("row"):
            row = {name: "" for name, _ in COLUMNS.values()} | {"status": "new"}
            for x in log.counting:
                if x.name == "rowChanged" and x.says:
                    row |= x.says
            row["codeName"] = log.records[log.root].says["codeName"]
            out["rows"].append(row)
        out["logs"] = [
            {
                "log": i.hex(),
                "standings": {record.id.hex(): log.standing(n) for n, record in enumerate(log.records)},
                "readers": sorted(card.hex() for card in log.readers),
                "contested": sorted(card.hex() for card in log.contested),
                "heads": [head.hex() for head in log.heads],
                "gaps": [gap.hex() for gap in log.gaps],
                "erased": sorted(x.hex() for x in log.erased),
            }
            for i, log in sorted(self.logs.items())
        ]
        out["gaps"] = sorted(gap.hex() for log in self.logs.values() for gap in log.gaps)
        out["damaged"] = self.damaged
        out |= {"files": self.total, "mine": len(self.files), "ignored": self.ignored}
        return out


def attachment_commitment(key, vault, log, number):
    """Binds a file to its key, its log and its attachment."""
    return blake(label("attachment commitment") + vault + log + number, key=key)


def decrypt_attachment(data, key, note, vault, log):
    head = b"CVAF\x01\x01" + attachment_commitment(key, vault, log, note["id"])
    if data[:38] != head:
        return False
    digest, size, at, number = hashlib.blake2b(digest_size=32), 0, 38, 0
    full = 65536 + 16
    while True:
        chunk = data[at : at + full]
        at += len(chunk)
        last = at == len(data)
        nonce = bytes(15) + number.to_bytes(8, "big") + bytes([last])
        try:
            plain = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(chunk, head, nonce, key)
        except (CryptoError, ValueError):
            return False
        if not plain and number:
            return False
        digest.update(plain)
        size += len(plain)
        number += 1
        if last:
            return size == note["size"] and digest.digest() == note["hash"]


def main():
    if len(sys.argv) not in (3, 4):
        raise SystemExit(__doc__)
    passphrase = open(sys.argv[3], "rb").read().rstrip(b"\r\n") if len(sys.argv) == 4 else None
    try:
        key = Key(open(sys.argv[2], "rb").read(4097), passphrase)
    except (Fault, CryptoError):
        raise SystemExit("the key file does not open") from None
    json.dump(Vault(sys.argv[1], key).result(), sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
