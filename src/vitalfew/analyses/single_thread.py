"""Whether a relationship hangs on one person, theirs or ours, and who would be lost with them.

Contacts count while they are there: known since, and not left by, the day of the analysis. With ``touches`` (customer,
contact, our_person, touched_on) the weight w of a pair of contact and our person is the number of touches in the last
180 days; the shares are of all touches of the account:

    owner HHI        sum over our people of (their share)²          one owner    one of ours has all links
    top contact      the largest share of a contact                 one contact  one contact has 80 % or more
    lost with owner  contacts that nobody but the owner is linked to
    between          whom most of the shortest ways between the others lead over, theirs or ours, and which share of them
                     (betweenness); degree and closeness of the same person; from five people on

Without touches, or where they are kept for less than 90 days, one contact means a single person on file, one owner
can't be told (the manager in the account master is named, no more), and several people on file do not mean that anybody
is in touch with them: that is told apart. The most dangerous is told: nobody left · one contact · one of ours · no
decision maker known. Who decides is told by high influence, or with ``buying_parts`` (contact, part) by the part where
it is said.

``money_at_stake`` is the net sales of twelve months times the company's own yearly rate at which contacts leave (those
of a year ago that have left since, by all of them), for accounts with nobody left (all of the sales) or one contact.

    touches  Li–Zhang 8, Li–Chen 1, Zhou–Chen 1  →  owner Li .9, HHI .82; top contact Zhang .8: hangs on one contact

A rate of leaving says nothing of whether the account leaves with the person; the interval stands in the figures. What is
not written down as a touch is not seen.

Rhoades, S. A. (1993). The Herfindahl–Hirschman index. Federal Reserve Bulletin 79. Bendapudi, N. & Leone, R. P. (2002).
Managing business-to-business customer relationships following key contact employee turnover. J. Marketing 66(2).
Wilson, E. B. (1927). JASA 22. Freeman, L. C. (1978). Centrality in social networks. Social Networks 1(3).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.buying_centre import with_parts
from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Money, Percent
from vitalfew.maths.intervals import Interval, wilson
from vitalfew.maths.networks import Middle, middle_of_each
from vitalfew.maths.years import YEAR
from vitalfew.panels import (
    DAY,
    MONTHS_A_YEAR,
    TEXT,
    Bools,
    Floats,
    Panel,
    Whole,
    figures,
    handed_over,
    in_order,
    last_whole_month,
    months,
    words,
)  # fmt: skip
from vitalfew.terms import Dependence, Group, NextAction, Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.touching import tells, too_young

WORST: Final = list(Dependence)
NOBODY, ONE_CONTACT, ONE_OWNER, NO_DECIDER, SPREAD, ON_FILE = range(6)
ADVICE: Final = (
    NextAction.FIND_SUCCESSOR, NextAction.MEET_MORE, NextAction.SECOND_PERSON, NextAction.MEET_DECIDER, NextAction.KEEP_UP,
    NextAction.MEET_DECIDER,
)  # fmt: skip
DECIDERS: Final = ("high", "decision", "高", "决策", "決策")
LINK_DAYS, LATELY = 180, 180
FEWEST_CONTACTS: Final = 10


@analysis(
    group=Group.RELATIONSHIP,
    title=_("Hanging on one person"),
    question=_("Which relationships hang on one person, and what would be lost with that person?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column(
            "dependence", Unit.WORD, _("Hangs on"), _("On whom the relationship hangs, the worst first"), Dependence
        ),
        Column("advice", Unit.WORD, _("What to do"), _("What would loosen it"), NextAction),
        Column("contacts", Unit.COUNT, _("On file"), _("People on file who have not left")),
        Column("deciders", Unit.COUNT, _("Decision makers"), _("Contacts of high influence")),
        Column("left_lately", Unit.COUNT, _("Left lately"), _("Contacts that left in the last 180 days")),
        Column("last_left", Unit.DAY, _("Last left on"), _("When a contact last left")),
        Column("top_contact", Unit.SHARE, _("Top contact"), _("Share of all touches that go to one contact")),
        Column("owner", Unit.TEXT, _("Owner"), _("Our person with most links; without touches, the account's manager")),
        Column("owner_share", Unit.SHARE, _("Owner's share"), _("Share of all touches that are the owner's")),
        Column(
            "owner_hhi",
            Unit.NUMBER,
            _("Owner HHI"),
            _("Sum of our people's squared shares: 1 is a single owner"),
            statistic=True,
        ),
        Column("lost_with_owner", Unit.COUNT, _("Lost with owner"), _("Contacts that only the owner is linked to")),
        Column(
            "between",
            Unit.TEXT,
            _("In between"),
            _("Over whom most ways between the others lead: a contact's number, or our person"),
        ),
        Column("betweenness", Unit.SHARE, _("Ways over it"), _("Share of the shortest ways between the others")),
        Column("degree", Unit.SHARE, _("Linked with"), _("Share of the others that person is linked with")),
        Column("closeness", Unit.SHARE, _("Closeness"), _("1 if linked with all others, less the farther they are")),
        Column("sales", Unit.MONEY, _("Net sales, 12 months"), _("Net sales of the last twelve whole months")),
        Column(
            "money_at_stake", Unit.MONEY, _("Money at stake"), _("Net sales times the rate at which contacts leave")
        ),
    ),
    choices={"one_from": Choice(_("One contact from a share of touches of"), least=0.5, most=1)},
    drawing=Drawing("bars", "customer", "dependence"),
    source="Rhoades (1993); Bendapudi & Leone (2002); Wilson (1927); Freeman (1978)",
)
def single_thread(
    contacts: Frame,
    account_months: Frame | None = None,
    customers: Frame | None = None,
    touches: Frame | None = None,
    buying_parts: Frame | None = None,
    *,
    as_of: int,
    currency: str,
    one_from: float = 0.8,
) -> Findings:
    people = Panel.of(contacts.select("customer", "contact_id", "influence", "since", "left_on"), "contact_id")
    if not len(people):
        raise Refusal(Message(_("No contact is known: import the people at your customers first")))
    known = _known(with_parts(people, buying_parts), as_of)
    ago = _ago(touches, as_of)
    links = _links(touches, ago, known.codes) if tells(ago) else None
    sales = _sales(account_months, known.codes, as_of)
    hangs = _dependence(known, links, one_from)
    leaving = _leaving(people, as_of)
    rate = np.nan if leaving is None else leaving[0]
    stake = np.select([hangs == NOBODY, hangs == ONE_CONTACT], [sales, sales * rate], np.nan)
    rows = _rows(known, links, _managers(customers, known.codes), hangs, sales, stake)
    found = _figures(hangs, known, stake, leaving)
    return Findings(rows, found, _headline(found, currency), _warnings(ago, leaving, sales, as_of))


@dataclass(frozen=True)
class _Known:
    codes: pa.Array
    there: Whole
    deciders: Whole
    left_lately: Whole
    last_left: Floats


def _known(people: Panel, as_of: int) -> _Known:
    codes = people.accounts()
    row = in_order(people.codes, codes)
    left, since = people.floats("left_on"), people.floats("since")
    there = ~(left <= as_of) & ~(since > as_of)
    gone = left <= as_of
    influence = pc.utf8_lower(people.table["influence"].fill_null(""))
    decides = pc.is_in(influence, value_set=pa.array(DECIDERS)).to_numpy()
    last = np.full(len(codes), -np.inf)
    np.maximum.at(last, row[gone], left[gone])

    def count(chosen: Bools) -> Whole:
        return np.bincount(row[chosen], minlength=len(codes))

    return _Known(codes, count(there), count(there & decides), count(gone & (left > as_of - LATELY)), last)


@dataclass(frozen=True)
class _Links:
    """Each account's touches of the last 180 days; NaN where it had none."""

    top_contact: Floats
    owner: pa.Array
    owner_share: Floats
    hhi: Floats
    lost: Floats
    between: pa.Array
    middle: Middle


