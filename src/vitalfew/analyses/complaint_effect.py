"""What complaints, and how we handle them, do to buying again and to satisfaction.

Every complaint is looked at from ``quick`` days after it came in (14): by then it was closed or not, answered or not,
compensated or not; what happens later can't have decided the group.

    bought again   a purchase within ``window`` days (90) after that day
    regularity     how likely the same account bought within so many days, from a day taken at random in the year before
    expected       the share bought again after purchases with no complaint within ``quick`` days, by accounts as regular
    effect         bought again − expected, less what is left of that difference without a complaint

So an account is compared with others as regular (in up to ten classes), at the same distance from a purchase, and that
customers leave anyway is taken off. The interval is Welch's, with the events of one account taken as hanging together, and at
either end no narrower than Newcombe's for two shares: a few complaints that all were followed by a purchase are no certainty.
Complaints whose window is not over yet, and accounts known for less than one window before, are left out.

    after complaints .80 bought again, as regular ones without a complaint .92  →  effect −12 points

Satisfaction goes by the question ``item``: answers given within a year after a complaint, by whether all of them were closed by
then, against answers of accounts without one; account means, Welch's test. That customers whose complaint was mended are
happier than those who never had one (the recovery paradox) is seldom true, and never a plan.

A verdict needs ten accounts and an interval on one side of zero; accounts without a complaint are what is compared
with, and are not judged. Who complains differs from who does
not: an effect here is what goes together, not proof of a cause.

de Matos, C. A., Henrique, J. L. & Rossi, C. A. V. (2007). J. Service Research 10(1). Welch, B. L. (1947). Biometrika 34.
Newcombe, R. G. (1998). Statistics in Medicine 17(8). Tax, S. S., Brown, S. W. & Chandrashekaran, M. (1998). J. Marketing 62(2).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Choice, Column, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Figure, Message, Number, Percent
from vitalfew.maths.following import FAR, Line
from vitalfew.maths.intervals import newcombe
from vitalfew.maths.scales import mean_by
from vitalfew.maths.welch import Difference, Mean, difference, mean_of_clusters, welch
from vitalfew.maths.years import YEAR
from vitalfew.panels import Bools, Floats, Panel, Whole, figures, in_order
from vitalfew.terms import ComplaintSplit, Group, Unit, Verdict
from vitalfew.terms import gettext_noop as _

FEWEST, REPLIED, MOST_COMPARED, FEW_IN_CLASS, MOST_CLASSES = 10, 2, 50_000, 30, 10


@analysis(
    group=Group.SATISFACTION,
    title=_("Effect of complaints"),
    question=_("What do complaints, and how we handle them, do to buying again and to satisfaction?"),
    columns=(
        Column("split", Unit.WORD, _("Split"), _("By what the groups are made"), ComplaintSplit),
        Column("group", Unit.TEXT, _("Complaints"), _("The group")),
        Column("complaints", Unit.COUNT, _("How many"), _("Complaints, or answers about satisfaction")),
        Column("accounts", Unit.COUNT, _("Accounts"), _("Accounts behind them")),
        Column("bought", Unit.SHARE, _("Bought again"), _("Share followed by a purchase in the window")),
        Column("expected", Unit.SHARE, _("Expected"), _("The same without a complaint, by accounts as regular")),
        Column("score", Unit.NUMBER, _("Satisfaction"), _("Mean of the accounts, 0 to 100")),
        Column("effect", Unit.NUMBER, _("Effect in points"), _("Against accounts without a complaint")),
        Column("low", Unit.NUMBER, _("from"), _("Lower end of the 95 % interval")),
        Column("high", Unit.NUMBER, _("to"), _("Upper end of the 95 % interval")),
        Column("verdict", Unit.WORD, _("It is"), _("Higher, lower, or no clear difference"), Verdict),
    ),
    choices={
        "window": Choice(_("Days in which to buy again"), least=7, most=730),
        "quick": Choice(_("Days within which closing is quick"), least=0, most=365),
        "item": Choice(_("Question about satisfaction")),
    },
    per_account=False,
    source="de Matos, Henrique & Rossi (2007); Welch (1947); Newcombe (1998)",
    version=2,
)
def complaint_effect(
    complaints: Frame,
    purchase_days: Frame,
    surveys: Frame | None = None,
    *,
    as_of: int,
    window: int = 90,
    quick: int = 14,
    item: str = "overall",
) -> Findings:
    told = _told(complaints, purchase_days)
    quiet = _without(told, quick)
    others = _followed(told.line, quiet, as_of, window, quick)
    followed = _followed(told.line, told.days, as_of, window, quick).expecting(others)
    without = others.expecting(others).change(quiet // FAR, np.ones(quiet.size, dtype=bool))
    groups = [_repurchase(told, followed, without, *each) for each in _splits(told, quick)]
    scored, paradox = _satisfaction(told, surveys, item)
    rows = [each for each in (*groups, *scored) if each["complaints"]]
    if not rows:
        text = _("No complaint is old enough, of an account known long enough: {n} days must be over on both sides")
        raise Refusal(Message(text, {"n": Count(window)}))
    found = _figures(told, followed, groups, without) | _ends("mended_less_none", paradox)
    said = _warnings(found, int((~followed.kept).sum()))
    return Findings(_table(rows), found, _headline(groups[0], window), [*said, _of_satisfaction(found, surveys, item)])


@dataclass(frozen=True)
class Told:
    """Complaints, by account and day; days that are not known are far in the future. ``line``: purchases of all accounts."""

    codes: pa.Array
    account: Whole
    day: Whole
    replied: Whole
    closed: Whole
    severity: Any
    paid: Bools
    line: Line

    @property
    def days(self) -> Whole:
        """The complaints of all accounts on one line of time."""
        return self.account * FAR + self.day


@dataclass(frozen=True)
class Followed:
    """For each event whose window is over: whether a purchase followed, how regular the account is, and what to expect."""

    kept: Bools
    bought: Floats
    regularity: Floats
    expected: Floats

    def change(self, account: Whole, inside: Bools) -> Mean | None:
        """Bought less expected; events of one account hang together."""
        chosen = inside & self.kept
        return mean_of_clusters(account[chosen], (self.bought - self.expected)[chosen])

    def expecting(self, others: "Followed") -> "Followed":
        """With the share that bought again among others as regular; classes hold equally many of the others."""
        known, bought = others.regularity[others.kept], others.bought[others.kept]
        if not known.size:
            return replace(self, expected=self.regularity)
        classes = np.clip(known.size // FEW_IN_CLASS, 1, MOST_CLASSES)
        edges = np.unique(np.quantile(known, np.linspace(0, 1, classes + 1)[1:-1]))
        of_class = mean_by(np.searchsorted(edges, known), bought, edges.size + 1)
        of_class = np.where(np.isnan(of_class), bought.mean(), of_class)
        return replace(self, expected=of_class[np.searchsorted(edges, self.regularity)])


def _told(complaints: Frame, purchase_days: Frame) -> Told:
    money = nw.col("compensation").cast(nw.Float64).fill_null(0.0)
    columns = ("customer", "received_on", "first_reply_on", "closed_on", "severity")
    panel = Panel.of(complaints.select(*columns, "complaint_id", paid=money), "received_on", "complaint_id")
    bought = Panel.of(purchase_days.select("customer", "bought_on"), "bought_on")
    if not len(panel):
        raise Refusal(Message(_("No complaints yet")))
    codes = pa.concat_arrays([panel.accounts(), bought.accounts()]).unique().sort()
    replied, closed = (_days(panel.floats(name)) for name in ("first_reply_on", "closed_on"))
    severity = panel.table["severity"].fill_null("").to_numpy(zero_copy_only=False)
    line = Line(in_order(bought.codes, codes) * FAR + bought.whole("bought_on"))
    account, day, paid = in_order(panel.codes, codes), panel.whole("received_on"), panel.floats("paid") > 0
    return Told(codes, account, day, replied, closed, severity, paid, line)


def _days(days: Floats) -> Whole:
    return np.where(np.isnan(days), FAR, days).astype(np.int64)


def _followed(line: Line, event: Whole, as_of: int, window: int, quick: int) -> Followed:
    """What followed each event, and how regular its account was in the year before: windows that were over by then."""
    end, first = event - window, line.first(event // FAR)
    kept = (event % FAR + quick + window <= as_of) & (end - first >= window)
    regular = np.where(kept, line.share_followed(np.maximum(end - YEAR, first), np.maximum(end, first), window), np.nan)
    return Followed(kept, line.followed(event + quick, window), regular, regular)


def _without(told: Told, quick: int) -> Whole:
    """Purchases without a complaint of the account as many days before and after; evenly thinned where many.

    A longer time must not choose them: who buys more has more to complain about.
    """
    bought = told.line.events
    quiet = bought[
        np.searchsorted(told.days, bought - quick) == np.searchsorted(told.days, bought + quick, side="right")
    ]
    thinned: Whole = quiet[:: max(1, quiet.size // MOST_COMPARED)]
    return thinned


def _splits(told: Told, quick: int) -> Iterator[tuple[ComplaintSplit, str, Bools]]:
    by = told.day + quick
    closed, replied = told.closed <= by, told.replied <= told.day + REPLIED
    yield ComplaintSplit.ALL, _("All complaints"), np.ones(told.day.size, dtype=bool)
    for severity in sorted(set(told.severity) - {""}):
        yield ComplaintSplit.SEVERITY, str(severity), told.severity == severity
    yield ComplaintSplit.CLOSING, _("Closed quickly"), closed
    yield ComplaintSplit.CLOSING, _("Not closed quickly"), ~closed
    yield ComplaintSplit.REPLY, _("Answered within two days"), replied
    yield ComplaintSplit.REPLY, _("Answered later or not at all"), ~replied
    yield ComplaintSplit.COMPENSATION, _("Closed quickly and compensated"), closed & told.paid
    yield ComplaintSplit.COMPENSATION, _("Closed quickly, not compensated"), closed & ~told.paid


def _repurchase(  # noqa: PLR0917  (a group and what it is compared with)
    told: Told, followed: Followed, without: Mean | None, split: ComplaintSplit, name: str, inside: Bools
) -> dict[str, Any]:
    chosen = inside & followed.kept
    change = followed.change(told.account, inside)
    row = _row(split, name, int(chosen.sum()), np.unique(told.account[chosen]).size) | {"_change": change}
    if not chosen.any():
        return row
    said = {"bought": float(followed.bought[chosen].mean()), "expected": float(followed.expected[chosen].mean())}
    return row | said | _effect(_apart(change, without, said["bought"]), _fewer(change, without))


def _apart(first: Mean | None, second: Mean | None, bought: float) -> Difference | None:
    """First less second, at either end no narrower than Newcombe's of ``bought`` and that share less the difference."""
    found = difference(first, second)
    if found is None or first is None or second is None:
        return found
    share = min(1.0, max(0.0, bought - found.mean))
    n, n_0 = _as_many(first, bought), _as_many(second, share)
    ends = newcombe(bought * n, n, share * n_0, n_0)
    shift = found.mean - (bought - share)
    return found._replace(low=min(found.low, ends.low + shift), high=max(found.high, ends.high + shift))


