"""At which levels of an account somebody is on file or in touch with us, and where nobody.

Counted are the contacts that are there now: known since, and not left by, the day of the analysis. With ``touches``
(customer, contact, our_person, touched_on[, channel]: every meeting, call or message) a contact is linked if one of us
had to do with it in the last 180 days; as long as touches are kept for less than 90 days, who is not linked is not
told. And

    coverage = linked contacts / contacts                                without touches: not told, contacts are 'on file'
    filled   = sum over levels of min(people, plan) / sum of the plan    people: linked ones; those on file without touches

The plan is the number of people to know at each level, from the president to the shop assistant and the storekeeper:
what an account buys is decided above, whether it sells is decided on its shop floor. Decision makers are contacts of
high influence, influencers those of medium; with ``buying_parts`` (contact, part) the part tells it where it is said.

    known: one president, two managers; plan: one president, one manager, one storekeeper  →  filled 2/3, no storekeeper

An account that ordered in the last twelve months and has no contact at all stands in the table with nobody. A number of
people says nothing of how well they are known.

Homburg, C., Workman, J. P. & Jensen, O. (2002). A configurational perspective on key account management. J. Marketing
66(2). Anderson, J. C. & Narus, J. A. (1990). J. Marketing 54(1).
"""

import re
from dataclasses import dataclass
from typing import Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.buying_centre import with_parts
from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Percent
from vitalfew.panels import (
    DAY,
    MONTHS_A_YEAR,
    TEXT,
    Bools,
    Panel,
    Whole,
    figures,
    handed_over,
    in_order,
    month_of,
    words,
)
from vitalfew.terms import Group, Level, Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.touching import tells, too_young

LEVELS: Final = list(Level)
PLANNED: Final = LEVELS[: LEVELS.index(Level.UNKNOWN)]
SAID: Final = (
    (Level.DIRECTOR, r"(?i)director|vice|\bvp\b|总监|副总|總監|副總"),
    (Level.PRESIDENT, r"(?i)president|chair|owner|\bceo\b|总经理|董事|总裁|老板|總經理|總裁|老闆"),
    (Level.MANAGER, r"(?i)manager|head|经理|主管|店长|部长|經理|店長|部長"),
    (Level.SHOP_ASSISTANT, r"(?i)front|assistant|clerk|店员|营业员|导购|基层|店員|營業員|導購|基層"),
    (Level.STOREKEEPER, r"(?i)store|warehouse|仓|保管|倉"),
    (Level.SPECIALIST, r"(?i)specialist|staff|专员|会计|业务员|專員|會計|業務員"),
)
"""Which words stand for which level, the first that fits."""
IN_STORE: Final = r"(?i)storekeep|warehouse|仓管|库管|保管|倉管|庫管"
LINK_DAYS: Final = 180
DECIDERS, INFLUENCERS = ("high", "decision", "高", "决策", "決策"), ("medium", "influencer", "中", "影响", "影響")
SUPPORTERS, CRITICS = ("supporter", "positive", "支持"), ("critic", "negative", "反对", "反對", "批评")


@analysis(
    group=Group.RELATIONSHIP,
    title=_("Coverage of all levels"),
    question=_("At which levels of an account is somebody on file or in touch with us, and where nobody?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("contacts", Unit.COUNT, _("On file"), _("People on file who have not left")),
        Column("linked", Unit.COUNT, _("In touch"), _("Those that one of us had to do with in the last 180 days")),
        Column("coverage", Unit.SHARE, _("Share in touch"), _("Those in touch by all on file")),
        Column(
            "filled",
            Unit.SHARE,
            _("Plan filled"),
            _("Share of the people planned at each level that is on file; where touches are kept, in touch"),
        ),
        Column(
            "missing",
            Unit.COUNT,
            _("Levels missing"),
            _("Levels of the plan at which nobody is on file; where touches are kept, in touch"),
        ),
        Column("missing_level", Unit.WORD, _("Highest gap"), _("The highest of the levels missing"), Level),
        Column("deciders", Unit.COUNT, _("Decision makers"), _("Contacts of high influence")),
        Column("influencers", Unit.COUNT, _("Influencers"), _("Contacts of medium influence")),
        Column("supporters", Unit.COUNT, _("Supporters"), _("Contacts that speak for us")),
        Column("critics", Unit.COUNT, _("Critics"), _("Contacts that speak against us")),
        *(Column(str(level), Unit.COUNT, level.label, _("People on file at this level")) for level in PLANNED),
        Column("level_unknown", Unit.COUNT, _("Level not known"), _("Contacts whose level is not known")),
    ),
    choices={str(level): Choice(level.label, most=100) for level in PLANNED},
    drawing=Drawing("bars", "customer", "missing_level"),
    source="Homburg, Workman & Jensen (2002)",
)
def coverage(
    contacts: Frame,
    account_months: Frame | None = None,
    touches: Frame | None = None,
    buying_parts: Frame | None = None,
    *,
    as_of: int,
    president: int = 1,
    director: int = 0,
    manager: int = 1,
    specialist: int = 1,
    shop_assistant: int = 1,
    storekeeper: int = 1,
) -> Findings:
    there = with_parts(_there(contacts, as_of), buying_parts)
    if not len(there):
        raise Refusal(Message(_("No contact is known: import the people at your customers first")))
    plan = np.array([president, director, manager, specialist, shop_assistant, storekeeper])
    who = _accounts(there, account_months, as_of)
    log = _log(touches, as_of)
    known = _Known(in_order(there.codes, who), _levels(there), there, _linked(log, there), log.tells, len(who))
    rows = _rows(who, known, plan)
    found = _figures(known, plan)
    return Findings(rows, found, _headline(found), _warnings(known, found, log, as_of))


