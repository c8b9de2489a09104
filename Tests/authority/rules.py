#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright CaseVault contributors
"""The rules of Docs/AUTHORITY.md: who is in, who has power, who reads, what is erased, what is asked, what is signed.

Pure. `state(me, records, memory)` is a function of the owner's key, the set of records that are here, and what this
computer remembers (possibly nothing). Parents, days and the order of arrival never enter.

Records come here as intake leaves them: signatures verified, each declaration that a grant embeds signed by its card,
nothing by an author whom no record of the log ever let in, and no more of one author than the limits allow.
"""

import copy
from collections import defaultdict
from dataclasses import dataclass
from functools import wraps

ROSTER = "roster"
NOBODY = frozenset()


@dataclass(frozen=True, eq=False)
class Record:
    """One signed record. What each field means depends on `kind`; a field that a kind does not have is empty.

    root      people: the first people (a case: its author); checks, row, bonds: what a case names; withheld: a check;
              tag: a check, a row
    in        card; checks: answered by the card itself; guest; second: the founder's one deputy; was: the older key that
              this one replaces. Or, with ids: it only lifts these removals and leaves of the card (a check, a row: or
              the log's own first record, which opens what that record withheld)
    confirmed card: whom the author compared fingerprints with
    out       people: whom; never the author
    leave     ids: acts on the author's list that stay
    counted   ids: acts of others that count on the author's computer
    was       card: the author's own older key
    link      checks: one check; people: who reads on the author's computer; bond
    hold      nothing may be erased
    end       ids: links and holds; people: those whose links and holds are over, as long as they are out
    erase     ids: texts; over: holds that are over, and people who are out whose holds are over
    declare   checks: one check; conflict; ids: own earlier declarations that this one replaces
    text      an entry, a vote, a name in a check, a change of a row or of the committee's rules
    """
    id: object
    log: str
    by: str
    kind: str
    card: str = ""
    people: frozenset = NOBODY
    ids: frozenset = NOBODY
    over: frozenset = NOBODY
    checks: frozenset = NOBODY
    withheld: frozenset = NOBODY
    guest: bool = False
    second: bool = False
    conflict: bool = False
    was: str = ""
    row: str = ""
    bonds: tuple = ()
    bond: str = ""
    tag: tuple = ()
    of: str = ROSTER

    def __hash__(self):
        return hash(self.id)                                # so that runs can be repeated


class Rules:
    """Every rule that can be taken out. The explorer must find a counterexample for each (`explore.py --drop NAME`)."""
    two_vouchers = True       # power needs two people with power (off: whoever is in has power)
    own_strength = True       # a voucher counts only from somebody with power (off: from anybody ever let in)
    needs_power = True        # lists are taken over only from people with power (off: from everybody ever let in)
    removals_first = True     # all removals of a batch before anything that lets in
    own_removals = True       # a list passes on only removals by somebody who ever had power
    lift_by_name = True       # letting in undoes only the removals that it names
    lift_each = True          # and only for the card that it lets in
    lift_only = True          # a record that lifts lets in nobody who was never let in, and vouches for nobody
    lift_waits = True         # not before what it lifts is here
    lift_not_own = True       # never by the person themselves, nor from that person's list
    early_removal = True      # a removal counts for somebody who is not in yet
    leave_keeps = True        # what a leave names stays, as if its author were in
    leave_no_removal = True   # but no removals
    leave_all = True          # of several leaves, only what each of them names
    last_one = True           # fewer than two with power: one voucher by the last is enough
    last_again = True         # whoever has power by that rule, and is the last one, is the last one
    second_alone = True       # a second counts only where nobody else ever was strong
    one_voice = True          # a key and the one that it replaced are one voice
    roster_first = True       # who is out in the roster is out everywhere
    guest_banned = True       # a guest too, when the roster took them out by name
    guest_back = True         # until a record of the case lifts that
    conflict_counts = True    # a conflict counts wherever it is found
    conflict_stays = True     # and outlives the end of its link
    conflict_here = True      # but on a linked check only when the check's first record is here: it may be another case's
    answer_asked = True       # who has not answered a check of the case does not read
    strangers = True          # nothing by somebody whom no record ever let in
    link_of_all = True        # a link counts from anybody ever let in, in or out
    link_listed = True        # readers from before the link need not answer
    starter_stayed = True     # nor the starter, unless they ever were out
    end_not_silent = True     # a link is ended by somebody who need not answer it, or by two
    reads_to_admit = True     # who does not read lets nobody in
    holds_of_all = True       # every hold that is here keeps
    over_named = True         # an erasure names the holds that it knows to be over
    own_cases = True          # a check or row is judged by its case only on computers whose owner is in that case
    erase_sees = True         # elsewhere nothing is erased in it: its holds are not seen there
    end_chain = True          # ending somebody's links and holds ends those of whoever only they let in, too
    still_in = True           # eraser, and who ended a hold, must still be in with power
    hand_over = True          # where nobody has power, who is in or went by themselves lets in somebody with power
    hand_over_power = True    # only somebody with power in the roster
    hand_over_in = True       # who is in decides; who went by themselves or has a conflict, only when nobody is in
    withheld_stays = True     # withheld in the root means never opened, but by name
    row_needs_case = True     # a row is opened and changed only by who has power in its case
    bonds = True              # a case and its row and checks name each other, or nothing
    was_signed = True         # "replaces" counts only with the new key's own word
    was_carries = True        # conflicts and withholdings of an older key hold for the new one
    was_takes_back = True     # which may take them back
    sign = True               # sign what a new computer would not find
    sign_removals = True      # sign every removal at once
    sign_all = True           # and all that counts where a new computer would find more
    views = True              # compare with what each colleague's computer makes of the records


