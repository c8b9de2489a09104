// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The part of the page that people use: what they fill in, and what they get.
enum IntakeForm {
    /// The script. `%WORDS%` and `%LIST%` are filled in when the page is made.
    static let text = #"""
        // The page: what people fill in, and what they get.
        (function (nacl, vault) {
          var WORDS = "%WORDS%".split(" ");
          var LIST = "%LIST%";
          var MIB = 1048576, FILES = 5 * MIB, TEXT = MIB / 2, FIELD = 16384, LONGEST_SHOWN = 3 * MIB;
          var page, byId = function (id) { return document.getElementById(id); };

          // Small helpers

          function element(tag, text, className) {
            var made = document.createElement(tag);
            if (text) made.textContent = text;
            if (className) made.className = className;
            return made;
          }

          function size(text) { return new TextEncoder().encode(text).length; }

          function typed(id) {
            return byId(id).value.replace(/\r\n?/g, "\n").replace(/\u0000/g, "").trim();
          }

          function dayNumber(date) {
            return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 864e5);
          }

          function dayText(number) { return new Date(number * 864e5).toISOString().slice(0, 10); }

          function names(members) {
            var all = members.map(function (member) { return member.name; });
            var last = all.pop();
            return all.length ? all.join(", ") + " and " + last : last;
          }

          // An address as a link where it is one of mail. The subject says nothing.
          function addressOf(member) {
            if (!member.address) return element("span", "ask the committee for an address");
            if (!/^[^\s@<>"?&]+@[^\s@<>"?&]+$/.test(member.address)) {
              return element("span", member.address);
            }
            var link = element("a", member.address);
            link.href = "mailto:" + encodeURIComponent(member.address).replace("%40", "@")
              + "?subject=Sealed%20report";
            return link;
          }

          function listAddresses(target, members) {
            target.textContent = "";
            members.forEach(function (member) {
              var item = element("li", member.name + ": ");
              item.appendChild(addressOf(member));
              target.appendChild(item);
            });
          }

          // Every member in a list of boxes.
          function boxes(target, prefix) {
            page.members.forEach(function (member, i) {
              var row = element("label", "", "choice"), box = element("input");
              box.type = "checkbox";
              box.id = prefix + i;
              row.appendChild(box);
              row.appendChild(document.createTextNode(member.name));
              if (member.word) row.appendChild(element("span", member.word, "word"));
              target.appendChild(row);
            });
          }

          function marked(prefix) {
            return page.members.filter(function (member, i) { return byId(prefix + i).checked; });
          }

          // A number below the bound, all equally likely.
          function randomBelow(bound) {
            var limit = 256 - 256 % bound, drawn;
            do { drawn = nacl.randomBytes(1)[0]; } while (drawn >= limit);
            return drawn % bound;
          }

          function drawTwo(members) {
            var rest = members.slice(), drawn = [];
            while (drawn.length < 2 && rest.length) drawn.push(rest.splice(randomBelow(rest.length), 1)[0]);
            return drawn;
          }

          // The test

          // Seals to a throw-away key and opens as a reader would; also compares with known bytes.
          function works() {
            function fixed(byte) { return nacl.hash(new Uint8Array([byte])).subarray(0, 32); }
            function publicHalf(secret) { return nacl.box.keyPair.fromSecretKey(secret).publicKey; }
            var body = vault.text("A sentence of no meaning."), nonce = fixed(9).subarray(0, 24);
            var signing = nacl.sign.keyPair.fromSeed(fixed(3)).secretKey;
            var readers = [publicHalf(fixed(1)), publicHalf(fixed(2))];
            var known = vault.seal(vault.REPORT, 3, readers, body, signing, fixed(4), nonce);
            if (vault.toBase64(nacl.hash(known).subarray(0, 24)) !== "30AIfhi92tNOUnzCm/xIB9QP6n5A6FT1") return false;
            var reader = nacl.box.keyPair(), other = nacl.box.keyPair(), stranger = nacl.box.keyPair();
            var keys = [other.publicKey, reader.publicKey], key = nacl.randomBytes(32);
            var letter = vault.seal(vault.REPORT, 3, keys, body, signing, key, nacl.randomBytes(24));
            var found = vault.findLetters(vault.REPORT, vault.armor(vault.REPORT, letter));
            if (found.length !== 1 || !vault.same(found[0], letter)) return false;
            var opened = vault.open(vault.REPORT, found[0], reader.secretKey);
            if (!opened || !vault.same(opened.body.subarray(0, body.length), body)) return false;
            if (vault.open(vault.REPORT, letter, stranger.secretKey)) return false;
            var secret = nacl.randomBytes(16);
            var again = vault.receiptSecret(vault.receiptWords(secret, WORDS).join(" "), WORDS);
            return vault.same(again, secret) && vault.isRight(vault.REPORT, letter, keys, key, body);
          }

          // Sealing

          function Refusal(message, id) { this.message = message; this.id = id; }

          function complain(target, error) {
            var isOurs = error instanceof Refusal;
            target.textContent = isOurs ? error.message
              : "This did not work in this browser (" + error.message + "). Nothing was sealed.";
            var field = isOurs && error.id && byId(error.id);
            if (field) {
              field.setAttribute("aria-invalid", "true");
              field.focus();
            }
          }

          function noComplaints() {
            byId("sealError").textContent = byId("openError").textContent = "";
            Array.prototype.forEach.call(document.querySelectorAll("[aria-invalid]"), function (field) {
              field.removeAttribute("aria-invalid");
            });
          }

          // What was filled in. The receipt is a new one, or that of an earlier report.
          function filledIn() {
            var out = marked("out"), about = typed("about"), text = typed("text"), fields = [], total = 0;
            var rest = page.members.filter(function (member) { return out.indexOf(member) < 0; });
            if (!rest.length) {
              throw new Refusal("Nobody is left who could read it. Speak to somebody outside of the "
                + "committee whom you trust, or mark fewer people.", "out0");
            }
            var isDrawn = byId("wayDrawn").checked, getters = isDrawn ? drawTwo(rest) : marked("get");
            if (!getters.length) throw new Refusal("Choose at least one member who gets it.", "wayChosen");
            if (!text) throw new Refusal("Say what happened; all else can stay empty.", "text");
            if (size(text) > TEXT) throw new Refusal("The text is too long. Add it as a file.", "text");
            var people = about.split("\n").filter(function (line) { return line.trim(); });
            if (people.length > 20) throw new Refusal("At most 20 people, one a line.", "about");
            people.forEach(function (line) {
              if (size(line) > 2000) throw new Refusal("A line with a name is too long.", "about");
            });
            if (typed("f14").split("\n").length > 50) {
              throw new Refusal("At most 50 people, one a line. Add a longer list as a file.", "f14");
            }
            for (var number = 1; number <= 15; number++) {
              var field = byId("f" + number);
              var value = field.type === "checkbox" ? (field.checked ? "yes" : "") : typed(field.id);
              if (size(value) > FIELD) throw new Refusal("This is too long. Add it as a file.", field.id);
              if (value) fields.push({ number: number, value: value });
            }
            var files = Array.prototype.slice.call(byId("files").files);
            files.forEach(function (file) { total += file.size; });
            if (total > FILES) throw new Refusal("The files are together larger than 5 MiB.", "files");
            if (files.length > 20) throw new Refusal("At most 20 files.", "files");
            var isFurther = byId("further").checked, secret;
            if (isFurther) {
              try { secret = vault.receiptSecret(byId("furtherWords").value, WORDS); } catch (error) {
                throw new Refusal(error.message, "furtherWords");
              }
            } else {
              secret = nacl.randomBytes(16);
            }
            function keyOf(member) { return member.key; }
            return {
              secret: secret, getters: getters, members: page.id, isFurther: isFurther,
              day: dayNumber(new Date()), recipients: getters.map(keyOf), leftOut: out.map(keyOf),
              others: typed("others"), about: people.join("\n"), fields: fields, text: text, files: files
            };
          }

          function read(files, done, failed) {
            var found = [];
            (function next(i) {
              if (i === files.length) return done(found);
              var reader = new FileReader();
              reader.onerror = function () { failed(new Refusal("A file could not be read.", "files")); };
              reader.onload = function () {
                found.push({
                  name: files[i].name.slice(0, 100), type: files[i].type.slice(0, 100),
                  bytes: new Uint8Array(reader.result)
                });
                next(i + 1);
              };
              reader.readAsArrayBuffer(files[i]);
            })(0);
          }

          var saved = null;

          function show(report, letter) {
            var text = vault.armor(vault.REPORT, letter), isShown = text.length <= LONGEST_SHOWN;
            byId("receiptBox").hidden = report.isFurther;
            byId("receipt").textContent = report.isFurther ? ""
              : vault.receiptWords(report.secret, WORDS).join(" ");
            listAddresses(byId("sendTo"), report.getters);
            byId("isReader").textContent = names(report.getters) + " can open it, and nobody else on the "
              + "list of this page. They may let in colleagues who have no conflict of interest"
              + (report.leftOut.length ? ", and see whom you left out." : ".");
            byId("block").value = isShown ? text : "Too large for a text: save the file.";
            byId("copy").disabled = !isShown;
            byId("copyStatus").textContent = "";
            if (saved) URL.revokeObjectURL(saved);
            saved = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
            byId("save").href = saved;
            byId("result").hidden = false;
            byId("resultTitle").focus();
          }

          function sealNow() {
            noComplaints();
            byId("result").hidden = true;
            var button = byId("seal"), status = byId("sealStatus"), report;
            function end(error) {
              button.disabled = false;
              status.textContent = "";
              if (error) complain(byId("sealError"), error);
            }
            try { report = filledIn(); } catch (error) { return end(error); }
            button.disabled = true;
            status.textContent = "Sealing. With large files this can take some minutes.";
            read(report.files, function (files) {
              // A pause, so that the sentence above is seen before the work begins.
              setTimeout(function () {
                try {
                  report.files = files;
                  report.keys = vault.receiptKeys(report.secret);
                  var letter = vault.sealReport(
                    report, page.exponent, nacl.randomBytes(32), nacl.randomBytes(24));
                  end();
                  show(report, letter);
                } catch (error) { end(error); }
              }, 50);
            }, end);
          }

          // Answers

          function openNow() {
            noComplaints();
            var target = byId("answers"), keys;
            target.textContent = "";
            try {
              keys = vault.receiptKeys(vault.receiptSecret(byId("words").value, WORDS));
            } catch (error) {
              return complain(byId("openError"), new Refusal(error.message, "words"));
            }
            var found = vault.findLetters(vault.ANSWER, byId("sealedAnswer").value);
            if (!found.length) {
              return complain(byId("openError"), new Refusal(
                "There is no whole sealed answer in this text. Copy it with its first and last line.",
                "sealedAnswer"));
            }
            var opened = found.map(function (letter) { return vault.openAnswer(letter, keys); })
              .filter(Boolean);
            if (!opened.length) {
              return complain(byId("openError"), new Refusal(
                "Nothing here opens with this receipt: it is for somebody else, or was changed on the way.",
                "sealedAnswer"));
            }
            opened.forEach(function (answer) {
              target.appendChild(element("h3", "Answer of " + dayText(answer.day)));
              target.appendChild(element("div", answer.text, "answer"));
            });
            target.appendChild(element("p", "It was sealed by somebody who can read your report."));
          }

          // The page as a whole

          function clearAll() {
            var fields = document.querySelectorAll("input, textarea");
            Array.prototype.forEach.call(fields, function (field) {
              if (field.type === "checkbox" || field.type === "radio") field.checked = false;
              else field.value = "";
            });
            byId("wayDrawn").checked = true;
            byId("receipt").textContent = byId("answers").textContent = byId("sendTo").textContent = "";
            if (saved) URL.revokeObjectURL(saved);
            saved = null;
            byId("save").href = "#result";
            byId("result").hidden = true;
            noComplaints();
            choose();
            byId("sealStatus").textContent = "Everything is cleared.";
          }

          // Shows what belongs to the choices; who must not read it cannot get it.
          function choose() {
            byId("get").hidden = !byId("wayChosen").checked;
            byId("furtherBox").hidden = !byId("further").checked;
            page.members.forEach(function (member, i) {
              var isOut = byId("out" + i).checked, box = byId("get" + i);
              box.disabled = isOut;
              if (isOut) box.checked = false;
            });
          }

          function copy() {
            byId("block").select();
            var isCopied = false;
            try { isCopied = document.execCommand("copy"); } catch (error) { isCopied = false; }
            byId("copyStatus").textContent = isCopied ? "Copied."
              : "The browser did not copy it. The text is marked: copy it by hand.";
          }

          function broken(message) {
            byId("broken").textContent = message;
            byId("brokenAddresses").hidden = false;
            listAddresses(byId("brokenAddresses"), page ? page.members : []);
          }

          try {
            page = vault.memberList(vault.fromBase64(LIST));
            if (!works()) throw new Error("self-test");
          } catch (error) {
            return broken("This page cannot seal in this browser (" + error.message + "). Try another "
              + "browser, or write to a member directly; such a mail is not sealed.");
          }
          boxes(byId("out"), "out");
          boxes(byId("get"), "get");
          byId("until").textContent = "This page was made on " + dayText(page.made)
            + (page.until === null ? "." : " and is meant until " + dayText(page.until) + ".");
          document.addEventListener("change", choose);
          byId("seal").addEventListener("click", sealNow);
          byId("clear").addEventListener("click", clearAll);
          byId("copy").addEventListener("click", copy);
          byId("open").addEventListener("click", openNow);
          choose();
          byId("main").hidden = false;
          if (page.until !== null && dayNumber(new Date()) > page.until) {
            byId("seal").disabled = true;
            broken("This page was meant until " + dayText(page.until) + ", and the members may be others "
              + "now. Get a newer one. You can still read an answer here.");
          }
        })(self.nacl, self.casevault);
        """#
}
