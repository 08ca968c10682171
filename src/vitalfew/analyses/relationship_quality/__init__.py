"""How good our relationships are: trust, commitment and satisfaction, account by account, and what drives them.

Answers are spread from 0 to 1, a reversed one is turned. A respondent's score for one of the three is the mean of the answered
questions where at least half were answered; each respondent counts with the latest sheet of the last two half-years and this
one. Several respondents are averaged inside the account first; ``index`` is the mean of the known scores, 0 to 100. The
whole book's index counts every account once.

    7-point answers 6, 5 and nothing   →   5/6, 4/6   →   75

Which question belongs where goes by its name (trust_1, commitment_2, satisfaction, csat) or by the table ``survey_items`` (item,
construct, reversed, about). Its reliability is told in words: alpha and omega from .7, average variance extracted from .5,
heterotrait-monotrait ratio below .85, Fornell and Larcker's criterion. The default model is satisfaction → trust, and both →
commitment (``model`` draws another): partial least squares on account means, with intervals by drawing accounts. ``fit`` also
has the paths freed of what unreliable questions take away (r_ij / sqrt(rhoA_i rhoA_j), then least squares) and each construct's
index with the weights the model found. Under 50 accounts no model is fitted: means of the questions stand in its place.

Questions named nps (0 to 10), csat and ces are told apart, of the same half-years: promoters less detractors, the share of the
two best marks, the share of the three best. Under ten accounts there is no index for the book: read the answers.

A relation with one person is strong and fragile: see the number of respondents, and ``person_lead``, what is said of our people
less what is said of the firm, where ``about`` tells which question asks about the ``person`` and which about the ``firm``. What
our own people think of each relationship (``own_views``: customer, score, scale_min, scale_max) stands beside the account's.
Who did not answer is unknown, and silent accounts are seldom the happy ones.

Morgan, R. M. & Hunt, S. D. (1994). J. Marketing 58(3). Crosby, L. A., Evans, K. R. & Cowles, D. (1990). J. Marketing 54(3).
Palmatier, R. W. et al. (2006). J. Marketing 70(4). Reichheld, F. F. (2003). HBR 81(12). Rocks, B. (2016). Am. Statistician 70(4).
Dijkstra, T. K. & Henseler, J. (2015). MIS Quarterly 39(2). Fornell, C. et al. (1996). J. Marketing 60(4).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.analyses.relationship_quality import paths as driving
from vitalfew.analyses.relationship_quality import sides as two
from vitalfew.analyses.relationship_quality.paths import DEFAULT, NAMES
from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Figure, Message, Number, Percent, Word
from vitalfew.maths.intervals import wilson
from vitalfew.maths.recommendation import DETRACTOR, PROMOTER, net_promoters
from vitalfew.maths.scales import (
    LEAST_EXTRACTED,
    LEAST_RELIABLE,
    MOST_ALIKE,
    Instrument,
    Scale,
    instrument,
    latest_change,
    mean_by,
    mean_interval,
    mean_of_known,
    reach_of_means,
    scores,
)
from vitalfew.panels import (
    MONTHS_A_YEAR,
    TEXT,
    Floats,
    Panel,
    Sheets,
    Whole,
    figures,
    half_of,
    handed_over,
    in_order,
    month_of,
    sheets,
)
from vitalfew.summaries import HALF_YEAR
from vitalfew.terms import Construct, Group, Unit
from vitalfew.terms import gettext_noop as _

STARTS: Final = {
    Construct.SATISFACTION: ("satisfaction", "csat", "满意", "滿意"),
    Construct.TRUST: ("trust", "信任"),
    Construct.COMMITMENT: ("commitment", "承诺", "承諾"),
}
HALVES, WHOLE, FEWEST_ACCOUNTS = 2, 100.0, 10
SINGLE: Final = {"nps": (PROMOTER, 10, 0), "csat": (2, None, None), "ces": (3, None, None)}


@analysis(
    group=Group.SATISFACTION,
    title=_("Relationship quality"),
    question=_("How good are our relationships: trust, commitment and satisfaction?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("index", Unit.NUMBER, _("Relationship quality"), _("Mean of the three, 0 to 100")),
        Column("low", Unit.NUMBER, _("from"), _("Lower end of the 95 % interval")),
        Column("high", Unit.NUMBER, _("to"), _("Upper end of the 95 % interval")),
        *(Column(each.value, Unit.NUMBER, each.label, _("0 to 100")) for each in Construct),
        Column("respondents", Unit.COUNT, _("Respondents"), _("People of the account who answered about us")),
        Column("change", Unit.NUMBER, _("Change since"), _("Latest half-year with answers against the one before")),
        Column(
            "person_lead",
            Unit.NUMBER,
            _("People above firm"),
            _("What it says of our people less of our firm, in points"),
        ),
        Column("own_view", Unit.NUMBER, _("Our own view"), _("How our own people mark the relationship, 0 to 100")),
        Column("own_view_gap", Unit.NUMBER, _("Ours less theirs"), _("Our own view less the account's, in points")),
    ),
    choices={
        "halves": Choice(_("Half-years before this one that count"), most=20),
        "model": Choice(_("What drives what (arrows between the three)")),
    },
    drawing=Drawing("top", "index"),
    source="Morgan & Hunt (1994); Crosby, Evans & Cowles (1990); Cronbach (1951)",
)
def relationship_quality(
    surveys: Frame,
    survey_scores: Frame,
    account_months: Frame | None = None,
    survey_items: Frame | None = None,
    own_views: Frame | None = None,
    *,
    as_of: int,
    halves: int = HALVES,
    model: str = DEFAULT,
) -> Findings:
    since = half_of(as_of) - halves
    answers = _read(survey_scores, _places(survey_scores, survey_items))
    latest = answers.latest(since)
    accounts = _accounts(answers, latest)
    singles = _singles(surveys, since)
    both = two.sides(latest.sheets, latest.items, accounts.codes, accounts.index, (survey_items, own_views))
    measured = instrument(latest.sheets.answers, list(latest.blocks.values()))
    paths = driving.fitted(_means(accounts, latest), latest.blocks, model)
    known = {**_figures(accounts, latest), **singles, **_answered(accounts, account_months, as_of)}
    found = {**known, **both.figures, **driving.figures(paths)}
    longest = max(len(block) for block in latest.blocks.values())
    warnings = [*_warnings(found, accounts), *two.said_of(both.figures), *_of_questions(latest, measured)]
    warnings += driving.said_of(paths, int(found["accounts"] or 0), longest)
    fit = {**_described(latest, measured), **paths}
    return Findings(_rows(accounts, both), found, _headline(found), warnings, fit)


@dataclass(frozen=True)
class Answers:
    """Answer sheets with reversed questions turned, and which questions belong to which of the three."""

    sheets: Sheets
    items: list[str]
    blocks: dict[Construct, list[int]]

    def latest(self, since: int) -> "Answers":
        return Answers(self.sheets.latest(since), self.items, self.blocks)

    @property
    def scores(self) -> Floats:
        """Sheets × the three, 0 to 100; NaN where a construct has no question or too few answers."""
        return WHOLE * scores(self.sheets.answers, [self.blocks.get(each, []) for each in NAMES])


@dataclass(frozen=True)
class Accounts:
    """Accounts × the three, several respondents averaged."""

    codes: pa.Array
    scores: Floats
    index: Floats
    reach: Floats
    respondents: Whole
    change: Floats


def _places(survey_scores: Frame, survey_items: Frame | None) -> dict[str, tuple[Construct, bool]]:
    """Each question's construct, and whether it is reversed: as the table says, else by its name."""
    asked = survey_scores.select("item").unique().collect("pyarrow").to_native()["item"].to_pylist()
    found = {item: (each, False) for item in asked for each in NAMES if item.lower().startswith(STARTS[each])}
    if survey_items is not None:
        given = handed_over(survey_items, "survey_items", {"item": TEXT, "construct": TEXT}, {"reversed": TEXT})
        known = {each.value: each for each in NAMES}
        found = {
            row["item"]: (known[row["construct"]], (row["reversed"] or "").lower() in {"1", "true", "yes"})
            for row in given.to_pylist()
            if row["construct"] in known and row["item"] in asked
        }
    if not found:
        text = _(
            "No survey asks about trust, commitment or satisfaction: name the questions so, or give a list of which question "
            "asks about which; the method names its columns"
        )
        raise Refusal(Message(text))
    return found