def bond_tag(bond, owner):
    """In the format: a hash over the label, the bond and the owner (the starter's key; for a later link, the case)."""
    return ("bond", bond, owner)


# What stands in the records of all logs, whoever counts ---------------------------------------------------------------

class Facts:
    """Read from everything that is here. Restrictions need no standing: a conflict, an answer, a hold, a link, a leave
    and "I was" say nothing about anybody but their author, or only hold something back."""

    def __init__(self, records, rules=Rules):
        self.rules = rules
        self.logs = defaultdict(list)
        self.roots, self.older, self.newer = {}, defaultdict(set), defaultdict(set)
        self.answered, self.conflicts, self.back = defaultdict(set), defaultdict(set), defaultdict(set)
        self.once, self._known = defaultdict(set), {}
        self.answered_in = defaultdict(set)
        self.by_id = {r.id: r for r in records}
        for r in records:
            self.logs[r.log].append(r)
            if r.kind == "root":
                self.roots[r.log] = r
            elif r.kind == "was":
                self.older[r.by].add(r.card)
                self.newer[r.card].add(r.by)
            elif r.kind == "in":
                self.answered_in[r.log, r.card] |= r.checks         # what stands in a case says nothing about another
            elif r.kind == "declare":
                for i in r.ids:
                    if i in self.by_id and self.by_id[i].log == r.log:
                        self.back[i].add(r.by)
                if r.conflict:
                    self.once[r.by] |= r.checks
                    for c in r.checks:
                        self.conflicts[c].add(r)
                else:
                    self.answered[r.by] |= r.checks

    def conflicted(self, p, checks):
        return p in self.in_conflict(frozenset(checks))

    def in_conflict(self, checks):
        """Who declared a conflict on one of these checks and has not taken it back; and their newer keys, which may take
        it back too."""
        if checks not in self._known:
            rules, who, todo = self.rules, set(), set()
            if rules.conflict_counts:
                todo = {(r.by, r.id if r.id in self.back else None) for c in checks for r in self.conflicts.get(c, ())
                        if r.by not in self.back.get(r.id, NOBODY)}
            seen = set(todo)
            while todo:
                k, i = todo.pop()
                who.add(k)
                if rules.was_carries and k in self.newer:
                    new = {(n, i) for n in self.newer[k] if not (rules.was_takes_back and n in self.back.get(i, NOBODY))} - seen
                    seen |= new
                    todo |= new
            self._known[checks] = who
        return self._known[checks]

    def with_newer(self, people):
        """These keys, and the newer keys that say so."""
        seen, todo = set(people), list(people)
        while todo and self.rules.was_carries:
            new = self.newer.get(todo.pop(), NOBODY) - seen
            seen |= new
            todo += new
        return seen

    def plus(self, r):
        """These facts and one more record that says nothing about anybody: a `counted`."""
        more = copy.copy(self)
        more.logs = copy.copy(self.logs)
        more.logs[r.log] = self.logs[r.log] + [r]
        return more

    def bound(self, case, target):
        """Does the case's root name this row or check, and does that fit? A root that is not here fits."""
        root, other = self.roots[case], self.roots.get(target)
        bonds = dict(root.bonds)
        return not self.rules.bonds or other is None or \
            (other.by == root.by and other.tag == bond_tag(bonds.get(target), root.by))

    def link_fits(self, link):
        (check,) = link.checks
        other = self.roots.get(check)
        return not self.rules.bonds or other is None or (other.by == link.by and other.tag == bond_tag(link.bond, link.log))