def _as_many(mean: Mean, share: float) -> float:
    """How many independent events would leave a share as unsure as it is; as many as there are accounts at least."""
    return max(float(mean.groups), share * (1 - share) / mean.variance if mean.variance > 0 else 0.0)


def _fewer(first: Mean | None, second: Mean | None) -> int:
    """How many accounts the smaller side has."""
    return min(each.groups if each else 0 for each in (first, second))


def _by_account(account: Whole, values: Floats) -> Floats:
    accounts, row = np.unique(account, return_inverse=True)
    return mean_by(row, values, accounts.size)


def _row(split: ComplaintSplit, name: str, number: int, accounts: int) -> dict[str, Any]:
    empty = dict.fromkeys(("bought", "expected", "score", "effect", "low", "high"))
    counts = {"complaints": number, "accounts": accounts}
    return {"split": split.value, "group": name, **counts, **empty, "verdict": Verdict.CANNOT_TELL.value}


def _effect(found: Difference | None, accounts: int) -> dict[str, Any]:
    """In points; a verdict only from ten accounts on either side."""
    if found is None:
        return {}
    verdict = Verdict.CANNOT_TELL
    if found.low * found.high > 0:
        verdict = Verdict.HIGHER if found.low > 0 else Verdict.LOWER
        verdict = verdict if accounts >= FEWEST else Verdict.TOO_FEW
    points = {"effect": 100 * found.mean, "low": 100 * found.low, "high": 100 * found.high}
    return {**points, "verdict": verdict.value}


