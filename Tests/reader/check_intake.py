#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright CaseVault contributors
"""Computes the vectors of Docs/INTAKE.md with intake.py and compares; tries damage and strangers."""

import base64
import os
import sys

sys.dont_write_bytecode = True

import intake

HERE = os.path.dirname(os.path.abspath(__file__))


def s(number):
    return intake.sha512(bytes([number]))[:32]


def digest(letter):
    return intake.sha512(letter)[:24].hex()


def report_of(receipt):
    _, signing_key, _, box_key = intake.receipt_keys(receipt)
    return {
        "members": s(7).hex(), "signingKey": signing_key.hex(), "boxKey": box_key.hex(),
        "kind": 1, "day": 20000, "recipients": [intake.public_half(s(1)).hex()],
        "leftOut": [intake.public_half(s(2)).hex()], "others": "", "about": "Alex Doe; adoe",
        "fields": [[1, "yes"], [9, "Hall"]], "text": "It happened.",
        "files": [["a.txt", "text/plain", base64.b64encode(b"abc").decode()]],
    }


def vectors():
    readers = [intake.public_half(s(1)), intake.public_half(s(2))]
    nonce, receipt = s(9)[:24], bytes(range(16))
    known = intake.seal(
        intake.REPORT, 3, readers, intake.text("A sentence of no meaning."), s(3), s(4), nonce)
    seed, signing_key, _, box_key = intake.receipt_keys(receipt)
    answer = intake.seal_answer(box_key, 20000, "We have got it.", s(5), s(6)[:24])
    body = intake.report_body(report_of(receipt))
    report = intake.seal(intake.REPORT, 3, readers[:1], body, seed, s(4), nonce)
    words = " ".join(intake.receipt_words(receipt, intake.words_of_receipts()))
    return [digest(known), words, signing_key.hex(), box_key.hex(), digest(answer),
            digest(report)], report


def documented():
    with open(os.path.join(HERE, "../../Docs/INTAKE.md"), encoding="utf-8") as file:
        block = file.read().split("```vectors\n")[1].split("```")[0]
    return [line.strip() for line in block.splitlines() if line.startswith("    ")]


def main():
    computed, report = vectors()
    if sys.argv[1:] == ["--print"]:
        print("\n".join(computed))
        return
    if computed != documented():
        sys.exit("check_intake: the vectors in Docs/INTAKE.md are others")
    opened = intake.open_report(report, s(1))
    if opened != report_of(bytes(range(16))):
        sys.exit("check_intake: the report does not open as it was sealed")
    if intake.open_report(report, s(2)) is not None:
        sys.exit("check_intake: who was left out opens it")
    # Every third byte of the front and some of the body: nothing else than a refusal.
    for place in list(range(0, 478, 3)) + list(range(478, len(report), 401)):
        changed = bytearray(report)
        changed[place] ^= 1
        try:
            if intake.open_report(bytes(changed), s(1)) is not None:
                sys.exit(f"check_intake: byte {place} can be another")
        except intake.Fault:
            pass
    receipt = " ".join(intake.receipt_words(bytes(range(16)), intake.words_of_receipts()))
    if intake.receipt_secret(receipt.upper(), intake.words_of_receipts()) != bytes(range(16)):
        sys.exit("check_intake: the receipt is read as another")
    print(f"check_intake: {len(computed)} vectors agree")


if __name__ == "__main__":
    main()