def until_taken(f):
    """Looked up once, until the next record is taken. (For speed, not a rule.)"""
    @wraps(f)
    def once(self, *who):
        key = (f.__name__, *who)
        if key not in self._memo:
            self._memo[key] = f(self, *who)
        return self._memo[key]
    return once


# One log --------------------------------------------------------------------------------------------------------------

class View:
    """What one computer makes of one log. `taken` only grows; everything else follows from it and from the facts."""

    def __init__(self, me, root, facts, roster=None, cases=()):
        self.me, self.root, self.facts, self.roster, self.cases = me, root, facts, roster, cases
        self.doubled = len(cases) > 1                       # one author bound two cases to this check or row
        self._memo = {}
        self.rules, self.kind, self.log = facts.rules, root.of, root.log
        self.taken = set()
        self.first = {root.by} if self.kind == "case" else set(root.people)     # nobody starts a case for others
        self.let_in, self.guests, self.lifted = set(self.first), set(), set()
        self.removals, self.leaves = defaultdict(set), defaultdict(set)
        self.vouchers, self.vouched, self.replaced = defaultdict(set), defaultdict(set), defaultdict(set)
        self.strong = set()
        self.lists = defaultdict(set)
        self.links, self.holds, self.ends, self.erasures = [], [], [], []
        self.exempt = {}                                    # link -> who read here before it came
        self.lets = defaultdict(set)                        # whom anybody's records here let in, counted or not
        for r in facts.logs[self.log]:
            if r.kind == "in" and not self._only_lifts(r):
                self.lets[r.by].add(r.card)
        known = self._known() if self.rules.strangers else None
        for r in facts.logs[self.log]:
            if known is not None and r.by not in known:
                continue
            if r.kind in ("in", "confirmed", "out", "text"):
                self.lists[r.by].add(r)
            elif r.kind == "counted":
                self.lists[r.by].update(x for x in map(facts.by_id.get, r.ids) if x is not None and x.log == self.log
                                        and x.kind in ("in", "confirmed", "out", "text")
                                        and (known is None or x.by in known))       # what is left out cannot be listed
            elif r.kind == "leave":
                self.leaves[r.by].add(r)
            elif r.kind == "link" and facts.link_fits(r):
                self.links.append(r)
            elif r.kind in ("hold", "end", "erase"):
                {"hold": self.holds, "end": self.ends, "erase": self.erasures}[r.kind].append(r)
        self.root_checks = frozenset(c for c in root.checks if facts.bound(self.log, c)) if self.kind == "case" else NOBODY
        self.checks = self.root_checks | {c for l in self.links for c in l.checks       # ever linked
                                          if c in facts.roots or not self.rules.conflict_here}
        if self.kind == ROSTER:
            self._strengthen(self.first)

    def _known(self, but=NOBODY):
        """Whom any record here ever let in, from the first people on. Others are strangers: intake leaves them out."""
        known = (self.first | {self.root.by}) - but
        todo = list(known)
        while todo:
            new = self.lets.get(todo.pop(), NOBODY) - known - but
            known |= new
            todo += new
        return known

    # Taking over -----------------------------------------------------------------------------------------------------

    def take_all(self, new):
        """What is taken in one round: whose key is whose first, so that the order within does not matter."""
        for r in new:
            if r.kind == "in" and r.was and r.was != r.card and not self._only_lifts(r):
                self.replaced[r.card].add(r.was)
        for r in new:
            self.take(r)

    def take(self, r):
        if r in self.taken:
            return
        self.taken.add(r)
        self._memo.clear()
        if r.kind == "out":
            for q in r.people - {r.by}:
                self.removals[q].add(r)
        elif r.kind == "in":
            self._lift(r)
            if self._only_lifts(r):
                return
            self.let_in.add(r.card)
            if r.guest:
                self.guests.add(r.card)
        if r.kind in ("in", "confirmed") and r.by != r.card and self.kind == ROSTER:
            self.vouchers[r.card].add(r.by)
            self.vouched[r.by].add(r.card)
            if r.kind == "in" and r.second and self.first == {r.by}:
                self._strengthen({r.card})
            elif self._enough(r.card):
                self._strengthen({r.card})

    def _only_lifts(self, r):
        return self.rules.lift_only and bool(r.ids - {self.root.id})

    def _lift(self, r):
        self.lifted |= {(i, r.card) for i in r.ids}
        if not self.rules.lift_by_name:
            self.lifted |= {(x.id, r.card) for x in self.removals[r.card] | self.leaves[r.card]}
        if not self.rules.lift_each:
            self.lifted |= {(i, q) for i in r.ids if i in self.facts.by_id for q in self.facts.by_id[i].people}

    def _enough(self, p):
        return p in self.let_in and self._voices(self.vouchers[p] & (self.strong if self.rules.own_strength else self.let_in)) >= 2

    def _voices(self, keys):
        """How many people these are: a key that another of them replaced, with the word of somebody else, is no second."""
        old, todo = set(), list(keys) if self.rules.one_voice and len(keys) > 1 else []
        while todo:
            new = self.replaced.get(todo.pop(), NOBODY) - old
            old |= new
            todo += new
        return len(keys - old)

    def _strengthen(self, people):
        """The least fixed point: two vouchers by people who are strong make strong, for good."""
        todo = [p for p in people if p not in self.strong]
        while todo:
            p = todo.pop()
            if p not in self.strong:
                self.strong.add(p)
                todo += [q for q in self.vouched[p] if q not in self.strong and self._enough(q)]

    # Who is in, reads, has power -------------------------------------------------------------------------------------

    def removed(self, p):
        """By whose records p is out in this log, and nobody lifted them."""
        return {r for r in self.removals[p] if (r.id, p) not in self.lifted} if p in self.removals else NOBODY

    def left(self, p):
        return {r for r in self.leaves[p] if (r.id, p) not in self.lifted} if p in self.leaves else NOBODY

    def outer(self, p):
        """Outside of the roster: in on the roster, or a guest whom the roster never took out."""
        if self.kind == ROSTER or not self.rules.roster_first:
            return True
        if self.roster.is_in(p) or p not in self.guests:
            return self.roster.is_in(p)
        banned = {r for r in self.roster.removed(p) | self.roster.left(p)
                  if not self.rules.guest_back or (r.id, p) not in self.lifted}
        return not (banned and self.rules.guest_banned)

    @until_taken
    def is_in(self, p):
        return p in self.let_in and not self.removed(p) and not self.left(p) and self.outer(p) and not self.conflicted(p)

    def conflicted(self, p):
        """In a case. In a check one reads what one declares about, but has no power there."""
        checks = self.checks if self.rules.conflict_stays else \
            self.root_checks | {c for l in self.links if not any(l.id in e.ids for e in self.ends) for c in l.checks}
        return self.kind == "case" and bool(checks) and self.facts.conflicted(p, checks)

    def answered(self, p, check):
        """In the check, or in a record of this case that lets p in."""
        return check in self.facts.answered[p] or check in self.facts.answered_in.get((self.log, p), NOBODY)

    def silent(self, p, link):
        (check,) = link.checks
        return not self.answered(p, check) and p not in link.people and not self._stayed(p) and \
            not (self.rules.link_listed and p in self.exempt.get(link.id, NOBODY))

    def _stayed(self, p):
        """The starter of the case, who was never out of it."""
        return p in self.first and not (self.rules.starter_stayed and (
            self.removals.get(p) or self.leaves.get(p) or self.roster.removals.get(p) or self.roster.leaves.get(p)
            or self.facts.once[p] & self.checks))

    def _asking(self, p):
        """What p has not answered yet, one by one."""
        if self.kind != "case" or not self.rules.answer_asked:
            return
        yield from (c for c in self.root_checks if p not in self.first and not self.answered(p, c))
        for l in self.live():
            if self.silent(p, l):
                yield from l.checks

    def asks(self, p):
        """The checks that p still has to answer."""
        return set(self._asking(p))

    @until_taken
    def live(self):
        """The links that ask."""
        return [l for l in self.links if not self.ended(l) and (self.rules.link_of_all or self.is_in(l.by))]

    @until_taken
    def reads(self, p):
        return self.is_in(p) and not any(True for _ in self._asking(p))

    @until_taken
    def has_power(self, p):
        if not self.is_in(p):
            return False
        if self.kind == ROSTER:
            if not self.rules.two_vouchers or p in self.strong:
                return True
            return self.rules.last_one and p in self._by_the_last()[0]
        if self.kind == "check" and self.facts.conflicted(p, {self.log}):
            return False
        if self.kind == "row" and self.cases and self.rules.row_needs_case:
            return any(c.has_power(p) and c.reads(p) for c in self.cases)
        return self.roster.has_power(p)

    @until_taken
    def power(self):
        if self.kind == ROSTER:
            if self.rules.two_vouchers and self.rules.last_one:
                return self._by_the_last()[0]
            return frozenset(p for p in (self.strong if self.rules.two_vouchers else self.let_in) if self.is_in(p))
        return frozenset(p for p in self.roster.power() & self.let_in if self.has_power(p))

    @until_taken
    def _by_the_last(self):
        """With fewer than two in power: one voucher by the last is enough; where nobody is, by who left by themselves.
        Who has power then, and who has it if they are in."""
        base = set(self.strong)
        while True:
            inn = {p for p in base if self.is_in(p)}
            last = inn or {p for p in base if self.gone_alone(p)}
            more = {q for w in last for q in self.vouched[w] if q in self.let_in} - base
            if len(inn) >= 2 or not more or not (self.rules.last_again or base == self.strong):
                return frozenset(inn), frozenset(base)
            while more:
                base |= more
                more = {q for w in more for q in self.vouched[w] if q in self.let_in and q not in base
                        and self._voices(self.vouchers[q] & base) >= 2}

    @until_taken
    def gone_alone(self, p):
        """Went by themselves: left, and nobody's removal of them is open."""
        return p in self.let_in and bool(self.left(p)) and not self.removed(p) and \
            (self.kind == ROSTER or self.roster.is_in(p) or self.roster.gone_alone(p))

    def ever(self):
        """Who has, or had, power in the roster."""
        if self.kind != ROSTER:
            return self.roster.ever()
        return self._by_the_last()[1] if self.rules.last_one and self.rules.last_again else self.strong

    def kept(self, p, r):
        """Somebody who left: what each of their leaves names counts as if they were in, so nothing while they have a conflict."""
        return r.id in self._stays(p) and not (r.kind == "out" and self.rules.leave_no_removal)

    @until_taken
    def _stays(self, p):
        return self.named_by_leaves(p) if not self.conflicted(p) else NOBODY

    def named_by_leaves(self, p):
        named = [x.ids for x in self.left(p)] if self.rules.leave_keeps and self.gone_alone(p) else []
        return (frozenset.intersection if self.rules.leave_all else frozenset.union)(*named) if named else NOBODY

    # Ends and erasures: never taken over. They have effect while their author is in with power -----------------------

    def may(self, r):
        """May the author of this end or erasure do it now?"""
        if not self.rules.still_in:
            return r.by in self.let_in and not self.conflicted(r.by)
        return self.has_power(r.by) or (self.kept(r.by, r) and r.by in self.ever())

    def _stands(self, p):
        return p in self.let_in and not self.removed(p) and not self.left(p) and self.outer(p)

    @until_taken
    def _covers(self, people):
        """Whose links and holds are over when those of these people are: if they are out, theirs; and those of whoever
        was let in by them only and never counted here, so that nobody who is out goes on with new keys."""
        out = frozenset(p for p in people if not self._stands(p))
        known = self._known(out) if self.rules.end_chain and out else None
        return out if known is None else out | {x.by for x in self.links + self.holds if x.by not in known and x.by not in self.let_in}

    @until_taken
    def _enders(self):
        """By whose ends, who may end: for each of them what is named, and whose links and holds."""
        named, people = defaultdict(set), defaultdict(set)
        for e in self.ends:
            if self._able(e.by) and self.may(e):
                named[e.by] |= e.ids
                people[e.by] |= e.people
        return {p: (named[p], self._covers(frozenset(people[p]))) for p in named}

    @until_taken
    def _able(self, p):
        return not self.rules.still_in or self.has_power(p) or bool(self._stays(p))

    def enders(self, x):
        return {p for p, (named, people) in self._enders().items() if x.id in named or x.by in people}

    def ended(self, link):
        who = self.enders(link)
        return len(who) >= 2 or any(w == self.me or not self.rules.end_not_silent or not self.silent(w, link) for w in who)

    def hold_over(self, hold):
        return any(self._now(w) for w in self.enders(hold))

    def _now(self, p):
        """For erasing: in, with power, and asked nothing. What a leaver ended or erased, a hand must repeat."""
        return (self.has_power(p) or not self.rules.still_in) and not self.asks(p)

    def erased(self, text):
        """May this text be deleted here, its day being over?"""
        return text.id in self._erased()

    @until_taken
    def _erased(self):
        if self.doubled or (self.kind in ("check", "row") and not self.cases and self.rules.erase_sees) or not self.erasures:
            return NOBODY
        holds = [(view, h) for view in (self, *self.cases) for h in view.holds
                 if self.rules.holds_of_all or view.is_in(h.by)]
        if any(not view.hold_over(h) for view, h in holds):
            return NOBODY
        able = [e for e in self.erasures if self._now(e.by) and self.may(e)]
        return {i for e in able if not self.rules.over_named or
                all(h.id in e.over or h.by in view._covers(e.over) for view, h in holds) for i in e.ids}

    @until_taken
    def people(self):
        return frozenset(p for p in self.let_in if self.is_in(p))

    def readers(self):
        return frozenset(p for p in self.let_in if self.reads(p))

    def shut_out(self):
        """Files here are written anew without them. Not: who merely has not answered a later check."""
        return frozenset(p for p in self.let_in if not self.is_in(p))


