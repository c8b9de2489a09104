// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// What the help has to say, word for word.
enum HelpTexts {
    /// The options of every command, at the end of each help text.
    static let common = """
        Options of every command:
          --vault DIR        the vault; else CASEVAULT_DIR, else upwards
          --key FILE         your key file; else CASEVAULT_KEY, else ~/.config/casevault/key
          --passphrase-fd N  read the passphrase from a descriptor: its first line
          --day-is-right     the clock, or a day ahead, is meant as it is
          --json             answer with one JSON object
          --help             show help
          --version          show the version
        """

    /// The overview.
    static let overview = """
        usage: casevault [COMMAND] [ARGUMENTS] [OPTIONS]

        Keeps a committee's case files in a shared folder, each encrypted so that only
        members without a conflict of interest can read it.

        Commands:
          (none)     Show what waits for you; on a terminal offer to do it, and lead
          key        Make your key file and card, or restore them
          unlock     Do not ask for the passphrase again for a while
          lock       Ask for the passphrase again from now on
          card       Show your card, and the fingerprint to read aloud
          create     Found a vault in an empty folder
          admit      Add a member, with the fingerprint that they read aloud
          members    Show the members and whom you have compared
          confirm    Say that you compared a member's card with its owner
          remove     Remove members from the roster, and so from everything
          leave      Leave the committee, and every case that you read
          questions  Show and answer questions about who belongs here
          declare    Answer conflict checks: conflict or no conflict, never why
          report     Start a case from a report, or add one to a case
          take       Take in a sealed report from outside
          add        Add an entry to a case
          show       Show the list of cases, a case, one entry or an attachment
          search     Look for words in all that you may read
          due        Show what is due in the cases that you read
          access     Show who reads a case and why, or change it by hand
          check      Add another reported person to a case
          open       Say whether newcomers may be shown the names in checks
          catch-up   Do what waits for you and needs no judgement
          verify     Check every file; with your key also signatures and readers
          rules      Show the committee's rules, or change them
          row        Update a case's line in the register
          vote       Vote on an entry of a case, or show how the votes stand
          numbers    Count the cases of a period for a transparency report
          hold       Keep a case from being erased, or lift that
          erase      Remove an entry or a whole case for good
          export     Write everything that you may read into a folder, as Markdown
          import     Start a case for each folder of existing documents
          intake     Write or check the page on which reports are sealed
          help       Show the commands, or help for one

        \(common)

        Exit codes:
          0  done; what waits for others is no failure
          1  refused or failed; nothing was changed
          2  wrong usage, or a question that needs an option off a terminal
          3  the vault is damaged, incomplete or older than seen
          4  your key does not open this, or it does not exist

        Run casevault help COMMAND for one command.

        """