NEEDED: Final = {"customer": TEXT, "contact": TEXT, "our_person": TEXT, "touched_on": DAY}


def _ago(touches: Frame | None, as_of: int) -> Whole:
    """How many days ago each touch was; negative where that is not known or still ahead."""
    if touches is None:
        return np.empty(0, dtype=np.int64)
    days = handed_over(touches, "touches", NEEDED, {})["touched_on"].cast(pa.int32()).fill_null(as_of + 1)
    return np.asarray(as_of - days.to_numpy().astype(np.int64))


def _links(touches: Frame | None, ago: Whole, codes: pa.Array) -> _Links | None:
    if touches is None:
        return None
    read = handed_over(touches, "touches", NEEDED, {})
    row = in_order(read["customer"].combine_chunks(), codes)
    whole = pc.and_(pc.is_valid(read["contact"]), pc.is_valid(read["our_person"])).to_numpy()
    chosen = np.flatnonzero((ago >= 0) & (ago < LINK_DAYS) & (row >= 0) & whole)
    contact, ours = (
        read[name].combine_chunks().take(pa.array(chosen)).dictionary_encode() for name in ("contact", "our_person")
    )
    theirs, our = (each.indices.to_numpy().astype(np.int64) for each in (contact, ours))
    return _measured(row[chosen], theirs, our, (contact.dictionary, ours.dictionary), len(codes))