@dataclass(frozen=True)
class Memory:
    """What a computer remembers of one log. It may be lost at any moment."""
    taken: frozenset
    readers: frozenset
    exempt: tuple                                           # ((link, readers from before), ...)


def settle(me, root, facts, memory=None, roster=None, cases=(), takes_over=False):
    """The view of me's computer of one log. `takes_over`: whether it takes a case over from who has a conflict."""
    v, rules = View(me, root, facts, roster, cases), facts.rules
    known = dict(memory.exempt) if memory else {}
    for l in v.links:
        v.exempt[l.id] = known.get(l.id, memory.readers if memory else NOBODY)
    # My own list and memory stand. Whoever is on it is not asked again.
    v.take_all(sorted(v.lists[me] | (set(memory.taken) if memory else set()), key=lambda r: str(r.id)))
    removals = {p: {r for r in l if r.kind == "out"} for p, l in v.lists.items()}
    grants = {p: {r for r in l if r.kind in ("in", "confirmed")} for p, l in v.lists.items()}

    def speakers():
        if v.doubled:
            return set()                                    # nothing is opened here; people are told
        return v.power() if rules.needs_power else {p for p in v.let_in}

    def fits(r, p):
        """May this grant be taken from the list of p?"""
        if r.kind == "confirmed":
            return True
        if (r.ids or r.was) and rules.lift_not_own and r.card in (r.by, p):
            return False
        logs = {v.log, v.roster.log if v.roster else v.log}
        if rules.lift_waits and not all(i in facts.by_id and facts.by_id[i].log in logs for i in r.ids):
            return False
        if r.was and rules.was_signed and r.was not in facts.older[r.card]:
            return False
        if r.second and rules.second_alone and v.first == {r.by} and v.strong - {r.by}:
            return False
        return not (rules.withheld_stays and withheld(v, r.card) and root.id not in r.ids)

    def open_removals():
        ever = v.ever()
        new = {r for p in speakers() for r in removals.get(p, ()) if r not in v.taken
               and (not rules.own_removals or r.by == p or r.by in ever)}
        if not rules.leave_no_removal:
            new |= {r for p in list(v.leaves) for r in removals.get(p, ()) if r not in v.taken and v.kept(p, r)}
        if not rules.early_removal:
            new = {r for r in new if any(v.is_in(q) for q in r.people)}
        return new

    def open_grants():
        new = set()
        for p in speakers():
            if grants.get(p) and (not rules.reads_to_admit or not v.asks(p)):
                new |= {r for r in grants[p] if r not in v.taken and fits(r, p)}
        ever = v.ever() if v.leaves else NOBODY
        for p in v.leaves:
            if grants.get(p) and p in ever:
                new |= {r for r in grants[p] if r not in v.taken and v.kept(p, r) and fits(r, p)}
        return new

    def handed_over():
        """A case in which nobody has power."""
        if v.kind != "case" or not rules.hand_over or v.power():
            return set()
        around = {p for p in v.people() if rules.hand_over_in and roster.is_in(p)}          # guests decide nothing
        around = around or {p for p in v.let_in if not v.removed(p) and (v.outer(p) or v.gone_alone(p))}
        if not around:
            return let_in_in_time()
        return {r for p in around for r in grants.get(p, ()) if r not in v.taken and r.kind == "in" and fits(r, p)
                and not v.removed(r.card) and (not rules.hand_over_power or roster.has_power(r.card))}

    def let_in_in_time():
        """The starter was taken out before anything else was known here: then who has power in the roster and counted
        in time that the starter let them in, is in. It takes two: the starter's word, and theirs."""
        mine = {q: {r for r in grants.get(q, ()) if r.kind == "in" and r.by == root.by != q == r.card and not r.ids
                    and r not in v.taken and fits(r, q)}
                for q in v.lists if roster.has_power(q) and not v.conflicted(q) and not v.left(q)}
        out = {p for r in removals.get(root.by, ()) for p in r.people}
        mine = {q: rs for q, rs in mine.items() if rs and q not in out}
        named = {p for q in mine for r in removals.get(q, ()) if r.by == q for p in r.people} & set(mine)
        return {r for q, rs in mine.items() if q not in named or named == set(mine) for r in rs}

    while True:
        new = open_removals()
        if new and not rules.removals_first:
            new |= open_grants()
        new = new or open_grants() or handed_over()
        if not new:
            break
        v.take_all(new)
    # Entries change nothing, so they are looked at last.
    power = v.power()
    for p, l in v.lists.items():
        for r in l:
            if r.kind == "text" and (p in power or (r.by == p and writes(v, p, r))):
                v.take(r)
    # Who started a case for others, having a conflict, leaves the report to the one who takes over. That computer counts
    # it once, when its owner comes in, and signs it. Otherwise nothing of who has a conflict counts.
    if takes_over and v.kind == "case" and rules.hand_over and power == {me} and root.by != me and \
            not (memory and me in memory.readers) and v.conflicted(root.by):
        for r in v.lists[root.by]:
            if r.kind == "text" and r.by == root.by and r.id in v.named_by_leaves(root.by):
                v.take(r)
    return v


