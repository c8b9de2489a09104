#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright CaseVault contributors
"""Sealed reports and answers, written from Docs/INTAKE.md; shares nothing with the library or page.

usage: intake.py open SECRET FILE          a report, opened with a box secret in hexadecimal
       intake.py answer FILE TEXT          an answer to an opened report (the JSON of `open`)
       intake.py read WORDS FILE           an answer, opened with a file with the receipt's words
       intake.py seal REPORT KEY...        a report (JSON) sealed to box keys in hexadecimal
       intake.py members PAGE              the id of a page's list, and box keys by name

Prints JSON or a sealed text. Needs PyNaCl (Debian: python3-nacl).
"""

import base64
import hashlib
import json
import os
import re
import sys

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

REPORT, ANSWER = b"CVIR", b"CVIA"
SIZES = {REPORT: [16 << 10, 128 << 10, 1 << 20, 6 << 20], ANSWER: [4 << 10, 64 << 10]}
NAMES = {REPORT: "REPORT", ANSWER: "ANSWER"}
EXPONENTS = {REPORT: range(3, 7), ANSWER: range(0, 1)}
FRONT, SLOT = 94, 48
L_ORDER = 2**252 + 27742317777372353535851937790883648493
MOST_FILES, MOST_FILE_BYTES = 20, 5 << 20
LAST_FIELD = 15
FLAGS = {1, 2, 5, 6}


class Fault(Exception):
    """It is refused; the argument says why."""


# Conventions


def label(purpose):
    text = ("casevault/1 " + purpose).encode()
    return bytes([len(text)]) + text


def u32(value):
    return (value & 0xFFFFFFFF).to_bytes(4, "big")


def blob(value):
    return u32(len(value)) + value


def text(value):
    return blob(value.encode())


def listed(items):
    return u32(len(items)) + b"".join(items)


def sha512(*parts):
    return hashlib.sha512(b"".join(parts)).digest()


def derive(purpose, *parts, size=32):
    return sha512(label(purpose), *parts)[:size]


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        if count > len(self.data) - self.at:
            raise Fault("cut")
        self.at += count
        return self.data[self.at - count : self.at]

    def u8(self):
        return self.take(1)[0]

    def u32(self):
        return int.from_bytes(self.take(4), "big")

    def blob(self, limit):
        size = self.u32()
        if size > limit:
            raise Fault("too long")
        return self.take(size)

    def text(self, limit):
        try:
            return self.blob(limit).decode("utf-8", "strict")
        except UnicodeDecodeError as error:
            raise Fault("text") from error

    def day(self):
        value = self.u32()
        value -= (value >> 31) << 32
        if not -719162 <= value <= 2932896:
            raise Fault("day")
        return value

    def ascending_keys(self, most):
        count = self.u32()
        if count > most:
            raise Fault("too many")
        keys = [self.take(32) for _ in range(count)]
        if any(a >= b for a, b in zip(keys, keys[1:])):
            raise Fault("order")
        return keys

    def end(self):
        if self.at != len(self.data):
            raise Fault("bytes left over")


# Letters


def public_half(secret):
    return sodium.crypto_scalarmult_base(secret)


def front(magic, exponent, key, nonce, recipients):
    count = 1 << exponent
    if len(recipients) > count:
        raise Fault("too many recipients")
    secret = derive("intake ephemeral", key)
    try:
        slots = [sodium.crypto_box(key, nonce, recipient, secret) for recipient in recipients]
    except CryptoError as error:
        raise Fault("a recipient's key") from error
    for number in range(len(recipients), count):
        slots.append(derive("intake decoy", key, u32(number), size=SLOT))
    commitment = derive("intake commitment", key)
    head = magic + bytes([1, exponent]) + commitment + nonce + public_half(secret)
    return head + b"".join(sorted(slots))


def padded(magic, body):
    for size in SIZES[magic]:
        if len(body) + 4 <= size:
            return blob(body).ljust(size, b"\0")
    raise Fault("too large")


def unpadded(magic, data):
    reader = Reader(data)
    body = reader.blob(len(data))
    if padded(magic, body) != data:
        raise Fault("padding")
    return body


def seal(magic, exponent, recipients, body, signing_seed=None, key=None, nonce=None):
    """A letter. With the seed of a signing key, a signature goes behind the body."""
    key, nonce = key or os.urandom(32), nonce or os.urandom(24)
    head = front(magic, exponent, key, nonce, recipients)
    if signing_seed:
        _, secret = sodium.crypto_sign_seed_keypair(signing_seed)
        signed = label("intake signature") + sha512(head) + sha512(body)
        body += sodium.crypto_sign(signed, secret)[:64]
    body_key = derive("intake body", key, sha512(head))
    return head + sodium.crypto_secretbox(padded(magic, body), nonce, body_key)