    /// The help of each command: what stands before the common options, and behind them.
    static let commands: [(name: String, before: String, after: String)] = [
        (
            "key",
            """
            usage: casevault key [NAME] [--no-passphrase] [--from-backup] [--change-passphrase] [--new-passphrase-fd N] [--show-backup]

            Make your key file and card, or restore them.

            Arguments:
              NAME  your name, as colleagues will see it

            Options:
              --no-passphrase        leave the key file unprotected
              --from-backup          restore from the printed backup, on standard input
              --change-passphrase    seal your key file anew under another passphrase
              --new-passphrase-fd N  with --change-passphrase: read the new one from a descriptor
              --show-backup          show the printed backup of your key again
            """,
            """
            The printed backup is the key: lock it away. --show-backup shows it again.
            An existing key file is never replaced. After --change-passphrase the old passphrase
            still opens copies of the old file.
            """
        ),
        (
            "unlock",
            """
            usage: casevault unlock [--minutes N]

            Do not ask for the passphrase again for a while.

            Options:
              --minutes N  how long; 15 if not given
            """,
            """
            What opens your key file is kept in the kernel's key store, for this login session
            only (without one, for your user), never on a disk, and for N minutes at most.
            Until then every program that you run in the session could open your key, so lock
            the screen when you go, or run: casevault lock. Switching the computer off locks
            it too. Only Linux has such a store; elsewhere the passphrase is asked each time.
            """
        ),
        (
            "lock",
            """
            usage: casevault lock

            Ask for the passphrase again from now on.
            """,
            "Ends what casevault unlock began, before its time."
        ),
        (
            "card",
            """
            usage: casevault card

            Show your card, and the fingerprint to read aloud.
            """, ""
        ),
        (
            "create",
            """
            usage: casevault create COMMITTEE [--rules FILE] [--member CARDFILE]... [--fingerprint DIGITS]...

            Found a vault in an empty folder.

            Arguments:
              COMMITTEE  the committee's name

            Options:
              --rules FILE          the committee's rules: JSON, or a profile by its name
              --member CARDFILE     the card of somebody who is a member from the start
              --fingerprint DIGITS  as the owner of that card reads it aloud; in the order of the cards
            """,
            """
            The folder is --vault or CASEVAULT_DIR, else the current one. It is made if missing.
            """
        ),
        (
            "admit",
            """
            usage: casevault admit CARDFILE [--fingerprint DIGITS] [--replaces MEMBER] [--withhold ID]... [--show ID]...

            Add a member, with the fingerprint that they read aloud.

            Arguments:
              CARDFILE  the card they sent

            Options:
              --fingerprint DIGITS  as the newcomer reads it aloud
              --replaces MEMBER     whose lost card this one replaces
              --withhold ID         a check to keep from the newcomer, or none
              --show ID             a check to show; those not named wait for an answer
            """,
            """
            If you can read a check, you are shown the names and asked which must be kept from
            the newcomer. Off a terminal --withhold is required then. Scripts that listed the
            checks before name each: --show for some, --withhold for others; what has arrived
            since stays closed and waits.
            """
        ),
        (
            "members",
            """
            usage: casevault members

            Show the members and whom you have compared.
            """, ""
        ),
        (
            "confirm",
            """
            usage: casevault confirm [MEMBER] [--digits DIGITS] [--fingerprint DIGITS] [--code DIGITS] [--all]

            Say that you compared a member's card with its owner.

            Arguments:
              MEMBER  a name, a part of one, or first digits

            Options:
              --digits DIGITS       the fingerprint or the committee code, as they read it
              --fingerprint DIGITS  as the member reads it aloud
              --code DIGITS         the committee code, as they read it
              --all                 all members, who read the committee code with you
            """,
            """
            Each of you runs casevault members and reads aloud what it shows. On a terminal
            the digits are asked if they are not given.
            """
        ),
        (
            "remove",
            """
            usage: casevault remove MEMBER...

            Remove members from the roster, and so from everything.

            Arguments:
              MEMBER  a name, a part of one, or digits; several in one act
            """,
            """
            Remove first, then tell the person. What you cannot open waits for colleagues.
            """
        ),
        (
            "leave",
            """
            usage: casevault leave [--confirm NAME]

            Leave the committee, and every case that you read.

            Options:
              --confirm NAME  your name as the members list has it; else you are asked
            """,
            """
            What you wrote stays. Cases that only you read are lost unless you let somebody in
            first. A removal by you that nobody counted yet has to be repeated by a colleague.
            """
        ),
        (
            "questions",
            """
            usage: casevault questions [accept|object|stays|goes] [MEMBER] [--case CASE]

            Show and answer questions about who belongs here.

            Arguments:
              accept|object|stays|goes  the answer; without it: show them
              MEMBER                    stays, goes: about whom

            Options:
              --case CASE  in a case, not in the committee
            """,
            """
            accept, object: somebody took you out. stays, goes: a member is out here and in by
            their own computer. Talk to each other before you answer.
            """
        ),
        (
            "declare",
            """
            usage: casevault declare [--list] [--change]

            Answer conflict checks: conflict or no conflict, never why.

            Options:
              --list    only show them, answered or not
              --change  answer one again that you have answered
            """,
            """
            Off a terminal the answers are read from standard input:
              {"answers":[{"check":ID,"answer":"conflict"|"noConflict"}]}
            The last answer to a check counts.
            """
        ),
        (
            "report",
            """
            usage: casevault report [FILE] [--case CASE] [--about FILE] [--withhold MEMBER]... [--no-original] [--handing-over] [--fields FILE]

            Start a case from a report, or add one to a case.

            Arguments:
              FILE  a mail, text, page or other file; else standard input

            Options:
              --case CASE        add it to this open case instead
              --about FILE       the reported people: one a line, aliases after ;
              --withhold MEMBER  a member to keep the names from, or none
              --no-original      do not keep a mail or page itself as an attachment
              --handing-over     you have a conflict yourself and only pass it on
              --fields FILE      report fields, JSON
            """,
            """
            --case is for a further report of the same incident, by anybody. Whoever reads the case
            reads it at once; each reporter waits for an answer of their own (add --to). Another
            reported person is added with casevault check.
            A report that is typed is kept on this computer, encrypted, until it is signed; what else
            is known about it is asked for, unless --fields says it.
            Texts and names of reported people are never arguments: others could see them.
            The fields are an object in JSON; each may be left out:
              immediateDanger, ongoing, staysAnonymous, consentToBeNamed: true or false
              recorded: verbatim or asTold; channel: mail, chat, phone, inPerson, form or other
              receivedOn: YYYY-MM-DD; receivedAt, incidentDate, incidentTime, incidentPlace,
              behaviour, impact, circumstances, reportedPersonDescription, retaliationConcern,
              reporterName, reporterContact: texts; reporterAliases: a list of texts
              witnesses: [{"name": "...", "contact": "..."}]
            """
        ),
        (
            "take",
            """
            usage: casevault take [FILE] [--first-look ANSWER] [--withhold MEMBER]... [--about FILE]

            Take in a sealed report from outside.

            Arguments:
              FILE  the text, or a mail around it; else standard input

            Options:
              --first-look ANSWER  whether you have a conflict: noConflict or conflict
              --withhold MEMBER    a member to keep the names from, or none
              --about FILE         the reported people: one a line, aliases after ;
            """,
            """
            You are shown the people named in the report and whom its reporter left out, and asked
            for a conflict; with one, the report is handed over unread. Names, row and existence
            are kept from whoever was left out, unless you say otherwise with --withhold. --about
            is for a report that names nobody. A further message of the same reporter is added to
            its case if you read it.
            """
        ),
        (
            "add",
            """
            usage: casevault add CASE KIND [FILE] [--day D] [--attach FILE]... [--no-original] [--corrects ENTRY] [--to ENTRY]... [--response R] [--until D] [--sealed] [--output FILE]

            Add an entry to a case.

            Arguments:
              CASE  its code name
              KIND  what it is about, see below
              FILE  a text, mail or other file; else standard input

            Options:
              --day D           when it happened, YYYY-MM-DD; else that of a mail, or today
              --attach FILE     a file of any size
              --no-original     do not keep a mail or page itself as an attachment
              --corrects ENTRY  the entry that this one supersedes
              --to ENTRY        of several reports, the one whose reporter this went to, or all
              --response R      what an outcome states, from the rules
              --until D         the outcome's last day, YYYY-MM-DD; else it is for good
              --sealed          KIND reporter: also seal it for the reporter's receipt
              --output FILE     with --sealed: where to; else standard output
            """,
            """
            KIND is one of: discussion, plan, consequences, moderators, reported-person,
            reporter, first-response, witness, outcome, appeal, public.
            """
        ),
        (
            "show",
            """
            usage: casevault show [CASE] [ENTRY] [--first-look ANSWER] [--attachment K] [--open] [--due] [--mine] [--register] [--html] [--csv] [--output FILE] [--late]

            Show the list of cases, a case, one entry or an attachment.

            Arguments:
              CASE   its code name
              ENTRY  one entry, as the case shows it: 2, or 2b

            Options:
              --first-look ANSWER  whether you have a conflict: noConflict or conflict
              --attachment K       write attachment K of the entry, by place or id
              --open               of the list, only cases that are not resolved
              --due                of the list, only cases with something due
              --mine               of the list, only cases that you read
              --register           the register in all its columns
              --html               the register or the case as a page to print
              --csv                the register for a spreadsheet
              --output FILE        where to; else standard output
              --late               also what was written by people without access
            """,
            """
            Before a case is shown for the first time, the people named in it are, and you are
            asked for a conflict. Off a terminal --first-look is required then.
            --first-look conflict takes you out of the case.
            Without CASE: every case in one line, those that need doing first.
            Pages and spreadsheets are not encrypted. A page is one file and loads nothing. In a
            spreadsheet, what could be taken for a formula has an apostrophe in front.
            """
        ),
        (
            "search",
            """
            usage: casevault search [WORDS...]

            Look for words in all that you may read.

            Arguments:
              WORDS  what to look for; else it is asked
            """,
            """
            An entry is found when it has all the words; the start of a word is enough. Nothing
            about it is stored. For a name leave WORDS out: you are asked, or they are read from
            standard input, and so stay out of your shell's history.
            """
        ),
        (
            "due",
            """
            usage: casevault due [--ics] [--output FILE]

            Show what is due in the cases that you read.

            Options:
              --ics          for a calendar: code names and days only
              --output FILE  where to; else standard output
            """,
            "A calendar is not encrypted. It has code names, and nothing of what is in a case."
        ),
        (
            "access",
            """
            usage: casevault access CASE [ACTION] [MEMBER] [--fingerprint DIGITS]

            Show who reads a case and why, or change it by hand.

            Arguments:
              CASE    its code name
              ACTION  grant, revoke, recuse or unlink
              MEMBER  a name or digits; grant: or a guest's card file; unlink: a check's id

            Options:
              --fingerprint DIGITS  of a guest's card, as the guest reads it aloud
            """,
            """
            recuse takes you out. grant lifts an earlier removal. A guest reads this case only
            and is asked the conflict checks first. unlink takes a check off that was added to
            the case: give at least 8 digits of its id.
            """
        ),
        (
            "check",
            """
            usage: casevault check CASE [--about FILE] [--withhold MEMBER]...

            Add another reported person to a case.

            Arguments:
              CASE  its code name

            Options:
              --about FILE       the reported people: one a line, aliases after ;
              --withhold MEMBER  a member to keep the names from, or none
            """,
            """
            Everybody is asked again. Present readers stay until they declare a conflict.
            """
        ),
        (
            "open",
            """
            usage: casevault open [ID] [MEMBER] [yes|no] [--list]

            Say whether newcomers may be shown the names in checks.

            Arguments:
              ID      the check, or at least 8 digits of its id
              MEMBER  a name, a part of one, or first digits
              yes|no  no keeps the name from them

            Options:
              --list  only show the open questions
            """,
            """
            Without arguments every open question is asked on a terminal, and elsewhere
            they are listed.
            """
        ),
        (
            "catch-up",
            """
            usage: casevault catch-up

            Do what waits for you and needs no judgement.
            """,
            """
            Lets in members who declared no conflict and whom you compared, takes out those
            with a conflict, carries out removals, and brings the folder up to date.
            """
        ),
        (
            "verify",
            """
            usage: casevault verify [--no-key] [--accept LOG]

            Check every file; with your key also signatures and readers.

            Options:
              --no-key      check names and bytes only, as anybody can
              --accept LOG  accept a gap or an older folder
            """,
            """
            LOG is the log's id, as verify lists it. Ask your colleagues before you use
            --accept.
            """
        ),
        (
            "rules",
            """
            usage: casevault rules [FILE]

            Show the committee's rules, or change them.

            Arguments:
              FILE  the new rules, JSON or a profile; else show them
            """,
            """
            What is shown can be saved, changed and given back: every field is in it.
            Docs/RULES.md lists the fields. Profiles, after published processes:
              all-systems-go
              devops-msp
              newer-practice
              openinfra
              pydistrict
              socal-python
            """
        ),
        (
            "row",
            """
            usage: casevault row CASE KEY=VALUE...

            Update a case's line in the register.

            Arguments:
              CASE       its code name
              KEY=VALUE  a column, see below; KEY=@FILE takes a text from a file
            """,
            """
            safetyRisk, repeatRisk: yes, no or maybe. status: new, ongoing, resolved or appealed;
            flagged or banned: resolved, and to be kept in mind.
            dateTime, actionsNeeded, resolution: free words.
            resolutionSource, who decided: group, board, local or nobody. resolvedOn, reviewOn:
            YYYY-MM-DD. response: one of the rules' list, such as "second suspension".
            The whole committee sees the register: it must not hold a name from the case.
            """
        ),
        (
            "vote",
            """
            usage: casevault vote CASE ENTRY [VOTE]

            Vote on an entry of a case, or show how the votes stand.

            Arguments:
              CASE   its code name
              ENTRY  what show calls the entry: 2, or 2b
              VOTE   yes, no or abstain; else show how the votes stand
            """,
            """
            The majority is that of the rules, of all readers without a conflict. Your later
            vote replaces the earlier one. Readers see who has not voted yet.
            """
        ),
        (
            "numbers",
            """
            usage: casevault numbers [PERIOD] [--from D] [--until D]

            Count the cases of a period for a transparency report.

            Arguments:
              PERIOD  YYYY, YYYY-H1 or YYYY-H2, when reports came; else this year

            Options:
              --from D   instead: the first day, YYYY-MM-DD
              --until D  and the last day
            """,
            """
            Counts under three are hidden, and so many others that nobody can compute them.
            Years or half years can be published, as the rules say (numbersBy), and what these add
            up to. Any other period is not for publication: it would tell what is hidden.
            Do not publish two members' numbers of one period: their difference says more.
            """
        ),
        (
            "hold",
            """
            usage: casevault hold CASE on|off

            Keep a case from being erased, or lift that.

            Arguments:
              CASE    its code name
              on|off  on: nothing of the case may be erased
            """, ""
        ),
        (
            "erase",
            """
            usage: casevault erase CASE [--entry ENTRY] [--confirm CODENAME] [--seen VERSION]

            Remove an entry or a whole case for good.

            Arguments:
              CASE  its code name

            Options:
              --entry ENTRY       only this entry, as show calls it: 2, or 2b
              --confirm CODENAME  the code name once more; asked on a terminal
              --seen VERSION      of a whole case: refuse if it is not what show --json said
            """,
            """
            The text goes on every computer when it catches up. Nobody can bring it back.
            Of a whole case the names in its checks go too; risks and status in the register stay.
            A case on legal hold is refused: casevault hold.
            """
        ),
        (
            "export",
            """
            usage: casevault export DIR

            Write everything that you may read into a folder, as Markdown.

            Arguments:
              DIR  a new folder
            """,
            """
            A folder for each case: a document for each entry, and the attachments; beside them
            the register. Nothing of it is encrypted. Cases at whose people you have not looked
            yet are left out and listed. casevault import reads the folder again.
            """
        ),
        (
            "import",
            """
            usage: casevault import DIR [--day D]

            Start a case for each folder of existing documents.

            Arguments:
              DIR  the folder of all cases

            Options:
              --day D  when reports came of which nothing says it, YYYY-MM-DD
            """,
            """
            DIR has a folder for each case, called anything. In it: report.md, .txt or .eml; about,
            with one reported person a line, aliases after ; and perhaps fields.json. Other texts
            are entries in the order of their names, dated by YYYY-MM-DD at the beginning; other
            files, and all in a folder attachments, are attached to the report. A case can also be
            NAME.md with NAME.about beside it. What casevault export wrote is read too. You declare
            no conflict in any of the cases. Names of files never become code names. Running it
            again adds only what is missing.
            A status spreadsheet beside the folders, saved as CSV, fills the register. A line that
            has no folder becomes a case when CODE NAME.about says whom it is about; on a terminal
            you are asked.
            """
        ),
        (
            "intake",
            """
            usage: casevault intake ACT [FILE] [--output FILE] [--members MEMBER]... [--contacts FILE] [--until D] [--tweetnacl FILE]

            Write or check the page on which reports are sealed.

            Arguments:
              ACT   page or check
              FILE  with check: the page as it comes from the site

            Options:
              --output FILE     with page: the new file
              --members MEMBER  with page: who takes in reports; else everybody
              --contacts FILE   with page: a line for each member: name; address; a word
              --until D         with page: its last day, YYYY-MM-DD
              --tweetnacl FILE  nacl-fast.js; else as the package node-tweetnacl has it
            """,
            """
            Put the page on your site, or hand it out. It names its members and has their public
            keys, and nothing else of the vault. Write it again when members come or go. Check
            from time to time, from another computer, what the site really gives out.
            """
        ),
        (
            "help",
            """
            usage: casevault help [COMMAND] [--as FORM]

            Show the commands, or help for one.

            Arguments:
              COMMAND  a command

            Options:
              --as FORM  everything in one form, see below
            """,
            """
            FORM is bash, zsh or fish for completions that this shell reads, or man for a
            manual page:
              source <(casevault help --as bash)
              casevault help --as zsh > DIR/_casevault, where DIR is in $fpath
              casevault help --as fish > ~/.config/fish/completions/casevault.fish
              casevault help --as man > ~/.local/share/man/man1/casevault.1
            """
        ),
    ]
}