def _read(survey_scores: Frame, places: Mapping[str, tuple[Construct, bool]]) -> Answers:
    items = sorted(places, key=lambda item: (NAMES.index(places[item][0]), item))
    read = sheets(survey_scores, items)
    turned = [number for number, item in enumerate(items) if places[item][1]]
    read.answers[:, turned] = 1.0 - read.answers[:, turned]
    blocks: dict[Construct, list[int]] = {}
    for number, item in enumerate(items):
        blocks.setdefault(places[item][0], []).append(number)
    return Answers(read, items, blocks)


def _accounts(answers: Answers, latest: Answers) -> Accounts:
    """Respondents averaged inside their account."""
    codes = latest.sheets.codes.unique()
    row, marks = in_order(latest.sheets.codes, codes), latest.scores
    mean = np.column_stack([mean_by(row, marks[:, each], len(codes)) for each in range(len(NAMES))])
    sheet = mean_of_known(marks)
    told = ~np.isnan(sheet)
    if not told.any():
        raise Refusal(
            Message(_("Nobody answered at least half of the questions about trust, commitment or satisfaction"))
        )
    reach = reach_of_means(row[told], sheet[told], len(codes))
    respondents = np.bincount(row[told], minlength=len(codes))
    return Accounts(codes, mean, mean_of_known(mean), reach, respondents, _change(answers, codes))