def open_letter(magic, letter, secret):
    """The file key, the front and the body; None if it is not for this key."""
    if letter[:4] != magic:
        raise Fault("another kind")
    if len(letter) < FRONT or letter[4] != 1 or letter[5] not in EXPONENTS[magic]:
        raise Fault("version or size")
    nonce, ephemeral = letter[38:62], letter[62:94]
    end = FRONT + (SLOT << letter[5])
    if len(letter) - end - 16 not in SIZES[magic]:
        raise Fault("size")
    key = None
    try:
        shared = sodium.crypto_box_beforenm(ephemeral, secret)
    except CryptoError:
        return None
    for at in range(FRONT, end, SLOT):
        try:
            key = sodium.crypto_box_open_afternm(letter[at : at + SLOT], nonce, shared)
            break
        except CryptoError:
            continue
    if key is None:
        return None
    if derive("intake commitment", key) != letter[6:38]:
        raise Fault("commitment")
    body_key = derive("intake body", key, sha512(letter[:end]))
    try:
        data = sodium.crypto_secretbox_open(letter[end:], nonce, body_key)
    except CryptoError as error:
        raise Fault("body") from error
    return key, letter[:end], unpadded(magic, data)


# Text around a letter


def armor(magic, letter):
    name = f"CASEVAULT SEALED {NAMES[magic]}-----\n"
    letters = base64.b64encode(letter).decode()
    lines = "".join(letters[at : at + 64] + "\n" for at in range(0, len(letters), 64))
    return f"-----BEGIN {name}{lines}-----END {name}"


def find_letters(magic, around):
    name = f"CASEVAULT SEALED {NAMES[magic]}-----"
    found = []
    for inner in re.findall(f"-----BEGIN {name}(.*?)-----END {name}", around, re.S):
        inner = inner.split(f"-----BEGIN {name}")[-1]
        lines = re.split(r"\r\n|\r|\n", inner)
        letters = "".join(re.sub(r"\s", "", re.sub(r"^[>\s]+", "", line)) for line in lines)
        try:
            letter = base64.b64decode(letters, validate=True)
        except ValueError:
            continue
        if base64.b64encode(letter).decode() == letters:
            found.append(letter)
    return found


# Receipts


def words_of_receipts():
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(folder, "../../Docs/receipt-words.txt"), encoding="ascii") as file:
        return file.read().split()


def receipt_words(secret, words):
    check = derive("intake receipt", secret)
    number = int.from_bytes(secret, "big") << 12 | check[0] << 4 | check[1] >> 4
    return [words[number >> shift & 1023] for shift in range(130, -10, -10)]


def receipt_secret(typed, words):
    found = re.findall("[a-z]+", typed.lower())
    if len(found) != 14 or not all(word in words for word in found):
        raise Fault("receipt")
    number = 0
    for word in found:
        number = number << 10 | words.index(word)
    secret = (number >> 12).to_bytes(16, "big")
    if receipt_words(secret, words) != found:
        raise Fault("receipt")
    return secret


def receipt_keys(secret):
    """The seed and the public half of the signing key, the secret and the public half of the box."""
    seed, box = derive("intake signing", secret), derive("intake box", secret)
    return seed, sodium.crypto_sign_seed_keypair(seed)[0], box, public_half(box)


# Bodies


def report_body(report):
    return b"".join(
        [
            bytes.fromhex(report["members"]),
            bytes.fromhex(report["signingKey"]),
            bytes.fromhex(report["boxKey"]),
            bytes([report["kind"]]),
            u32(report["day"]),
            listed(sorted(map(bytes.fromhex, report["recipients"]))),
            listed(sorted(map(bytes.fromhex, report["leftOut"]))),
            text(report["others"]),
            text(report["about"]),
            listed([bytes([number]) + text(value) for number, value in report["fields"]]),
            text(report["text"]),
            listed(
                [
                    text(name) + text(kind) + blob(base64.b64decode(data))
                    for name, kind, data in report["files"]
                ]
            ),
        ]
    )


def point_is_good(key):
    """Whether this is the canonical encoding of a point of prime order."""
    if not sodium.crypto_core_ed25519_is_valid_point(key):
        return False
    scalar = (L_ORDER + 1).to_bytes(32, "little")
    return sodium.crypto_scalarmult_ed25519_noclamp(scalar, key) == key