def _measured(row: Whole, contact: Whole, our: Whole, called: tuple[pa.Array, pa.Array], accounts: int) -> _Links:
    theirs, names = called
    touched = np.bincount(row, minlength=accounts).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        by_contact, by_owner = _pairs(row, contact), _pairs(row, our)
        share = by_owner.count / touched[by_owner.row]
        hhi = np.where(touched > 0, np.bincount(by_owner.row, share**2, accounts), np.nan)
        top, _first = by_contact.largest(accounts)
        most, first = by_owner.largest(accounts)
        owner = np.where(first >= 0, by_owner.member[np.maximum(first, 0)], -1) if by_owner.row.size else first
        lost = np.where(touched > 0, _only(row, contact, our, owner), np.nan)
        named = names.take(pa.array(owner, mask=owner < 0)) if len(names) else pa.nulls(accounts, pa.string())
        middle = middle_of_each(row, contact, our, accounts)
        return _Links(top / touched, named, most / touched, hhi, lost, _who(middle, theirs, names), middle)


def _who(middle: Middle, theirs: pa.Array, ours: pa.Array) -> pa.Array:
    """Who stands in between: a contact by its number (names are not kept with results), ours by name."""
    place = np.where(middle.side == 1, middle.member + len(theirs), middle.member)
    return pa.concat_arrays([theirs.cast(pa.string()), ours.cast(pa.string())]).take(pa.array(place, mask=place < 0))


@dataclass(frozen=True)
class _Pairs:
    """How often each account goes with each member."""

    row: Whole
    member: Whole
    count: Whole

    def largest(self, accounts: int) -> tuple[Floats, Whole]:
        """The largest count of each account and where it stands, the first of equals; -1 where there is none."""
        top, first = np.zeros(accounts), np.full(accounts, -1)
        np.maximum.at(top, self.row, self.count)
        winner = np.flatnonzero(self.count == top[self.row])[::-1]
        first[self.row[winner]] = winner
        return top, first


def _pairs(row: Whole, member: Whole) -> _Pairs:
    both, count = np.unique(np.column_stack([row, member]), axis=0, return_counts=True)
    return _Pairs(both[:, 0], both[:, 1], count)


def _only(row: Whole, contact: Whole, our: Whole, owner: Whole) -> Whole:
    """Contacts of each account that nobody but its owner is linked to."""
    links = np.unique(np.column_stack([row, contact, our]), axis=0)
    _pair, place, people = np.unique(links[:, :2], axis=0, return_index=True, return_counts=True)
    alone = links[place[people == 1]]
    hers = alone[alone[:, 2] == owner[alone[:, 0]]]
    return np.bincount(hers[:, 0], minlength=owner.size)


def _sales(account_months: Frame | None, codes: pa.Array, as_of: int) -> Floats:
    if account_months is None:
        return np.full(len(codes), np.nan)
    book = months(account_months, "amount", last_whole_month(as_of), MONTHS_A_YEAR)
    place = in_order(codes, book.accounts)
    year = np.append(book.values.sum(axis=1), 0.0)
    return np.asarray(np.maximum(year[place], 0.0))


def _managers(customers: Frame | None, codes: pa.Array) -> pa.Array:
    if customers is None:
        return pa.nulls(len(codes), pa.string())
    master = Panel.of(customers.select("customer", "manager"))
    place = in_order(codes, master.codes)
    return master.table["manager"].combine_chunks().take(pa.array(place, mask=place < 0))


def _dependence(known: _Known, links: _Links | None, one_from: float) -> Whole:
    one = known.there == 1
    owned = np.zeros(one.size, dtype=bool)
    if links is not None:
        one = one | (links.top_contact >= one_from)
        owned = links.owner_share >= 1
    silent = np.full(one.size, True) if links is None else np.isnan(links.top_contact)
    chosen = [known.there == 0, one, owned, known.deciders == 0, ~silent]
    return np.asarray(np.select(chosen, range(ON_FILE), ON_FILE), dtype=np.int64)