def withheld(v, p):
    """From whom a check, or a row because of its case's checks, is kept."""
    roots = [v.root] if v.kind == "check" else []
    if v.kind == "row":
        roots = [v.facts.roots[k] for c in v.cases for k in c.checks if k in v.facts.roots]
    return any(r.withheld and p in v.facts.with_newer(r.withheld) for r in roots)


def writes(v, p, r):
    """May p's own text be taken from p's own list? Of the roster, only the rules of the committee are texts. A row is
    changed by who is in its case, as far as that can be seen here."""
    if v.kind == ROSTER:
        return v.kept(p, r)
    if v.kind == "row" and v.cases and v.rules.row_needs_case and not any(c.is_in(p) or (c.gone_alone(p) and not c.conflicted(p)) for c in v.cases):
        return False
    return v.is_in(p) or v.kept(p, r)


# All logs of one computer ---------------------------------------------------------------------------------------------

class State:
    """Everything that one computer makes of the records that are here."""

    def __init__(self, me, facts, roster, views):
        self.me, self.facts, self.roster, self.views = me, facts, roster, views

    def memory(self):
        return {log: Memory(frozenset(v.taken), v.readers(), tuple(sorted(v.exempt.items()))) for log, v in self.views.items()}

    def readers(self, log):
        return self.views[log].readers()


