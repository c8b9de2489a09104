#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright CaseVault contributors
"""An independent reader of a vault: it follows Docs/FORMAT.md and shares nothing with the library.

usage: casevault_reader.py VAULT KEYFILE [PASSPHRASEFILE]

Prints, as JSON, what the key opens: members, checks, cases, register rows, who counts in each log
on a computer of the key's owner that remembers nothing and what that computer asks, and every file
that is not what it promises. It verifies everything that FORMAT.md says a reader must. Nothing is
written. Who counts follows from Tests/authority/rules.py, the rules of Docs/AUTHORITY.md as a
program. Needs PyNaCl (Debian: python3-nacl).
"""

import datetime
import hashlib
import json
import os
import stat
import sys
import unicodedata
from collections import defaultdict

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

sys.path.insert(
    0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "authority")
)
import rules  # noqa: E402

# A bond is handed to the rules as the tag that it makes: the hash covers whose bond it is.
rules.bond_tag = lambda tag, owner: tag

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


# Arabic letters that join only the letter in front of them.
JOINS_BACK = [
    (0x622, 0x625), (0x627, 0x627), (0x629, 0x629), (0x62F, 0x632), (0x648, 0x648),
    (0x671, 0x673), (0x675, 0x677), (0x688, 0x699), (0x6C0, 0x6C0), (0x6C3, 0x6CB),
    (0x6CD, 0x6CD), (0x6CF, 0x6CF), (0x6D2, 0x6D3), (0x6D5, 0x6D5), (0x6EE, 0x6EF),
    (0x759, 0x75B), (0x76B, 0x76C), (0x771, 0x771), (0x773, 0x774), (0x778, 0x779),
]  # fmt: skip


def joiner_shapes(name, place):
    """Whether the joiner at a place stands where a word is written otherwise without it."""
    if place == 0 or place + 1 == len(name):
        return False

    def is_letter(at):
        return 0 <= at < len(name) and unicodedata.category(name[at]) == "Lo"

    def is_virama(at):
        return unicodedata.combining(name[at]) == 9

    joins = name[place] == "\u200d"
    if is_virama(place - 1):
        old_chillu = joins and 0xD00 <= ord(name[place - 1]) <= 0xD7F
        return not old_chillu and is_letter(place - 2) and is_letter(place + 1)
    if joins:
        is_ra = name[place - 1] in "\u09b0\u0cb0"
        return is_ra and is_virama(place + 1) and is_letter(place + 2)

    def neighbour(step):
        for at in range(place + step, place + 5 * step, step):
            if not 0 <= at < len(name):
                return None
            if unicodedata.category(name[at]) != "Mn":
                return at
        return None

    def joins_back(at):
        return any(first <= ord(name[at]) <= last for first, last in JOINS_BACK)

    def joins_both(at):
        point = ord(name[at])
        is_arabic = 0x620 <= point <= 0x6FF or 0x750 <= point <= 0x77F
        return is_arabic and is_letter(at) and not joins_back(at) and point not in (0x621, 0x674)

    left, right = neighbour(-1), neighbour(1)
    if left is None or right is None:
        return False
    return joins_both(left) and (joins_both(right) or joins_back(right))


def is_ignorable(point):
    return any(first <= point <= last for first, last in IGNORABLE)