def _change(answers: Answers, codes: pa.Array) -> Floats:
    """The account's index of its latest half-year with answers less that of the one before."""
    value, row = mean_of_known(answers.scores), in_order(answers.sheets.codes, codes)
    kept = ~np.isnan(value) & (row >= 0)
    return latest_change(row[kept], answers.sheets.half[kept], value[kept], len(codes))


def _singles(surveys: Frame, since: int) -> dict[str, float | int | None]:
    """Promoters, satisfied and effortless: each account's share first, then all accounts alike; nothing under ten accounts."""
    recent = surveys.filter(nw.col("competitor").is_null(), nw.col("month") >= since * HALF_YEAR)
    asked = recent.filter(nw.col("item").is_in(list(SINGLE)))
    panel = Panel.of(asked.select("customer", "item", "score", "scale_min", "scale_max"), "item")
    item = panel.table["item"].to_numpy(zero_copy_only=False)
    found: dict[str, float | int | None] = {}
    for name, (best, top, bottom) in SINGLE.items():
        score, high, low = (panel.floats(each) for each in ("score", "scale_max", "scale_min"))
        mine = (item == name) & ~np.isnan(high) & ((high == top) & (low == bottom) if top else True)
        if not mine.any():
            continue
        codes = panel.codes.filter(pa.array(mine))
        accounts = codes.unique()
        row = in_order(codes, accounts)
        good = score[mine] >= (best if top else high[mine] - best + 1)
        bad = score[mine] <= DETRACTOR
        share, against = (mean_by(row, each.astype(np.float64), len(accounts)).sum() for each in (good, bad))
        found |= _single(name, float(share), float(against), len(accounts))
    return found


def _single(name: str, good: float, bad: float, accounts: int) -> dict[str, float | int | None]:
    if accounts < FEWEST_ACCOUNTS:
        return {f"{name}_accounts": accounts, name: None}
    if name == "nps":
        told = net_promoters(good, bad, accounts)
        return {"nps_accounts": accounts, "nps": WHOLE * told.score, **_ends("nps", told.adjusted, WHOLE)}
    return {
        f"{name}_accounts": accounts,
        name: good / accounts,
        **_ends(name, wilson(min(good, accounts), accounts), 1.0),
    }


def _ends(name: str, interval: Sequence[float] | None, times: float = 1.0) -> dict[str, float | None]:
    low, high = interval or (None, None)
    return {f"{name}_low": low if low is None else times * low, f"{name}_high": high if high is None else times * high}


def _figures(accounts: Accounts, latest: Answers) -> dict[str, float | int | None]:
    told, change = (values[~np.isnan(values)] for values in (accounts.index, accounts.change))
    enough, moved = told.size >= FEWEST_ACCOUNTS, change.size >= FEWEST_ACCOUNTS
    means = dict(zip(NAMES, accounts.scores.T, strict=True))
    return {
        "accounts": int(told.size),
        "respondents": int(accounts.respondents.sum()),
        "index": float(told.mean()) if enough else None,
        **_ends("index", mean_interval(told) if enough else None),
        **{n.value: float(np.nanmean(v)) if enough and np.isfinite(v).any() else None for n, v in means.items()},
        "change": float(change.mean()) if moved else None,
        **_ends("change", mean_interval(change) if moved else None),
        "sheets": len(latest.sheets.codes),
    }


def _answered(accounts: Accounts, account_months: Frame | None, as_of: int) -> dict[str, float | None]:
    """The share of the accounts that bought in the last twelve months whose view we know."""
    if account_months is None:
        return {"answered": None}
    lately = account_months.filter(nw.col("month") > month_of(as_of) - MONTHS_A_YEAR)
    buying = Panel.of(lately.select("customer").unique()).codes
    known = pc.sum(pc.is_in(buying, value_set=accounts.codes)).as_py() or 0
    return {"answered": known / len(buying) if len(buying) else None}


def _described(latest: Answers, measured: Instrument) -> dict[str, Any]:
    """The measures of the questions by name, as they are kept beside the result."""
    names = [each.value for each in latest.blocks]
    means = [
        float(np.nanmean(column)) * WHOLE if np.isfinite(column).any() else None for column in latest.sheets.answers.T
    ]
    pairs = [
        [names[a], names[b], measured.htmt[a, b], measured.correlations[a, b], measured.apart(a, b)]
        for a, b in measured.htmt
    ]
    return {
        "scales": {name: asdict(one) for name, one in zip(names, measured.scales, strict=True)},
        "htmt_correlation_apart": pairs,
        "questions": [[item, mean] for item, mean in zip(latest.items, means, strict=True)],
    }