def _satisfaction(told: Told, surveys: Frame | None, item: str) -> tuple[list[dict[str, Any]], Difference | None]:
    """Rows for accounts without a complaint, with mended ones and with open ones; and Welch's test of the mended."""
    if surveys is None:
        return [], None
    answered = _answers(surveys, item)
    account = in_order(answered.codes, told.codes)
    lately, open_still = _state(told, account, answered.whole("answered_on"))
    person = in_order(answered.codes, answered.codes.unique())
    score = answered.floats("score")
    groups = (
        (_("No complaint in the year before"), ~lately),
        (_("All closed by then"), lately & ~open_still),
        (_("Some still open"), open_still),
    )
    means = [_by_account(person[inside], score[inside]) for _name, inside in groups]
    rows = []
    for (name, inside), mean in zip(groups, means, strict=True):
        row = _row(ComplaintSplit.SATISFACTION, name, int(inside.sum()), mean.size)
        against = None if mean is means[0] else welch(mean, means[0])
        mark = {"score": float(mean.mean()) * 100 if mean.size else None}
        judged = (
            {"verdict": Verdict.BASELINE.value} if mean is means[0] else _effect(against, min(mean.size, means[0].size))
        )
        rows.append(row | mark | judged)
    enough = min(means[0].size, means[1].size) >= FEWEST
    return rows, welch(means[1], means[0]) if enough else None