def name_is_valid(name):
    if not name or len(name) > 100 or len(name.encode()) > 200:
        return False
    if name.strip(" ") != name or "  " in name or unicodedata.normalize("NFC", name) != name:
        return False
    visible = False
    for place, character in enumerate(name):
        point = ord(character)
        category = unicodedata.category(character)
        if character in "\u200c\u200d" and joiner_shapes(name, place):
            continue
        if point in (0xFE0E, 0xFE0F):
            if place == 0 or unicodedata.category(name[place - 1])[0] != "S":
                return False
            continue
        if category in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") or is_ignorable(point):
            return False
        if (category == "Zs" and character != " ") or point == 0x2800:
            return False
        visible = visible or character != " "
    return visible


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
    4: ("removed", ["roster"]), 5: ("rulesChanged", ["roster"]), 7: ("was", ["roster"]),
    20: ("checkStarted", ["check"]), 21: ("named", ["check"]), 22: ("declared", ["check"]),
    30: ("rowStarted", ["row"]), 31: ("rowChanged", ["row"]), 40: ("opened", ["check", "row"]),
    50: ("caseStarted", ["case"]), 51: ("reported", ["case"]), 52: ("entered", ["case"]),
    53: ("checkLinked", ["case"]), 54: ("granted", ["case"]),
    55: ("revoked", ["check", "row", "case"]), 57: ("invited", ["case"]), 58: ("voted", ["case"]),
    71: ("gapAccepted", ["roster", "check", "row", "case"]),
    72: ("erased", ["check", "row", "case"]), 73: ("held", ["case"]),
    74: ("counted", ["roster", "check", "row", "case"]),
    75: ("left", ["roster", "check", "row", "case"]), 76: ("ended", ["case"]),
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
        value["second"] = r.bool()
    elif name in ("confirmed", "was"):
        value = {"person": r.id()}
    elif name in ("removed", "revoked"):
        value = {"people": r.ids(1022)}
        if not value["people"]:
            raise Fault("malformed")
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
        value = {"card": Card(r), "lifts": r.ids(4096), "guest": r.bool()}
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
        value = {"check": r.id(), "bond": r.id(), "readers": r.ids(1022)}
    elif name == "granted":
        value = {"card": Card(r)}
        value["declarations"] = r.ascending(4096, lambda: Record(r), key=lambda d: d.log)
        value["lifts"] = r.ids(4096)
    elif name == "held":
        value = {}
    elif name == "voted":
        value = {"entry": r.id(), "vote": VOTES[r.choice(range(3))]}
    elif name == "gapAccepted":
        value = {"records": r.ids(4096)}
    elif name == "erased":
        value = {"records": r.ids(65536), "over": r.ids(4096), "overPeople": r.ids(1022)}
        value |= {"whole": r.bool(), "skeleton": None}
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
    elif name in ("counted", "left"):
        value = {"records": r.ids(65536)}
    elif name == "ended":
        value = {"records": r.ids(4096), "people": r.ids(1022)}
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
        if self.name in ("removed", "revoked") and self.author in self.says["people"]:
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


# Who counts


MOST_ACTS = 4096
MOST_RECORDS = 20_000


def act(record, vault):
    """A record as the rules see it; `None` where it says nothing to them."""

    def made(kind, **fields):
        return rules.Record(record.id, record.log, record.author, kind, **fields)

    says, name = record.says, record.name
    if record.kind in ERASABLE or name == "rulesChanged":
        return made("text")
    if name == "founded":
        return made("root", people=frozenset(card.id for card in says["founders"]))
    if name in ("checkStarted", "rowStarted"):
        return made(
            "root", of=STARTS[record.kind], tag=says["tag"],
            people=frozenset(card.id for card in says["readers"]),
            withheld=frozenset(says.get("withheld", ())),
        )  # fmt: skip
    if name == "caseStarted":
        named = {**says["checks"], says["row"]: says["rowBond"]}
        tags = {log: blake(label("bond") + bond + record.author) for log, bond in named.items()}
        return made(
            "root", of="case", checks=frozenset(says["checks"]), row=says["row"],
            bonds=tuple(sorted(tags.items())),
        )  # fmt: skip
    if name in ("admitted", "opened", "granted", "invited"):
        answered = answers(record, vault)
        return None if answered is None else made(
            "in", card=says["card"].id, ids=frozenset(says.get("lifts", ())),
            guest=name == "invited" or says.get("guest", False), was=says.get("replaces") or "",
            second=says.get("second", False), checks=answered,
        )  # fmt: skip
    if name == "confirmed":
        return made("confirmed", card=says["person"])
    if name in ("removed", "revoked"):
        return made("out", people=frozenset(says["people"]))
    if name == "was":
        return made("was", card=says["person"])
    if name == "counted":
        return made("counted", ids=frozenset(says["records"]))
    if name == "left":
        return made("leave", ids=frozenset(says["records"]))
    if name == "checkLinked":
        tag = blake(label("link bond") + says["bond"] + record.log)
        return made(
            "link", checks=frozenset({says["check"]}), bond=tag, people=frozenset(says["readers"])
        )
    if name == "held":
        return made("hold")
    if name == "ended":
        return made("end", ids=frozenset(says["records"]), people=frozenset(says["people"]))
    if name == "erased":
        over = frozenset(says["over"] + says["overPeople"])
        return made("erase", ids=frozenset(says["records"]), over=over)
    if name == "declared":
        return made(
            "declare", checks=frozenset({record.log}), conflict=says["conflict"],
            ids=frozenset(says["replaces"]),
        )  # fmt: skip
    return None


