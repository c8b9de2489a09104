#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright CaseVault contributors
"""Recomputes the test vectors of Docs/FORMAT.md with the independent reader's functions.

usage: check_vectors.py FORMAT.md

Prints how many vectors were compared; fails at the first that differs or is not known.
"""

import sys

import casevault_reader as reader


def parse(path):
    """The vectors of the document: name to value, hexadecimal lines joined."""
    text = open(path, encoding="utf-8").read()
    block = text[text.rindex("```vectors\n") + 11 :]
    values, name = {}, None
    for line in block[: block.index("```")].splitlines():
        if line.startswith("    "):
            values[name] += line.strip()
        else:
            name = line
            values[name] = ""
    return values


def compute(given):
    """The same, computed."""
    seed, key = bytes.fromhex(given["seed s"]), bytes.fromhex(given["K"])
    vault, name = bytes.fromhex(given["V"]), given["name"].encode()
    verify, secret = reader.sodium.crypto_sign_seed_keypair(
        reader.blake(reader.label("signing seed"), key=seed)
    )
    # Not by the library's conversion: from the coordinate itself.
    p = 2**255 - 19
    y = int.from_bytes(verify, "little") % 2**255
    box = ((1 + y) * pow(1 - y, -1, p) % p).to_bytes(32, "little")
    sign = lambda message: reader.sodium.crypto_sign(message, secret)[:64]
    unsigned = reader.blob(name) + verify
    card = reader.Card(reader.Reader(unsigned + sign(reader.label("card") + unsigned)))
    check = reader.blake(reader.label("backup") + reader.blob(name) + seed)[:5]
    number = int.from_bytes(seed + check, "big") << 4
    base32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    backup = "".join(base32[number >> shift & 31] for shift in range(295, -1, -5))
    roster = reader.roster_id(vault)
    content = roster + bytes([3]) + card.id + reader.u32(0) + reader.u32(20000)
    body = key + reader.blob(card.id)
    body_hash = reader.blake(reader.label("body") + body)
    content += body_hash
    bytes_of_record = content + sign(reader.label("record") + vault + content) + b"\1" + body
    record = reader.Record(reader.Reader(bytes_of_record))
    slots = [reader.slot_for(key, vault, box)]
    slots += [reader.decoy_for(key, vault, number) for number in range(1, 8)]
    head = b"CVAF\x01\x01"
    head += reader.attachment_commitment(key, vault, reader.roster_id(vault), key)
    empty = reader.sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
        b"", head, bytes(23) + b"\x01", key
    )
    first = lambda kind, body: (
        bytes(32) + bytes([kind]) + card.id + reader.u32(0) + reader.u32(20000)
        + reader.blake(reader.label("body") + key + reader.blob(body))
    )  # fmt: skip
    tag = reader.blake(reader.label("bond") + key + card.id)
    row_body = reader.blob(b"home shelf") + reader.u32(1) + card.bytes + tag
    row = first(30, row_body)
    founding = first(1, reader.u32(1) + card.bytes + reader.blob(b"Committee") + reader.blob(b""))
    signed_row = row + sign(reader.label("record") + vault + row)
    signed_row += b"\1" + key + reader.blob(row_body)
    sizes = [int(part.split("→")[0]) for part in given["pad"].split()]
    return {
        "seed s": seed.hex(),
        "name": name.decode(),
        "key": verify.hex(),
        "box key": box.hex(),
        "card": card.bytes.hex(),
        "card id": card.id.hex(),
        "fingerprint": reader.fingerprint(card.id),
        "backup": "-".join(backup[i : i + 5] for i in range(0, 60, 5)),
        "V": vault.hex(),
        "committee code": reader.committee_code(vault, [card.id]),
        "roster's log id": roster.hex(),
        "row home shelf, for Robin, day 20000, salt K": signed_row.hex(),
        "its log id": reader.blake(reader.label("record id") + row).hex(),
        'vault that Robin founds, "Committee", standard rules, day 20000, salt K': reader.blake(
            reader.label("vault id") + founding
        ).hex(),
        "tag of a row or check that Robin's case names with the bond K": tag.hex(),
        "tag of a check that is linked to that row's id, with the bond K": reader.blake(
            reader.label("link bond") + key + reader.blake(reader.label("record id") + row)
        ).hex(),
        "K": key.hex(),
        "commitment": reader.blake(reader.label("commitment") + vault, key=key).hex(),
        "ephemeral key": reader.ephemeral_for(key, vault)[0].hex(),
        "slot for the box key": slots[0].hex(),
        "decoy 1": slots[1].hex(),
        "H(all 8 slots), Robin alone": reader.blake(b"".join(sorted(slots))).hex(),
        "body hash: Robin's card id, salt K": body_hash.hex(),
        "record: confirmed, day 20000, with that body": bytes_of_record.hex(),
        "record id": record.id.hex(),
        "empty attachment under K, in the roster's log, named K": (head + empty).hex(),
        "pad": " ".join(f"{size}→{reader.padded(size)}" for size in sizes),
    }


def main():
    given = parse(sys.argv[1])
    right = compute(given)
    for name in given | right:
        if given.get(name) != right.get(name):
            raise SystemExit(f"differs: {name}: {given.get(name)} is not {right.get(name)}")
    print(f"{len(right)} vectors agree")


if __name__ == "__main__":
    main()