def state(me, records, memory=None, rules=Rules):
    """The roster first, then the cases, then checks and rows, which look at their case."""
    facts, memory = Facts(records, rules), memory or {}
    of = defaultdict(list)
    for log, root in facts.roots.items():
        of[root.of].append(root)
    views, roster = {}, None
    for root in of[ROSTER]:
        roster = views[root.log] = settle(me, root, facts, memory.get(root.log))
    if roster is None:
        return State(me, facts, None, views)
    owners = defaultdict(list)
    for root in of["case"]:
        v = views[root.log] = settle(me, root, facts, memory.get(root.log), roster, takes_over=True)
        for target in set(root.checks) | {root.row} | {c for l in v.links for c in l.checks}:
            if target in facts.roots and (target in v.checks or facts.bound(root.log, target)):
                owners[target].append(v)
    for root in of["check"] + of["row"]:
        views[root.log] = settle(me, root, facts, memory.get(root.log), roster,
                                 tuple(v for v in owners[root.log] if v.is_in(me) or not rules.own_cases))
    return State(me, facts, roster, views)


# What is signed, and when ---------------------------------------------------------------------------------------------

def owed(st, log, facts, fresh):
    """Which acts of others my computer signs as counted, after a batch that led to `st`; empty: none.
    The test is the rule itself: would a computer of mine without memory say the same of these records? What it says of
    the logs before this one stands in `fresh`, and of this one afterwards."""
    v, me, rules = st.views[log], st.me, facts.rules
    free = v.taken - v.lists[me]
    need = {r for r in free if r.kind == "out" and rules.sign_removals and any(p in v.let_in for p in r.people)}
    need = need if rules.sign and v.is_in(me) else set()
    while True:
        w = fresh[log] = settle(me, v.root, facts.plus(counted(me, log, need)) if need else facts, None,
                                v.roster and fresh[v.roster.log], tuple(fresh[c.log] for c in v.cases))
        missing = (v.taken - w.taken) & free
        if rules.sign_all and any(r.kind != "text" for r in w.taken - v.taken):
            missing = free - need                           # it would find more: so all that counts here stands
        if not missing or not rules.sign or not v.is_in(me):
            return frozenset(r.id for r in need)
        need |= missing