def _there(contacts: Frame, as_of: int) -> Panel:
    """The people that are there now."""
    here = contacts.filter(nw.col("left_on").fill_null(as_of + 1) > as_of, nw.col("since").fill_null(as_of) <= as_of)
    return Panel.of(here.select("customer", "contact_id", "level", "title", "influence", "attitude"), "contact_id")


def _accounts(there: Panel, account_months: Frame | None, as_of: int) -> pa.Array:
    """Accounts with a contact, and those that ordered within the year."""
    codes = there.accounts()
    if account_months is not None:
        lately = account_months.filter(nw.col("month") > month_of(as_of) - MONTHS_A_YEAR)
        buying = Panel.of(lately.select("customer").unique())
        codes = pa.concat_arrays([codes, buying.codes]).unique()
    return codes.take(pc.sort_indices(codes))


def _levels(there: Panel) -> Whole:
    """Each contact's level, by its level's word, else by its title."""
    level, title = (there.table[name].fill_null("") for name in ("level", "title"))
    place = _by_words(level)
    place = np.where(place == LEVELS.index(Level.UNKNOWN), _by_words(title), place)
    store = pc.match_substring_regex(title, IN_STORE).to_numpy(zero_copy_only=False)
    floor = place == LEVELS.index(Level.SHOP_ASSISTANT)
    return np.where(floor & store, LEVELS.index(Level.STOREKEEPER), place).astype(np.int64)


def level_of(level: str, title: str) -> Level:
    """The level of one contact, as the analysis tells it.

    >>> level_of("", "采购总监"), level_of("frontline", "仓管员")
    (<Level.DIRECTOR: 'director'>, <Level.STOREKEEPER: 'storekeeper'>)
    """
    found = _first_word(level) or _first_word(title) or Level.UNKNOWN
    stores = found is Level.SHOP_ASSISTANT and re.search(IN_STORE, title)
    return Level.STOREKEEPER if stores else found


def _first_word(text: str) -> Level | None:
    return next((level for level, words in SAID if re.search(words, text)), None)


def _by_words(texts: pa.ChunkedArray) -> Whole:
    fits = [pc.match_substring_regex(texts, words).to_numpy() for _level, words in SAID]
    places = [LEVELS.index(level) for level, _words in SAID]
    return np.asarray(np.select(fits, places, LEVELS.index(Level.UNKNOWN)), dtype=np.int64)


@dataclass(frozen=True)
class _Log:
    """The touches that are kept: with whom each was, and how many days ago."""

    contact: pa.ChunkedArray
    ago: Whole

    @property
    def tells(self) -> bool:
        return tells(self.ago)


def _log(touches: Frame | None, as_of: int) -> _Log:
    if touches is None:
        return _Log(pa.chunked_array([], pa.string()), np.empty(0, dtype=np.int64))
    needed = {"customer": TEXT, "contact": TEXT, "touched_on": DAY}
    read = handed_over(touches, "touches", needed, {})
    days = np.asarray(read["touched_on"].cast(pa.int32()).fill_null(as_of + 1).to_numpy(), dtype=np.int64)
    return _Log(read["contact"], as_of - days)


def _linked(log: _Log, there: Panel) -> Bools | None:
    """Whether each contact was met, called or written to lately; None where no touch is on record."""
    if not (log.ago >= 0).any():
        return None
    lately = log.contact.filter(pa.array((log.ago >= 0) & (log.ago < LINK_DAYS)))
    return np.asarray(pc.is_in(there.table["contact_id"], value_set=lately.combine_chunks()).to_numpy())


@dataclass(frozen=True)
class _Known:
    """The contacts: whose each is, at which level, and whether it is linked."""

    row: Whole
    level: Whole
    there: Panel
    linked: Bools | None
    told: bool
    """Whether touches are kept for long enough to tell who is not linked."""
    accounts: int

    def count(self, chosen: Bools) -> Whole:
        return np.bincount(self.row[chosen], minlength=self.accounts)

    def among(self, column: str, few: tuple[str, ...]) -> Whole:
        """How many contacts of each account have one of these words."""
        lower = pc.utf8_lower(self.there.table[column].fill_null(""))
        return self.count(np.asarray(pc.is_in(lower, value_set=pa.array(few)).to_numpy()))

    def people(self, *, known_only: bool = False) -> Whole:
        """Accounts × levels: linked people, or those on file where touches can't tell."""
        everybody = np.ones(self.row.size, dtype=bool)
        chosen = everybody if self.linked is None or not self.told or known_only else self.linked
        cell = self.row[chosen] * len(LEVELS) + self.level[chosen]
        return np.bincount(cell, minlength=self.accounts * len(LEVELS)).reshape(self.accounts, len(LEVELS))