def open_report(letter, secret):
    """A report as JSON can hold it; None if it is not for this key."""
    opened = open_letter(REPORT, letter, secret)
    if opened is None:
        return None
    key, head, body = opened
    reader = Reader(body)
    report = {
        "members": reader.take(32).hex(),
        "signingKey": reader.take(32).hex(),
        "boxKey": reader.take(32).hex(),
        "kind": reader.u8(),
        "day": reader.day(),
    }
    if report["kind"] not in (1, 2):
        raise Fault("kind")
    recipients, left_out = reader.ascending_keys(64), reader.ascending_keys(64)
    if not recipients or set(recipients) & set(left_out):
        raise Fault("recipients")
    if public_half(secret) not in recipients:
        raise Fault("not among the recipients")
    report["recipients"] = [item.hex() for item in recipients]
    report["leftOut"] = [item.hex() for item in left_out]
    report["others"], report["about"] = reader.text(2000), reader.text(64 << 10)
    count, report["fields"] = reader.u32(), []
    if count > LAST_FIELD:
        raise Fault("too many fields")
    for _ in range(count):
        number, value = reader.u8(), reader.text(16 << 10)
        if not 1 <= number <= LAST_FIELD or not value or number in FLAGS and value != "yes":
            raise Fault("field")
        if report["fields"] and report["fields"][-1][0] >= number:
            raise Fault("order of fields")
        report["fields"].append([number, value])
    report["text"] = reader.text(512 << 10)
    if not report["text"].strip():
        raise Fault("no text")
    count, total, report["files"] = reader.u32(), 0, []
    if count > MOST_FILES:
        raise Fault("too many files")
    for _ in range(count):
        name, kind = reader.text(400), reader.text(400)
        data = reader.blob(MOST_FILE_BYTES)
        total += len(data)
        report["files"].append([name, kind, base64.b64encode(data).decode()])
    if total > MOST_FILE_BYTES:
        raise Fault("files too large")
    unsigned = body[: reader.at]
    signature = reader.take(64)
    reader.end()
    if front(REPORT, head[5], key, head[38:62], recipients) != head:
        raise Fault("slots")
    signing_key = bytes.fromhex(report["signingKey"])
    is_below = int.from_bytes(signature[32:], "little") < L_ORDER
    if not (is_below and point_is_good(signing_key) and point_is_good(signature[:32])):
        raise Fault("signature")
    signed = label("intake signature") + sha512(head) + sha512(unsigned)
    try:
        sodium.crypto_sign_open(signature + signed, signing_key)
    except CryptoError as error:
        raise Fault("signature") from error
    return report


def seal_answer(box_key, day, words, key=None, nonce=None):
    return seal(ANSWER, 0, [box_key], box_key + u32(day) + text(words), key=key, nonce=nonce)


def open_answer(letter, box_secret):
    opened = open_letter(ANSWER, letter, box_secret)
    if opened is None:
        return None
    key, head, body = opened
    box_key = public_half(box_secret)
    reader = Reader(body)
    if reader.take(32) != box_key or front(ANSWER, 0, key, head[38:62], [box_key]) != head:
        raise Fault("slots")
    answer = {"day": reader.day(), "text": reader.text(60000)}
    reader.end()
    return answer


# A page's members


def member_list(committee, made, until, members):
    data = b"CVIM\x01" + text(committee) + u32(made)
    data += b"\0" if until is None else b"\1" + u32(until)
    items = [key + text(name) + text(address) + text(word) for key, name, address, word in members]
    return data + listed(items)


def page_members(html):
    """The id of the list in a page, and the box keys of its members by their names."""
    found = re.search('var LIST = "([A-Za-z0-9+/=]+)"', html)
    if not found:
        raise Fault("no page")
    data = base64.b64decode(found[1], validate=True)
    reader = Reader(data)
    if reader.take(5) != b"CVIM\x01":
        raise Fault("version")
    reader.text(400)
    reader.day()
    if reader.u8():
        reader.day()
    keys = {}
    for _ in range(reader.u32()):
        key = reader.take(32)
        keys[reader.text(400)] = key.hex()
        reader.text(400), reader.text(400)
    reader.end()
    return {"id": derive("intake members", data).hex(), "keys": keys}


def read_text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def main():
    command, *arguments = sys.argv[1:]
    if command == "open":
        letter = find_letters(REPORT, read_text(arguments[1]))[0]
        print(json.dumps(open_report(letter, bytes.fromhex(arguments[0]))))
    elif command == "answer":
        report = json.loads(read_text(arguments[0]))
        letter = seal_answer(
            bytes.fromhex(report["boxKey"]), report["day"], read_text(arguments[1])
        )
        print(armor(ANSWER, letter), end="")
    elif command == "read":
        words = words_of_receipts()
        box_secret = receipt_keys(receipt_secret(read_text(arguments[0]), words))[2]
        for letter in find_letters(ANSWER, read_text(arguments[1])):
            print(json.dumps(open_answer(letter, box_secret)))
    elif command == "members":
        print(json.dumps(page_members(read_text(arguments[0]))))
    elif command == "seal":
        report = json.loads(read_text(arguments[0]))
        secret = os.urandom(16)
        seed, signing_key, _, box_key = receipt_keys(secret)
        report |= {"signingKey": signing_key.hex(), "boxKey": box_key.hex()}
        report["recipients"] = arguments[1:]
        keys = sorted(map(bytes.fromhex, arguments[1:]))
        letter = seal(REPORT, report.pop("slots", 3), keys, report_body(report), seed)
        print(" ".join(receipt_words(secret, words_of_receipts())), file=sys.stderr)
        print(armor(REPORT, letter), end="")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    try:
        main()
    except Fault as fault:
        sys.exit(f"intake.py: refused: {fault}")