def _answers(surveys: Frame, item: str) -> Panel:
    low, high = nw.col("scale_min"), nw.col("scale_max")
    asked = surveys.filter(
        nw.col("item") == item,
        nw.col("competitor").is_null(),
        high > low,
        nw.col("score") >= low,
        nw.col("score") <= high,
    )
    spread = asked.with_columns(score=(nw.col("score") - low) * (high - low) ** -1.0)
    return Panel.of(spread.select("customer", "answered_on", "score"), "answered_on", "score")


def _state(told: Told, account: Whole, day: Whole) -> tuple[Bools, Bools]:
    """For each answer: whether its account complained in the year before, and whether one of those was open still."""
    at = np.maximum(account, 0) * FAR + day
    first, last = np.searchsorted(told.days, at - YEAR, side="left"), np.searchsorted(told.days, at, side="right")
    count = np.where(account >= 0, last - first, 0)
    answer = np.repeat(np.arange(day.size), count)
    complaint = np.arange(answer.size) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    open_still = np.bincount(answer[told.closed[complaint] > day[answer]], minlength=day.size) > 0
    return count > 0, open_still


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    texts = {name: pa.array([row[name] for row in rows], pa.string()) for name in ("split", "group", "verdict")}
    whole = {name: pa.array([row[name] for row in rows], pa.int64()) for name in ("complaints", "accounts")}
    shares = {
        name: figures(np.array([np.nan if row[name] is None else row[name] for row in rows]).round(6))
        for name in ("bought", "expected", "score", "effect", "low", "high")
    }
    return pa.table(
        {name: {**texts, **whole, **shares}[name] for name in (column.name for column in complaint_effect.columns)}
    )