def _missing(known: _Known, plan: Whole) -> Bools:
    """Accounts × levels of the plan: nobody there."""
    return np.asarray((known.people()[:, : plan.size] == 0) & (plan > 0))


def _rows(who: pa.Array, known: _Known, plan: Whole) -> pa.Table:
    contacts = known.count(np.ones(known.row.size, dtype=bool))
    linked = None if known.linked is None else known.count(known.linked)
    missing = _missing(known, plan)
    filled = np.minimum(known.people()[:, : plan.size], plan).sum(axis=1)
    gap = np.where(missing.any(axis=1), missing.argmax(axis=1), LEVELS.index(Level.NONE))
    each = known.people(known_only=True)
    nothing = pa.nulls(len(who))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = linked / contacts if linked is not None and known.told else np.nan
        planned = filled / plan.sum()
    table = pa.table(
        {
            "customer": who,
            "contacts": pa.array(contacts),
            "linked": nothing.cast(pa.int64()) if linked is None else pa.array(linked),
            "coverage": figures(np.broadcast_to(share, contacts.shape)),
            "filled": figures(np.round(planned, 6)),
            "missing": pa.array(missing.sum(axis=1)),
            "missing_level": words(LEVELS, gap),
            "deciders": pa.array(known.among("influence", DECIDERS)),
            "influencers": pa.array(known.among("influence", INFLUENCERS)),
            "supporters": pa.array(known.among("attitude", SUPPORTERS)),
            "critics": pa.array(known.among("attitude", CRITICS)),
            **{str(level): pa.array(each[:, place]) for place, level in enumerate(PLANNED)},
            "level_unknown": pa.array(each[:, LEVELS.index(Level.UNKNOWN)]),
        }
    )
    return table.sort_by([("missing", "descending"), ("customer", "ascending")])


def _figures(known: _Known, plan: Whole) -> dict[str, float | int | None]:
    contacts = known.count(np.ones(known.row.size, dtype=bool))
    missing = _missing(known, plan)
    filled = float(np.minimum(known.people()[:, : plan.size], plan).sum())
    return {
        "accounts": known.accounts,
        "contacts": int(contacts.sum()),
        "linked": int(known.linked.sum()) if known.linked is not None and known.told else None,
        "without_contact": int((contacts == 0).sum()),
        "with_gap": int(missing.any(axis=1).sum()),
        "without_decider": int((known.among("influence", DECIDERS) == 0).sum()),
        "filled": filled / (known.accounts * float(plan.sum())) if plan.sum() else None,
        **{f"without_{level}": int((missing[:, place]).sum()) for place, level in enumerate(PLANNED)},
    }


def _headline(found: dict[str, float | int | None]) -> Message:
    said = {"gap": Count(found["with_gap"] or 0), "n": Count(found["accounts"] or 0)}
    if found["filled"] is None:
        return Message(
            _("{contacts} {contacts:person|people} at {n} {n:account|accounts} {contacts:is|are} on file"),
            {**said, "contacts": Count(found["contacts"] or 0)},
        )
    if not found["with_gap"]:
        text = _("Somebody is on file at every level of the plan at all {n} accounts")
        if found["linked"] is not None:
            text = _("Somebody is in touch with us at every level of the plan at all {n} accounts")
        return Message(text, {"n": said["n"]})
    text = _(
        "Of {n} accounts with a record, ordering or not, {gap} have a level at which nobody is on file; {share} of the plan "
        "is filled"
    )
    if found["linked"] is not None:
        text = _(
            "Of {n} accounts with a record, ordering or not, {gap} have a level at which nobody is in touch with us; "
            "{share} of the plan is filled"
        )
    return Message(text, {**said, "share": Percent(found["filled"], 0)})


def _warnings(known: _Known, found: dict[str, float | int | None], log: _Log, as_of: int) -> list[Message]:
    warnings = []
    if known.linked is not None and not known.told:
        warnings.append(too_young(log.ago, as_of))
    if known.linked is None:
        warnings.append(
            Message(
                _("No meetings, calls or messages are kept: who is on file is known, whether we are in touch is not")
            )
        )
    if found["without_contact"]:
        text = _("Not a single person is on file at {n} {n:account|accounts} that ordered in the last twelve months")
        warnings.append(Message(text, {"n": Count(found["without_contact"])}))
    if unknown := int((known.level == LEVELS.index(Level.UNKNOWN)).sum()):
        warnings.append(Message(_("The level of {n} {n:contact|contacts} is not known"), {"n": Count(unknown)}))
    return warnings