def counted(me, log, acts):
    return Record(("counted", me, log, frozenset(r.id for r in acts)), log, me, "counted", ids=frozenset(r.id for r in acts))


def calm(st, log):
    """Nobody was ever taken out, left, declared a conflict, or is kept out, and whatever was taken came from lists that
    still count: then a new computer says the same, and nothing is signed. (A short cut, not a rule.)"""
    v = st.views[log]
    checks = v.checks | ({log} if v.kind == "check" else set())
    if v.rules.sign_all and (v.doubled or any(r.by != v.me and not v.has_power(r.by) for r in v.taken)
                             or any(r.second and r not in v.taken for r in v.facts.logs[log])):
        return False
    return not (any(v.removals.values()) or v.leaves or v.links or (v.kind == "row" and not all(calm(st, c.log) for c in v.cases))) and \
        all(v.outer(p) and not v.facts.conflicted(p, checks) and (p in v.first or not withheld(v, p)) for p in v.let_in)


def receive(me, records, new, memory=None, rules=Rules, make=counted):
    """A batch arrives, or `me` acts: the records and the memory afterwards. In the same step, before anything is shown."""
    records = records | frozenset(new)
    st = state(me, records, memory, rules)
    fresh, signed = {}, set()
    for log in sorted(st.views, key=lambda l: ("roster", "case", "check", "row").index(st.views[l].kind)):
        if calm(st, log):
            fresh[log] = st.views[log]
        else:
            ids = owed(st, log, st.facts, fresh)
            if ids:
                signed.add(make(me, log, {st.facts.by_id[i] for i in ids}))
    records |= signed
    st = state(me, records, st.memory(), rules) if len(records) != len(st.facts.by_id) else st
    return records, st