def _leaving(people: Panel, as_of: int) -> tuple[float, Interval] | None:
    """The share of contacts of a year ago that have left since; None where fewer than ten were known."""
    then, left = as_of - YEAR, people.floats("left_on")
    before = ~(people.floats("since") > then) & ~(left <= then)
    if before.sum() < FEWEST_CONTACTS:
        return None
    gone = float((before & (left <= as_of)).sum())
    return gone / float(before.sum()), wilson(gone, float(before.sum()))


def _rows(  # noqa: PLR0917  (a part each)
    known: _Known, links: _Links | None, managers: pa.Array, hangs: Whole, sales: Floats, stake: Floats
) -> pa.Table:
    nothing = np.full(hangs.size, np.nan)
    lost = nothing if links is None else links.lost
    table = pa.table(
        {
            "customer": known.codes,
            "dependence": words(WORST, hangs),
            "advice": words(ADVICE, hangs),
            "contacts": pa.array(known.there),
            "deciders": pa.array(known.deciders),
            "left_lately": pa.array(known.left_lately),
            "last_left": figures(known.last_left).cast(pa.int64()),
            "top_contact": figures(nothing if links is None else links.top_contact),
            "owner": managers if links is None else pc.coalesce(links.owner, managers),
            "owner_share": figures(nothing if links is None else links.owner_share),
            "owner_hhi": figures(nothing if links is None else links.hhi),
            "lost_with_owner": figures(lost).cast(pa.int64()),
            "between": pa.nulls(hangs.size, pa.string()) if links is None else links.between,
            **{
                name: figures(nothing if links is None else np.round(getattr(links.middle, name), 6))
                for name in ("betweenness", "degree", "closeness")
            },
            "sales": figures(np.round(sales, 4)),
            "money_at_stake": figures(np.round(stake, 4)),
            "_worst": pa.array(hangs),
        }
    )
    order = [("_worst", "ascending"), ("sales", "descending"), ("customer", "ascending")]
    return table.sort_by(order).drop_columns("_worst")


def _figures(
    hangs: Whole, known: _Known, stake: Floats, leaving: tuple[float, Interval] | None
) -> dict[str, float | int | None]:
    rate, ends = (None, (None, None)) if leaving is None else leaving
    return {
        "accounts": int(hangs.size),
        **{str(each): int((hangs == place).sum()) for place, each in enumerate(WORST)},
        "left_lately": int(known.left_lately.sum()),
        "money_at_stake": round(float(np.nansum(stake)), 2),
        "leaving_rate": rate,
        "leaving_low": ends[0],
        "leaving_high": ends[1],
    }


def _headline(found: dict[str, float | int | None], currency: str) -> Message:
    hanging = sum(int(found[str(WORST[each])] or 0) for each in (NOBODY, ONE_CONTACT, ONE_OWNER))
    said = {"hanging": Count(hanging), "n": Count(found["accounts"] or 0)}
    if not hanging:
        return Message(_("None of {n} accounts hangs on one person"), {"n": said["n"]})
    text = _(
        "Of {n} accounts with a record, ordering or not, {hanging} hang on one person or have no contact left; {money} of "
        "a year's sales is at stake"
    )
    return Message(text, {**said, "money": Money(found["money_at_stake"] or 0.0, currency)})


def _warnings(ago: Whole, leaving: tuple[float, Interval] | None, sales: Floats, as_of: int) -> list[Message]:
    warnings = []
    if (ago >= 0).any() and not tells(ago):
        warnings.append(too_young(ago, as_of))
    elif not tells(ago):
        text = _("No meetings, calls or messages are kept: whether one of our people holds all links cannot be told")
        warnings.append(Message(text))
    if leaving is None:
        warnings.append(Message(_("Fewer than ten contacts were known a year ago: how many leave cannot be told")))
    else:
        text = _("In a year {rate} of the contacts left ({low} to {high}); that rate stands for every account")
        rate, ends = leaving
        warnings.append(Message(text, {"rate": Percent(rate), "low": Percent(ends.low), "high": Percent(ends.high)}))
    if not np.isfinite(sales).any():
        warnings.append(Message(_("No orders are known: what is at stake cannot be told")))
    return warnings