def _means(accounts: Accounts, latest: Answers) -> Floats:
    """Accounts × questions: the mean answers."""
    row = in_order(latest.sheets.codes, accounts.codes)
    return np.column_stack([mean_by(row, column, len(accounts.codes)) for column in latest.sheets.answers.T])


def _rows(accounts: Accounts, both: two.Sides) -> pa.Table:
    """The weakest relationship first."""
    order = np.argsort(accounts.index, kind="stable")
    low, high = np.maximum(accounts.index - accounts.reach, 0.0), np.minimum(accounts.index + accounts.reach, WHOLE)
    columns = {"index": accounts.index, "low": low, "high": high}
    columns |= {each.value: accounts.scores[:, place] for place, each in enumerate(NAMES)}
    return pa.table(
        {
            "customer": accounts.codes.take(pa.array(order)),
            **{name: figures(values[order].round(6)) for name, values in columns.items()},
            "respondents": pa.array(accounts.respondents[order]),
            "change": figures(accounts.change[order].round(6)),
            **{name: figures(values[order].round(6)) for name, values in both.columns.items()},
        }
    )


def _headline(found: Mapping[str, Any]) -> Message:
    counts = {"accounts": Count(found["accounts"]), "respondents": Count(found["respondents"])}
    if found["index"] is None:
        text = _(
            "{accounts} {accounts:account|accounts} answered ({respondents} "
            "{respondents:respondent|respondents}): too few for an index of the book, read the answers"
        )
        return Message(text, counts)
    text = _(
        "Relationship quality is {index} of 100 ({low} to {high}), from {respondents} respondents of {accounts} accounts"
    )
    ends = {"low": Number(found["index_low"], 0), "high": Number(found["index_high"], 0)}
    return Message(text, {"index": Number(found["index"], 0), **ends, **counts})


def _warnings(found: Mapping[str, Any], accounts: Accounts) -> list[Message]:
    said = []
    if found["answered"] is not None and found["answered"] < 1:
        text = _(
            "{share} of the buying accounts answered; what the silent ones think is unknown, and how many were asked too"
        )
        said.append(Message(text, {"share": Percent(found["answered"])}))
    alone = int((accounts.respondents == 1).sum())
    if alone:
        text = _("{n} {n:account|accounts} speak through one person: that is one person's view")
        said.append(Message(text, {"n": Count(alone)}))
    if found["change"] is not None and (found["change_low"] > 0 or found["change_high"] < 0):
        text = _("Since the half-year before it moved by {change} points ({low} to {high})")
        ends = {"change": Number(found["change"], 1), "low": Number(found["change_low"], 1)}
        said.append(Message(text, {**ends, "high": Number(found["change_high"], 1)}))
    return said


def _of_questions(latest: Answers, measured: Instrument) -> list[Message]:
    names = list(latest.blocks)
    text = _("{first} and {second} can hardly be told apart by these questions (HTMT {value}, wanted below .85)")
    alike = [
        Message(text, {"first": Word(names[a].label), "second": Word(names[b].label), "value": Number(value)})
        for (a, b), value in measured.htmt.items()
        if value is not None and value >= MOST_ALIKE
    ]
    scales = zip(names, measured.scales, strict=True)
    return [*(message for each, one in scales for message in _of_scale(each, one)), *alike]


def _of_scale(construct: Construct, one: Scale) -> list[Message]:
    """What a reader must know of how a construct was asked."""
    name: dict[str, Figure] = {"name": Word(construct.label)}
    if one.alpha is None or one.interval is None:
        return [Message(_("{name}: with these answers its reliability cannot be told"), name)]
    ends: dict[str, Figure] = {
        **name,
        "alpha": Number(one.alpha),
        "low": Number(one.interval.low),
        "high": Number(one.interval.high),
    }
    if one.alpha < 0:
        return [Message(_("{name}: alpha is {alpha}, below zero: is a reversed question not marked as such?"), ends)]
    said = []
    if one.alpha < LEAST_RELIABLE or (one.omega is not None and one.omega < LEAST_RELIABLE):
        said.append(
            Message(
                _("{name}: the questions hang together weakly, alpha {alpha} ({low} to {high}) instead of .7"), ends
            )
        )
    if one.extracted is not None and one.extracted < LEAST_EXTRACTED:
        text = _("{name}: less than half of the answers' variance is common to its questions ({share})")
        said.append(Message(text, {**name, "share": Percent(one.extracted)}))
    return said