# What people are asked ------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Questions:
    removed_by: frozenset       # I am out: by whom. [Accept] or [I object]
    ask: frozenset              # (about whom, who removed them): "Ana and Sam removed each other. Who stays?"
    differ: frozenset           # (whose computer, about whom it says something else): told, needs no answer here
    unheld: bool                # told: no colleague's computer counts me as a member
    waits: frozenset            # (who, check): has to answer, here or on a colleague's computer


def questions(st, log, records, rules=Rules, view=None):
    """`view(c)`: what a computer of c makes of the records that are here. By the rule of signing, that is what it says.
    Only people who ever had power are compared, so nobody's own keys can flood this."""
    v, me = st.views[log], st.me
    view = view or (lambda c: state(c, records, None, rules).views[log])
    ever = ((v.roster or v).let_in & v.ever()) | (v.power() - {me})
    ask, differ, held, peers, asking = set(), set(), False, 0, [v]
    if not v.is_in(me):
        return Questions(frozenset(r.by for r in v.removed(me)), NOBODY, NOBODY, False, NOBODY)
    for c in ever - {me} if rules.views else ():
        w = view(c)
        if not w.is_in(c):
            continue
        other = frozenset(v.people() ^ w.people())
        if v.is_in(c):
            asking.append(w)
            peers += 1
            held |= w.is_in(me)
            differ |= {(c, p) for p in other}
        elif v.removed(c) and not closed(v, me, c):
            ask.add((c, frozenset(r.by for r in v.removed(c))))
            differ |= {(c, p) for p in other}
        else:
            differ |= {(c, p) for p in other}
    waits = {(p, c) for w in asking for p in w.people() for c in w.asks(p)}
    return Questions(NOBODY, frozenset(ask), frozenset(differ), v.kind == ROSTER and peers > 0 and not held, frozenset(waits))


def closed(v, me, c):
    """Whether c stays is no question here any more: I took c out by hand, or two people with power did."""
    who = {r.by for r in v.facts.logs[v.log] if r.kind == "out" and c in r.people and (r.id, c) not in v.lifted}
    return me in who or len(who & v.power()) >= 2