def answers(record, vault):
    """The checks on which a grant carries the card's own "no conflict"; `None` if one is worth
    nothing: then the grant is worth nothing."""
    declared = set()
    for inner in record.says.get("declarations", ()):
        card = record.says["card"]
        if inner.kind != 22 or inner.body is None or not inner.is_signed(card, vault):
            return None
        try:
            if read_body(22, inner.body)["conflict"]:
                return None
        except Fault:
            return None
        declared.add(inner.log)
    return frozenset(declared)


def known_in(acts, root, aside=None):
    """Whom the records of a log let in, from the first people on. The others are strangers. With
    somebody left aside, and whoever came by them only."""
    lets = defaultdict(set)
    for x in acts:
        if x.kind == "in" and not x.ids - {root.id}:
            lets[x.by].add(x.card)
    known = (set(root.people) | {root.by}) - {aside}
    todo = list(known)
    while todo:
        new = lets[todo.pop()] - known - {aside}
        known |= new
        todo += new
    return known


def take_in(acts, root, known):
    """What of one log's acts is taken in: nothing by strangers, and of nobody too much."""

    def turns(theirs, author):
        """Everybody who names some of them names one after the other, the smaller id first."""
        others = known_in(acts, root, aside=author)
        mine, letting_in = {x.id for x in theirs}, defaultdict(set)
        for x in theirs:
            if x.kind == "in":
                letting_in[x.card].add(x.id)
        named = defaultdict(set)
        for x in acts:
            if x.by in others:
                if x.kind in ("counted", "in"):
                    named[x.by] |= x.ids & mine
                elif x.kind == "confirmed":
                    named[x.by] |= letting_in[x.card]
        turn = {}
        for ids in named.values():
            for i, name in enumerate(sorted(ids)):
                turn[name] = min(turn.get(name, i), i)
        return turn

    by_author, kept = defaultdict(list), []
    for x in acts:
        if x.by in known:
            by_author[x.by].append(x)
    for author, theirs in by_author.items():
        if len(theirs) > MOST_RECORDS or sum(x.kind != "text" for x in theirs) > MOST_ACTS:
            turn = turns(theirs, author)
            theirs = sorted(theirs, key=lambda x: (x is not root, turn.get(x.id, 1 << 62), x.id))
        others = all_kinds = 0
        for x in theirs:
            if all_kinds == MOST_RECORDS or (x.kind != "text" and others == MOST_ACTS):
                continue
            all_kinds += 1
            others += x.kind != "text"
            kept.append(x)
    return kept