def _figures(told: Told, followed: Followed, groups: list[dict[str, Any]], without: Mean | None) -> dict[str, Any]:
    quick, slow = (each for each in groups if each["split"] == ComplaintSplit.CLOSING)
    enough = _fewer(quick["_change"], slow["_change"]) >= FEWEST
    handled = _apart(quick["_change"], slow["_change"], quick["bought"]) if enough else None
    return {
        "complaints": int(told.day.size),
        "followed": int(followed.kept.sum()),
        **{name: groups[0][name] for name in ("bought", "expected", "effect", "low", "high")},
        "accounts_without": without.groups if without else 0,
        **_ends("quick_less_slow", handled),
    }


def _ends(name: str, found: Difference | None) -> dict[str, float | None]:
    """A difference in points with its interval and p."""
    if found is None:
        return dict.fromkeys((name, f"{name}_low", f"{name}_high", f"{name}_p"))
    return {
        name: 100 * found.mean,
        f"{name}_low": 100 * found.low,
        f"{name}_high": 100 * found.high,
        f"{name}_p": found.p,
    }


def _headline(everything: Mapping[str, Any], window: int) -> Message:
    if not everything["complaints"]:
        return Message(_("No complaint is old enough to tell whether the account bought again"))
    if everything["effect"] is None:
        text = _("After a complaint {bought} bought again within {n} days; an effect cannot be told from that")
        return Message(text, {"n": Count(window), "bought": Percent(everything["bought"])})
    text = _(
        "After a complaint {bought} bought again within {n} days: {effect} points against those without one ({low} to {high})"
    )
    if everything["verdict"] == Verdict.CANNOT_TELL:
        text = _(
            "After a complaint {bought} bought again within {n} days; whether complaints change that cannot be told "
            "({effect} points, {low} to {high})"
        )
    said: dict[str, Figure] = {name: Number(everything[name], 1) for name in ("effect", "low", "high")}
    return Message(text, {"n": Count(window), "bought": Percent(everything["bought"]), **said})


def _warnings(found: Mapping[str, Any], left: int) -> list[Message]:
    said = [Message(_("Who complains differs from who does not: this is what goes together, not proof of a cause"))]
    if left:
        text = _("{n} complaints are left out: their window is not over, or the account was too new before")
        said.append(Message(text, {"n": Count(left)}))
    if found["accounts_without"] < FEWEST:
        text = _("Only {n} accounts bought without complaining: there is next to nobody to compare with")
        said.append(Message(text, {"n": Count(found["accounts_without"])}))
    if found["quick_less_slow"] is None:
        text = _("Whether quick closing makes a difference cannot be told: too few accounts in one of the groups")
        return [*said, Message(text)]
    text = _("Closed quickly against not closed quickly: {mean} points in buying again ({low} to {high})")
    return [*said, _compared(found, "quick_less_slow", text)]


def _of_satisfaction(found: Mapping[str, Any], surveys: Frame | None, item: str) -> Message:
    if surveys is None:
        return Message(_("No surveys were imported: what complaints do to satisfaction cannot be told"))
    if found["mended_less_none"] is None:
        text = _("Too few accounts answered '{item}' with and without a complaint: satisfaction cannot be compared")
        return Message(text, {"item": item})
    text = _("No recovery paradox: mended complaints go with {mean} points of satisfaction ({low} to {high})")
    if found["mended_less_none_low"] > 0:
        text = _(
            "Recovery paradox: mended complaints go with {mean} points of satisfaction ({low} to {high}); never plan on it"
        )
    return _compared(found, "mended_less_none", text)


def _compared(found: Mapping[str, Any], name: str, text: str) -> Message:
    ends = {"low": Number(found[f"{name}_low"], 1), "high": Number(found[f"{name}_high"], 1)}
    return Message(text, {"mean": Number(found[name], 1), **ends})
