// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The page around the scripts.
enum IntakeMarkup {
    /// The page. Words between percent signs are filled in when it is made.
    static let text = #"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="%POLICY%">
        <meta name="referrer" content="no-referrer">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <link rel="icon" href="data:,">
        <title>Report to %COMMITTEE%</title>
        <style>%STYLE%</style>
        </head>
        <body>
        <header>
        <h1>Report to %COMMITTEE%</h1>
        <p>On this page you can write a report that only people whom you choose can read. It is sealed here,
        in your browser. This page sends nothing: you send the sealed report yourself, by mail or as you like.</p>
        </header>
        <noscript>
        <p>This page needs JavaScript to seal a report, and it is switched off. You can write to a member
        directly. Such a mail is not sealed: whoever runs the mail can read it.</p>
        %ADDRESSES%
        </noscript>
        <div id="broken" class="alarm" role="alert"></div>
        <ul id="brokenAddresses" hidden></ul>
        <main id="main" hidden>
        <section aria-labelledby="knowTitle">
        <h2 id="knowTitle">What you should know first</h2>
        <ul>
        <li>If somebody is in danger now, call for help near you first. This page reaches nobody by itself.</li>
        <li>The people whom the report goes to can read it, and everybody whom they let in later. Before they
        let in a colleague, that person must say that they have no conflict of interest.</li>
        <li>Those who are left out cannot open the report, and cannot see from it that they were left out.</li>
        <li>Whoever runs the site that this page came from could have changed it, and then read along. If you
        do not trust that site, get the page from a member, or speak to one.</li>
        <li>When you send the report, your mail shows who writes to whom, and when. If that must stay
        unknown, use an address that says nothing about you.</li>
        <li>Nothing is stored. If you close this page, what you wrote is gone.</li>
        </ul>
        <p id="until" class="hint"></p>
        </section>
        <fieldset id="outSet" aria-describedby="outHint">
        <legend>1. Who must not read it?</legend>
        <p id="outHint" class="hint">Mark everybody who is close to the people in your report, or whom you do
        not want to read it. You need no reason. They are not told.</p>
        <div id="out"></div>
        <label for="others">Anybody else on the committee who must not read it</label>
        <input type="text" id="others" maxlength="300" autocomplete="off" aria-describedby="othersHint">
        <p id="othersHint" class="hint">Those who get the report see this, and who was marked above.</p>
        </fieldset>
        <fieldset id="getSet">
        <legend>2. Who gets it?</legend>
        <label class="choice"><input type="radio" name="way" id="wayDrawn" checked>
        Two members, drawn at random from the rest</label>
        <label class="choice"><input type="radio" name="way" id="wayChosen">
        The members whom I choose</label>
        <div id="get" role="group" aria-label="Members who get it" hidden></div>
        </fieldset>
        <fieldset>
        <legend>3. The report</legend>
        <label for="about">Whom is it about?</label>
        <textarea id="about" rows="3" autocomplete="off" aria-describedby="aboutHint"></textarea>
        <p id="aboutHint" class="hint">One person a line. Other names, such as an account, after a semicolon.
        Leave it empty if you do not know. The names are asked about in the committee, so that nobody
        with a conflict reads the report.</p>
        <label for="text">What happened? (needed)</label>
        <textarea id="text" rows="10" autocomplete="off"></textarea>
        <label class="choice"><input type="checkbox" id="f1">
        Somebody is in danger now</label>
        <label class="choice"><input type="checkbox" id="f2">
        It is still going on</label>
        <label for="f3">Your name</label>
        <input type="text" id="f3" autocomplete="off" aria-describedby="nameHint">
        <p id="nameHint" class="hint">You can leave it empty and stay anonymous, also to the committee.</p>
        <label for="f4">How you can be reached</label>
        <input type="text" id="f4" autocomplete="off" aria-describedby="reachHint">
        <p id="reachHint" class="hint">Without it, the committee can still answer you through your receipt.</p>
        <label class="choice"><input type="checkbox" id="f5">
        I wish to stay anonymous to everybody but those who read this</label>
        <label class="choice"><input type="checkbox" id="f6">
        I agree to be named to the reported person</label>
        <details>
        <summary>More that helps, if you know it</summary>
        <label for="f7">Date</label>
        <input type="text" id="f7" autocomplete="off">
        <label for="f8">Time</label>
        <input type="text" id="f8" autocomplete="off">
        <label for="f9">Place</label>
        <input type="text" id="f9" autocomplete="off">
        <label for="f10">What was done or said</label>
        <textarea id="f10" rows="3" autocomplete="off"></textarea>
        <label for="f11">What it led to</label>
        <textarea id="f11" rows="3" autocomplete="off"></textarea>
        <label for="f12">What identifies the reported person, besides the name</label>
        <textarea id="f12" rows="3" autocomplete="off"></textarea>
        <label for="f13">Circumstances</label>
        <textarea id="f13" rows="3" autocomplete="off"></textarea>
        <label for="f14">Who else saw it or was involved, and how to reach them</label>
        <textarea id="f14" rows="3" autocomplete="off" aria-describedby="witnessHint"></textarea>
        <p id="witnessHint" class="hint">One person a line. The contact after a semicolon.</p>
        <label for="f15">Do you fear something in return, or for safety?</label>
        <textarea id="f15" rows="3" autocomplete="off"></textarea>
        </details>
        <label for="files">Files, together at most 5 MiB</label>
        <input type="file" id="files" multiple aria-describedby="filesHint">
        <p id="filesHint" class="hint">A photo can hold the place and time at which it was taken, and the
        name of a camera's owner. Files are sealed as they are.</p>
        <label class="choice" id="furtherLabel"><input type="checkbox" id="further">
        This is a further message about a report for which I have a receipt</label>
        <div id="furtherBox" hidden>
        <label for="furtherWords">The words of the receipt</label>
        <textarea id="furtherWords" rows="3" autocomplete="off" autocapitalize="none" spellcheck="false"
        aria-describedby="furtherHint"></textarea>
        <p id="furtherHint" class="hint">Choose the same people as before, if you still want them to read
        it. What was never answered should go to others.</p>
        </div>
        <div id="sealError" class="alarm" role="alert"></div>
        <button type="button" id="seal">Seal the report</button>
        <button type="button" id="clear" class="plain">Clear everything</button>
        <div id="sealStatus" class="status" role="status"></div>
        </fieldset>
        <section id="result" aria-labelledby="resultTitle" hidden>
        <h2 id="resultTitle" tabindex="-1">Your report is sealed, and not sent yet</h2>
        <div id="receiptBox">
        <h3>Your receipt</h3>
        <p id="receipt" class="receipt"></p>
        <p>Write these words down, in this order, and let nobody see them. With them, and only with them, you
        can read an answer on this page, and write again about the same report. Nobody can find them for
        you.</p>
        </div>
        <h3>Send it to</h3>
        <ul id="sendTo"></ul>
        <p>Put the text into a mail to them, or attach the file. Both are the same. Whoever carries it cannot
        read it.</p>
        <p id="isReader"></p>
        <label for="block">The sealed report</label>
        <textarea id="block" class="block" rows="8" readonly></textarea>
        <button type="button" id="copy">Copy the text</button>
        <a id="save" class="button" download="sealed-report.txt" href="#result">Save the file</a>
        <div id="copyStatus" class="status" role="status"></div>
        </section>
        <section aria-labelledby="answerTitle">
        <h2 id="answerTitle">Read an answer</h2>
        <p>The committee answers with a sealed text, by mail or on a public list.</p>
        <label for="words">The words of your receipt</label>
        <textarea id="words" rows="3" autocomplete="off" autocapitalize="none" spellcheck="false"></textarea>
        <label for="sealedAnswer">The sealed answer; several at once are fine</label>
        <textarea id="sealedAnswer" class="block" rows="6" autocomplete="off" autocapitalize="none"
        spellcheck="false"></textarea>
        <div id="openError" class="alarm" role="alert"></div>
        <button type="button" id="open">Open the answer</button>
        <div id="answers" role="status"></div>
        </section>
        </main>
        <script>%NACL%</script>
        <script>%SCRIPT%</script>
        </body>
        </html>
        """#

    /// How it looks.
    static let style = #"""
        :root { color-scheme: light; }
        * { box-sizing: border-box; }
        [hidden] { display: none !important; }
        body { margin: 0 auto; padding: 1rem 1rem 4rem; max-width: 44rem; background: #fff;
          color: #1b1f24; font: 1rem/1.5 "Noto Sans", "DejaVu Sans", Helvetica, Arial, sans-serif;
          overflow-wrap: anywhere; }
        h1 { margin: 0 0 0.5rem; font-size: 1.6rem; line-height: 1.2; }
        h2 { margin: 2rem 0 0.5rem; font-size: 1.25rem; line-height: 1.3; }
        p { margin: 0 0 0.7rem; }
        ul { margin: 0 0 0.7rem; padding-left: 1.2rem; }
        fieldset { margin: 1.5rem 0 0; padding: 0.6rem 0.9rem 0.9rem; min-width: 0;
          border: 1px solid #6b7480; border-radius: 0.3rem; }
        legend { padding: 0 0.4rem; font-size: 1.1rem; font-weight: 700; }
        label { display: block; margin: 0.8rem 0 0.25rem; font-weight: 600; }
        .choice { position: relative; margin: 0.3rem 0; padding: 0.55rem 0 0.55rem 2.2rem;
          min-height: 2.75rem; font-weight: 400; }
        .choice input { position: absolute; left: 0.2rem; top: 0.65rem; width: 1.4rem; height: 1.4rem;
          margin: 0; }
        .hint, .word { color: #4d5560; font-size: 0.92rem; }
        .word { display: block; }
        input[type=text], textarea, select { display: block; width: 100%; min-height: 2.75rem;
          padding: 0.5rem; border: 1px solid #6b7480; border-radius: 0.3rem; background: #fff;
          color: inherit; font: inherit; }
        input[type=file] { display: block; max-width: 100%; min-height: 2.75rem; padding: 0.5rem 0;
          font: inherit; }
        textarea { min-height: 6rem; resize: vertical; }
        textarea.block { font-family: "Noto Sans Mono", "DejaVu Sans Mono", monospace;
          font-size: 0.8rem; }
        button, a.button { display: inline-block; min-height: 2.75rem; margin: 0.8rem 0.5rem 0 0;
          padding: 0.55rem 1.1rem; border: 2px solid #174f86; border-radius: 0.3rem;
          background: #174f86; color: #fff; font: inherit; font-weight: 600; text-decoration: none;
          cursor: pointer; }
        button.plain { background: #fff; color: #174f86; }
        button[disabled] { border-color: #6b7480; background: #fff; color: #4d5560; cursor: default; }
        a { color: #174f86; }
        :focus { outline: 3px solid #b34700; outline-offset: 2px; }
        summary { min-height: 2.75rem; padding: 0.6rem 0; font-weight: 600; cursor: pointer; }
        .alarm { margin: 0.8rem 0 0; padding: 0.6rem 0.8rem; border: 2px solid #b00020; color: #b00020;
          font-weight: 600; }
        .alarm:empty, .status:empty { display: none; }
        .status { margin: 0.8rem 0 0; font-weight: 600; }
        .receipt { margin: 0.5rem 0; padding: 0.8rem; border: 2px solid #1b1f24; font-size: 1.15rem;
          font-weight: 700; line-height: 1.7; word-spacing: 0.3em; }
        .answer { margin: 0.5rem 0; padding: 0.8rem; border: 1px solid #6b7480; white-space: pre-wrap;
          unicode-bidi: plaintext; }
        @media print { button, a.button, textarea { display: none; } }
        """#
}