class Log:
    """One log: its records in the order in which they are shown, and who counts in it."""

    def __init__(self, records, vault):
        self.records = self.ordered(records)
        self.root = next((x for x in self.records if x.kind in STARTS), None)
        self.kind = STARTS[self.root.kind] if self.root else None
        belongs = [x for x in self.records if self.kind in (None, *KINDS[x.kind][1])]
        acts = [a for a in (act(x, vault) for x in belongs) if a]
        if self.root:
            root = next(a for a in acts if a.id == self.root.id)
            self.known = known_in(acts, root)
            self.acts = take_in(acts, root, self.known)
        else:
            # A conflict counts before anybody knows whose check it is.
            self.known = {x.author for x in self.records}
            self.acts = [a for a in acts if a.kind == "declare"]
        self.view, self.taken, self.cards = None, set(), {}
        for x in self.records:
            says = x.says or {}
            for card in (x.card, says.get("card"), *says.get("founders", ()), *says.get("readers", ())):
                if isinstance(card, Card):
                    self.cards.setdefault(card.id, card)

    def judge(self, view):
        """Takes over what the rules say of this log."""
        self.view = view
        self.taken = {x.id for x in view.taken}

    @staticmethod
    def ordered(records):
        by_id = {record.id: record for record in records}
        level = {}
        stack = list(by_id)
        while stack:
            top = stack[-1]
            held = [p for p in by_id[top].parents if p in by_id]
            waiting = [p for p in held if p not in level]
            if waiting:
                stack += waiting
                continue
            level[top] = 1 + max((level[p] for p in held), default=-1)
            stack.pop()
        return [by_id[x] for x in sorted(by_id, key=lambda x: (level[x], x))]

    def of(self, *names):
        """The records of these kinds that count, in order."""
        return [x for x in self.records if x.name in names and x.id in self.taken]

    def gaps(self):
        """The records that are named and not here, and that nobody says are gone for good."""
        held = {x.id for x in self.records}
        own = [x for x in self.records if x.author in self.known]
        named = {p for x in own for p in x.parents}
        gone = {i for x in own if x.name == "gapAccepted" for i in x.says["records"]}
        return sorted(named - held - gone)

    def readers(self):
        """Who reads, in order. Two cards of one key are one reader: who has power comes first."""
        power, cards = self.view.power(), {}
        for i in sorted(self.view.readers(), key=lambda i: (i not in power, i)):
            card = self.cards.get(i)
            if card and not any(card.shares_key(other) for other in cards.values()):
                cards[i] = card
        return cards


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
        # A vault has one roster.
        home = roster_id(self.vault)
        self.logs = {i: log for i, log in self.logs.items() if log.kind != "roster" or i == home}
        self.roster = self.logs.get(home)
        if self.roster and self.roster.kind != "roster":
            self.roster = None
        # A computer that remembers nothing: it has waited no day for an erasure either.
        acts = {a for log in self.logs.values() for a in log.acts}
        acts |= self.own_word(home, acts) if self.roster else self.shown_roster(home, acts)
        self.acts = frozenset(acts)
        self.state, self.colleagues = rules.state(self.key.id, self.acts), {}
        for i, log in self.logs.items():
            if i in self.state.views:
                log.judge(self.state.views[i])

    def shown_roster(self, home, acts):
        """The roster as a guest is shown it: whoever started a log or was let in, not as one."""
        people = {x.by for x in acts if x.kind == "root"}
        people = people.union(*(x.people for x in acts if x.kind == "root"))
        people |= {x.card for x in acts if x.kind == "in" and not x.guest}
        people -= {self.key.id}
        author = min(people, default=self.key.id)
        return {rules.Record(home, home, author, "root", people=frozenset(people))}

    def own_word(self, home, acts):
        """My own computer counts "I was that key" as said where all who let me in say so."""
        here = [x for x in acts if x.log == home]
        old = {x.was for x in here if x.kind == "in" and x.card == self.key.id and not x.ids}
        if not old.isdisjoint({"", self.key.id}):
            return set()
        if any(x.kind == "root" and self.key.id in x.people for x in here):
            return set()
        old -= {x.card for x in here if x.kind == "was" and x.by == self.key.id}
        return {rules.Record(k, home, self.key.id, "was", card=k) for k in sorted(old)[:1]}

    def colleague(self, card):
        """What a colleague's computer makes of these records."""
        if card not in self.colleagues:
            self.colleagues[card] = rules.state(card, self.acts)
        return self.colleagues[card]

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

    def is_open(self, log):
        """Whether I read the log, and it is the committee's."""
        if log.view is None or self.key.id not in log.readers():
            return False
        if not self.roster:
            return True
        starter, members = log.root.author, self.roster.view
        return starter in members.let_in and (
            members.is_in(starter)
            or any(
                x.id in log.taken and x.author != starter and x.author in members.let_in
                for x in log.records
            )
        )

    def open_logs(self, kind):
        logs = sorted(self.logs.items())
        return [(i, log) for i, log in logs if log.kind == kind and self.is_open(log)]

    def answer(self, i, card=None):
        """What somebody has answered to a check."""
        card, facts = card or self.key.id, self.state.facts
        if card in facts.in_conflict(frozenset({i})):
            return "conflict"
        return "noConflict" if i in facts.answered[card] else None

    @staticmethod
    def people_in(log):
        """Who a check is about: only its author adds a name."""
        return [x for x in log.of("named") if x.author == log.root.author]

    @classmethod
    def is_nameless(cls, log):
        """Whether the name in a check was erased, so that nobody is asked any more."""
        names = cls.people_in(log)
        return bool(names) and not any(x.says for x in names)

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
        """How many readers of today vote what on an entry: their last vote that counts."""
        last, readers = {}, log.readers()
        for x in log.of("voted"):
            if x.says and x.says["entry"] == entry and x.author in readers:
                last[x.author] = x.says["vote"]
        return {vote: list(last.values()).count(vote) for vote in VOTES}

    def entries(self, log_id, log):
        entries, numbers = [], {}
        for x in log.of("reported", "entered"):
            numbers[x.id] = len(numbers) + 1
            if x.says is None:
                kind = "report" if x.name == "reported" else "gone"
                entries.append(
                    {
                        "number": numbers[x.id], "kind": kind, "day": x.day,
                        "author": x.card.name, "text": "", "corrects": None, "attachments": [],
                        "votes": self.votes(log, x.id),
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
            members = self.roster.readers()
            cards = sorted(members.values(), key=lambda c: (c.name, c.id))
            out["committee"] = self.roster.root.says["committee"]
            last = [self.roster.root, *self.roster.of("rulesChanged")][-1]
            out["rules"] = {k: str(v) for k, v in read_rules(last.says["rules"]).items()}
            out["code"] = committee_code(self.vault, list(members))
            out["members"] = [
                {"name": c.name, "card": c.id.hex(), "fingerprint": fingerprint(c.id)}
                for c in cards
            ]
        out["checks"] = [
            {
                "log": i.hex(),
                "people": [x.says["name"] for x in self.people_in(log) if x.says],
                "answer": self.answer(i),
            }
            for i, log in self.open_logs("check")
            if not self.is_nameless(log)
        ]
        out["cases"] = [
            {
                "log": i.hex(),
                "codeName": log.root.says["codeName"],
                "disambiguation": four_digits(log.root.says["row"]),
                "readers": sorted(card.name for card in log.readers().values()),
                "entries": self.entries(i, log),
                "late": sum(
                    x.name in ("reported", "entered") and x.id not in log.taken
                    for x in log.records
                ),
            }
            for i, log in self.open_logs("case")
        ]
        out["rows"] = []
        for i, log in self.open_logs("row"):
            row = {name: "" for name, _ in COLUMNS.values()} | {"status": "new"}
            for x in log.of("rowChanged"):
                if x.says:
                    row |= x.says
            row["codeName"] = log.root.says["codeName"]
            out["rows"].append(row)
        out["logs"] = [self.standing(i, log) for i, log in sorted(self.logs.items()) if log.view]
        out["gaps"] = sorted(gap.hex() for log in self.logs.values() for gap in log.gaps())
        out["damaged"] = self.damaged
        out |= {"files": self.total, "mine": len(self.files), "ignored": self.ignored}
        return out


    def standing(self, i, log):
        """Who counts in a log, and what this computer asks about it."""
        view = log.view
        asked = rules.questions(
            self.state, i, self.acts, view=lambda card: self.colleague(card).views[i]
        )

        def told(values):
            return sorted([a.hex(), sorted(b.hex() for b in rest)] for a, rest in values)

        def pairs(values):
            return sorted([a.hex(), b.hex()] for a, b in values)

        def hexed(values):
            return sorted(x.hex() for x in values)

        return {
            "log": i.hex(),
            "in": hexed(view.people()),
            "power": hexed(view.power()),
            "readers": hexed(view.readers()),
            "shutOut": hexed(view.shut_out()),
            "taken": hexed(log.taken),
            "onHold": hexed(h.id for h in view.holds if not view.enders(h)),
            "askingLinks": hexed(link.id for link in view.live()),
            "erased": hexed(x.id for x in log.records if x.kind in ERASABLE and x.id in view._erased()),
            "removedBy": hexed(asked.removed_by),
            "whoStays": told(asked.ask),
            "differs": pairs(asked.differ),
            "unheld": asked.unheld,
            "mustAnswer": pairs(asked.waits),
        }


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
