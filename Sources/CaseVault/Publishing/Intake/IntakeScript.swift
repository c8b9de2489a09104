// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The part of the page that seals and opens; it touches no page.
///
/// Its lines are JavaScript as every browser of the last years has it. `Tests/intake` runs it in
/// browsers, and against a second implementation.
enum IntakeScript {
    /// The script.
    static let text = #"""
        "use strict";
        // Sealed letters, as Docs/INTAKE.md has them. No page is touched here.
        var casevault = (function (nacl) {
          var REPORT = "CVIR", ANSWER = "CVIA";
          var SIZES = { CVIR: [16384, 131072, 1048576, 6291456], CVIA: [4096, 65536] };
          var NAMES = { CVIR: "REPORT", CVIA: "ANSWER" };
          var KEY = 32, NONCE = 24, SLOT = 48, FRONT = 94;

          // Bytes

          function ascii(text) {
            var bytes = new Uint8Array(text.length);
            for (var i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
            return bytes;
          }

          function join(parts) {
            var size = 0, at = 0, i;
            for (i = 0; i < parts.length; i++) size += parts[i].length;
            var out = new Uint8Array(size);
            for (i = 0; i < parts.length; i++) { out.set(parts[i], at); at += parts[i].length; }
            return out;
          }

          function compare(a, b) {
            for (var i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i] - b[i];
            return a.length - b.length;
          }

          function same(a, b) { return compare(a, b) === 0; }

          function u32(n) { return new Uint8Array([n >>> 24, n >>> 16 & 255, n >>> 8 & 255, n & 255]); }

          function blob(bytes) { return join([u32(bytes.length), bytes]); }

          function text(value) { return blob(new TextEncoder().encode(value)); }

          function label(purpose) {
            var name = ascii("casevault/1 " + purpose);
            return join([new Uint8Array([name.length]), name]);
          }

          function derive(purpose, parts, size) {
            return nacl.hash(join([label(purpose)].concat(parts))).slice(0, size || KEY);
          }

          function toBase64(bytes) {
            var parts = [];
            for (var i = 0; i < bytes.length; i += 8190) {
              parts.push(btoa(String.fromCharCode.apply(null, bytes.subarray(i, i + 8190))));
            }
            return parts.join("");
          }

          function fromBase64(letters) {
            if (letters.length % 4 || !/^[A-Za-z0-9+\/]*={0,2}$/.test(letters)) return null;
            var raw = atob(letters), bytes = ascii(raw);
            return toBase64(bytes) === letters ? bytes : null;
          }

          // Reads values one after the other; throws where a value is not what it should be.
          function Reader(bytes) { this.bytes = bytes; this.at = 0; }
          Reader.prototype.take = function (count) {
            if (count > this.bytes.length - this.at) throw new Error("cut");
            this.at += count;
            return this.bytes.subarray(this.at - count, this.at);
          };
          Reader.prototype.u8 = function () { return this.take(1)[0]; };
          Reader.prototype.u32 = function () {
            var b = this.take(4);
            return b[0] * 16777216 + (b[1] << 16 | b[2] << 8 | b[3]);
          };
          Reader.prototype.blob = function () { return this.take(this.u32()); };
          Reader.prototype.text = function () {
            return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.blob());
          };
          Reader.prototype.day = function () { return this.u32() | 0; };
          Reader.prototype.end = function () {
            if (this.at !== this.bytes.length) throw new Error("more");
          };

          // Letters

          // The part in front of the body: it follows from the key, the nonce and the recipients.
          function front(magic, exponent, key, nonce, recipients) {
            var count = 1 << exponent, slots = [], i;
            if (recipients.length > count) throw new Error("too many recipients");
            var pair = nacl.box.keyPair.fromSecretKey(derive("intake ephemeral", [key]));
            for (i = 0; i < recipients.length; i++) {
              slots.push(nacl.box(key, nonce, recipients[i], pair.secretKey));
            }
            for (; i < count; i++) slots.push(derive("intake decoy", [key, u32(i)], SLOT));
            slots.sort(compare);
            return join([
              ascii(magic), new Uint8Array([1, exponent]), derive("intake commitment", [key]), nonce,
              pair.publicKey
            ].concat(slots));
          }

          function pad(magic, body) {
            var sizes = SIZES[magic];
            for (var i = 0; i < sizes.length; i++) {
              if (body.length + 4 <= sizes[i]) {
                var out = new Uint8Array(sizes[i]);
                out.set(blob(body));
                return out;
              }
            }
            throw new Error("too large");
          }

          function unpad(magic, padded) {
            var reader = new Reader(padded), body = reader.blob();
            if (pad(magic, body).length !== padded.length) throw new Error("size");
            for (var i = reader.at; i < padded.length; i++) if (padded[i]) throw new Error("padding");
            return body;
          }

          // Seals a body. With a signing key, a signature over the front and the body goes behind it.
          function seal(magic, exponent, recipients, body, signingKey, key, nonce) {
            var before = front(magic, exponent, key, nonce, recipients), hash = nacl.hash(before);
            if (signingKey) {
              var signed = join([label("intake signature"), hash, nacl.hash(body)]);
              body = join([body, nacl.sign.detached(signed, signingKey)]);
            }
            var bodyKey = derive("intake body", [key, hash]);
            return join([before, nacl.secretbox(pad(magic, body), nonce, bodyKey)]);
          }

          // Opens a letter with a key that is shared with the ephemeral pair; null if it does not open.
          function openShared(magic, letter, shared) {
            if (letter.length < FRONT || !same(letter.subarray(0, 4), ascii(magic))) return null;
            var exponent = letter[5], nonce = letter.subarray(38, 62), key = null;
            if (letter[4] !== 1 || exponent > 10) return null;
            var end = FRONT + (SLOT << exponent);
            if (letter.length < end) return null;
            for (var at = FRONT; at < end && !key; at += SLOT) {
              key = nacl.box.open.after(letter.subarray(at, at + SLOT), nonce, shared);
            }
            if (!key || !same(derive("intake commitment", [key]), letter.subarray(6, 38))) return null;
            var bodyKey = derive("intake body", [key, nacl.hash(letter.subarray(0, end))]);
            var padded = nacl.secretbox.open(letter.subarray(end), nonce, bodyKey);
            if (!padded) return null;
            try { return { key: key, body: unpad(magic, padded) }; } catch (error) { return null; }
          }

          function open(magic, letter, secretKey) {
            if (letter.length < FRONT) return null;
            return openShared(magic, letter, nacl.box.before(letter.subarray(62, 94), secretKey));
          }

          // Whether the maker of a letter finds its body behind the slot of every recipient.
          function isRight(magic, letter, recipients, key, body) {
            var secretKey = derive("intake ephemeral", [key]);
            return recipients.every(function (recipient, i) {
              // Every slot is looked at; the body, which can be large, is opened once.
              var shared = nacl.box.before(recipient, secretKey);
              if (i === 0) {
                var opened = openShared(magic, letter, shared);
                return opened && same(opened.body.subarray(0, body.length), body);
              }
              for (var at = FRONT; at < FRONT + (SLOT << letter[5]); at += SLOT) {
                var found = nacl.box.open.after(
                  letter.subarray(at, at + SLOT), letter.subarray(38, 62), shared);
                if (found) return same(found, key);
              }
              return false;
            });
          }

          // Text around a letter

          function armor(magic, letter) {
            var name = "CASEVAULT SEALED " + NAMES[magic] + "-----\n";
            return "-----BEGIN " + name + toBase64(letter).replace(/.{1,64}/g, "$&\n") + "-----END " + name;
          }

          // All letters of one kind in a text, also where a mail program quoted it.
          function findLetters(magic, around) {
            var name = "CASEVAULT SEALED " + NAMES[magic] + "-----", found = [], at = 0;
            while ((at = around.indexOf("-----BEGIN " + name, at)) >= 0) {
              at += name.length + 11;
              var end = around.indexOf("-----END " + name, at);
              if (end < 0) break;
              // A line that only speaks of one, or one that was cut, hides none behind it.
              at = Math.max(at, around.lastIndexOf("-----BEGIN " + name, end) + name.length + 11);
              var lines = around.slice(at, end).split(/\r\n|\r|\n/);
              var letter = fromBase64(lines.map(function (line) {
                return line.replace(/^[>\s\u00a0]+/, "").replace(/[\s\u00a0]+/g, "");
              }).join(""));
              if (letter) found.push(letter);
              at = end;
            }
            return found;
          }

          // Receipts

          function receiptWords(secret, list) {
            var check = derive("intake receipt", [secret]), words = [], bits = 0, held = 0;
            var bytes = join([secret, check.subarray(0, 2)]);
            for (var i = 0; words.length < 14; i++) {
              bits = bits << 8 | bytes[i];
              held += 8;
              if (held >= 10) {
                held -= 10;
                words.push(list[bits >> held & 1023]);
                bits &= (1 << held) - 1;
              }
            }
            return words;
          }

          // The secret of a receipt; an error says in words what is wrong.
          function receiptSecret(typed, list) {
            var words = typed.toLowerCase().split(/[^a-z]+/).filter(Boolean), out = [], bits = 0, held = 0;
            words.forEach(function (word, i) {
              var place = list.indexOf(word);
              if (place < 0) throw new Error("Word " + (i + 1) + " is not a word of a receipt.");
              bits = bits << 10 | place;
              held += 10;
              while (held >= 8) {
                held -= 8;
                out.push(bits >> held & 255);
                bits &= (1 << held) - 1;
              }
            });
            if (words.length !== 14) {
              throw new Error("A receipt has 14 words; these are " + words.length + ".");
            }
            var secret = new Uint8Array(out.slice(0, 16));
            if (receiptWords(secret, list).join() !== words.join()) {
              throw new Error("One of the words is another, or their order is.");
            }
            return secret;
          }

          function receiptKeys(secret) {
            return {
              signing: nacl.sign.keyPair.fromSeed(derive("intake signing", [secret])),
              box: nacl.box.keyPair.fromSecretKey(derive("intake box", [secret]))
            };
          }

          // Bodies

          function list(items) { return join([u32(items.length)].concat(items)); }

          function reportBody(report) {
            return join([
              report.members, report.keys.signing.publicKey, report.keys.box.publicKey,
              new Uint8Array([report.isFurther ? 2 : 1]), u32(report.day),
              list(report.recipients.slice().sort(compare)), list(report.leftOut.slice().sort(compare)),
              text(report.others), text(report.about),
              list(report.fields.map(function (field) {
                return join([new Uint8Array([field.number]), text(field.value)]);
              })),
              text(report.text),
              list(report.files.map(function (file) {
                return join([text(file.name), text(file.type), blob(file.bytes)]);
              }))
            ]);
          }

          function sealReport(report, exponent, key, nonce) {
            var body = reportBody(report);
            var letter = seal(
              REPORT, exponent, report.recipients, body, report.keys.signing.secretKey, key, nonce);
            if (!isRight(REPORT, letter, report.recipients, key, body)) throw new Error("self-test");
            return letter;
          }

          // What an answer says to the holder of a receipt; null if it is not for them.
          function openAnswer(letter, keys) {
            var opened = open(ANSWER, letter, keys.box.secretKey);
            if (!opened || letter[5] !== 0) return null;
            var before = front(ANSWER, 0, opened.key, letter.subarray(38, 62), [keys.box.publicKey]);
            if (!same(before, letter.subarray(0, before.length))) return null;
            try {
              var reader = new Reader(opened.body);
              if (!same(reader.take(KEY), keys.box.publicKey)) return null;
              var answer = { day: reader.day(), text: reader.text() };
              reader.end();
              return answer;
            } catch (error) {
              return null;
            }
          }

          // The members of a page.
          function memberList(bytes) {
            var reader = new Reader(bytes);
            if (!same(reader.take(5), join([ascii("CVIM"), new Uint8Array([1])]))) throw new Error("list");
            var page = {
              id: derive("intake members", [bytes]), committee: reader.text(), made: reader.day(),
              until: reader.u8() ? reader.day() : null, members: []
            };
            var count = reader.u32();
            for (var i = 0; i < count; i++) {
              page.members.push({
                key: reader.take(KEY), name: reader.text(), address: reader.text(), word: reader.text()
              });
            }
            reader.end();
            page.exponent = 3;
            while (1 << page.exponent < count) page.exponent++;
            return page;
          }

          return {
            REPORT: REPORT, ANSWER: ANSWER, armor: armor, derive: derive, findLetters: findLetters,
            fromBase64: fromBase64, isRight: isRight, join: join, memberList: memberList, open: open,
            openAnswer: openAnswer, receiptKeys: receiptKeys, receiptSecret: receiptSecret,
            receiptWords: receiptWords, reportBody: reportBody, same: same, seal: seal,
            sealReport: sealReport, text: text, toBase64: toBase64, u32: u32
          };
        })(self.nacl);
        """#
}
