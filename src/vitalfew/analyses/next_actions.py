"""What to do next about each account, why, by when, and what it may bring.

Every finding that calls for an action proposes one (`vitalfew.proposals`). They are ranked by

    priority  =  effect × 2^(− days until due / 30)

what the action may bring in a year, halved for every month that it may wait. Of equal actions of an account the first stays; of
one aim (keep it, earn with it, grow with it, know it, win it back) at most two, so that no kind hides the others; and
of all at most ``most``. Who may not see what is confidential gets as many of the open ones: ``rank`` and ``open_rank`` are the
place among all and among the open ones, and none where an action is cut.

    open complaint                        settle it, in 3 days              the margin that leaving puts at stake
    alarm of leaving                      by its shown cause, in 7          the same
    unusual silence, low or high month    ask, in 7                         the same; the margin the month lacks or has more
    purchases fall beyond chance          ask, in 14                        margin of what the year lacks
    overdue, over the limit, slower       talk about payment, in 7          what is overdue, else owed
    hangs on one person, contact left     as `single-thread` advises        margin × rate at which contacts leave
    visit due within two weeks            visit, on its day                 by the five answers of `visit-need`
    costs more than it brings             turn the loss, in 60              the loss of twelve months
    lost and worth an attempt             win it back, in 30                expected gain
    gap in its products                   offer, in 60                      margin of what its like buy
    growing into a key account            develop, in 90                    margin of what it spends with others
    served worse, thinks little of us, inclined and not buying, levels where nobody is known: in 30 to 90

``basis`` says what the effect rests on: expected by a model; at most, if it works fully; money it owes us, what is overdue or
else all of it; or not known. What actions of this kind really brought is not measured yet, and effects of several actions of one
account overlap: never add them up. What has no amount comes last, however much it matters. Sales are counted by the
account's gross margin, where no cost is known as they are.

    effect 900 in 30 days  →  priority 450;  500 in 3 days  →  467: first

Kotler, P. & Keller, K. L. (2016). Marketing Management, 15th ed. Peppers, D. & Rogers, M. (1997). Enterprise One to One.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew import proposals
from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Names
from vitalfew.panels import Bools, Floats, Panel, Whole, begins, figures, words
from vitalfew.proposals import ACTIONS, AIM_OF, BASES, Book
from vitalfew.terms import Aim, EffectBasis, Group, NextAction, Unit
from vitalfew.terms import gettext_noop as _

AIMS: Final = list(Aim)
AIM_OF_NUMBER: Final = np.array([AIMS.index(AIM_OF.get(action, Aim.KEEP)) for action in ACTIONS])
OF_ONE_AIM: Final = 2
HALVED_EVERY: Final = 30.0
A_WEEK: Final = 7
NUMBER: Final = "number"


@analysis(
    group=Group.ONE_TO_ONE,
    title=_("Next actions"),
    question=_("What do we do next about each account, why, and by when?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column(
            "rank", Unit.COUNT, _("Rank"), _("Place among the account's own actions; none: only in place of others")
        ),
        Column("open_rank", Unit.COUNT, _("Open rank"), _("Place among those that tell nothing confidential")),
        Column("action", Unit.WORD, _("Action"), _("What to do"), NextAction),
        Column("aim", Unit.WORD, _("Aim"), _("What the action serves"), Aim),
        Column("why", Unit.SENTENCES, _("Why"), _("What was found")),
        Column("due", Unit.DAY, _("Due by"), _("The day by which it should be done")),
        Column("effect", Unit.MONEY, _("Effect"), _("What it may bring in a year, as gross margin")),
        Column("basis", Unit.WORD, _("Rests on"), _("What the effect rests on"), EffectBasis),
        Column("priority", Unit.MONEY, _("Priority"), _("The effect, halved for every month that it may wait")),
        Column("guarded", Unit.YES_NO, _("Confidential"), _("Whether it tells of margins, worth or causes")),
    ),
    choices={"most": Choice(_("Actions for an account at most"), least=1, most=20)},
    drawing=Drawing("bars", "customer", "action"),
    per_account=False,
    source="Kotler & Keller (2016); Peppers & Rogers (1997)",
)
def next_actions(  # noqa: PLR0917  (each finding that proposes actions is an input)
    account_months: Frame,
    complaints: Frame | None = None,
    churn: Frame | None = None,
    churn_causes: Frame | None = None,
    anomalies: Frame | None = None,
    trend: Frame | None = None,
    credit_watch: Frame | None = None,
    single_thread: Frame | None = None,
    coverage: Frame | None = None,
    visit_need: Frame | None = None,
    negative_assets: Frame | None = None,
    win_back_value: Frame | None = None,
    product_mix: Frame | None = None,
    potential: Frame | None = None,
    fairness: Frame | None = None,
    loyalty: Frame | None = None,
    relationship_quality: Frame | None = None,
    yearly_contribution: Frame | None = None,
    *,
    as_of: int,
    currency: str,
    most: int = 3,
) -> Findings:
    if not len(Panel.of(account_months.select("customer").unique())):
        raise Refusal(Message(_("No orders yet")))
    book = Book.of(as_of, currency, yearly_contribution, churn)
    given = {
        "complaints": complaints, "churn": churn, "anomalies": anomalies, "trend": trend, "credit-watch": credit_watch,
        "single-thread": single_thread, "coverage": coverage, "visit-need": visit_need,
        "negative-assets": negative_assets, "win-back-value": win_back_value, "product-mix": product_mix,
        "potential": potential, "fairness": fairness, "loyalty": loyalty, "relationship-quality": relationship_quality,
    }  # fmt: skip
    rows = _ranked(pa.concat_tables([proposals.NOTHING, *_proposed(book, given, churn_causes)]), as_of, most)
    found = _figures(rows, as_of)
    absent = [name for name, frame in given.items() if frame is None]
    return Findings(rows, found, _headline(found), _warnings(absent, len(given), book))


def _proposed(book: Book, given: Mapping[str, Frame | None], causes: Frame | None) -> Iterator[pa.Table]:
    if (churn := given["churn"]) is not None:
        yield from proposals.from_leaving(book, churn, causes)
    for name, propose in proposals.SOURCES.items():
        if (frame := given[name]) is not None:
            yield from propose(book, frame)


def _ranked(proposed: pa.Table, as_of: int, most: int) -> pa.Table:
    """The first actions of each account; the book's most urgent account first."""
    table = proposed.append_column("priority", figures(_priority(proposed, as_of)))
    table = table.append_column("aim", pa.array(AIM_OF_NUMBER[table["action"].to_numpy()]))
    table = table.append_column(NUMBER, pa.array(np.arange(len(table))))
    table = table.append_column("rank", _ranks(table, table, most)).append_column("open_rank", _open_ranks(table, most))
    table = table.filter(pc.or_(pc.is_valid(table["rank"]), pc.is_valid(table["open_rank"])))
    return _as_rows(table.sort_by([*BY_PRIORITY, ("customer", "ascending"), *THEN[1:]]))


def _open_ranks(table: pa.Table, most: int) -> pa.Array:
    """The places where nothing confidential competes."""
    return _ranks(table, table.filter(pc.invert(table["guarded"])), most)


def _ranks(table: pa.Table, of: pa.Table, most: int) -> pa.Array:
    """The place of each row among some, account by account; none for those that are cut."""
    kept = _best(_best(of, "action", 1), "aim", OF_ONE_AIM).sort_by([("customer", "ascending"), *THEN])
    place = _counted(begins(kept, "customer"))
    ranks = np.zeros(len(table), dtype=np.int64)
    ranks[kept[NUMBER].to_numpy()[place <= most]] = place[place <= most]
    return pa.array(ranks, mask=ranks == 0)


def _priority(proposed: pa.Table, as_of: int) -> Floats:
    wait = proposed["due"].to_numpy() - as_of
    effect = proposed["effect"].to_numpy(zero_copy_only=False)
    return np.asarray(np.round(effect * 2.0 ** (-wait / HALVED_EVERY), 4))


BY_PRIORITY: Final = [("priority", "descending")]
THEN: Final = [*BY_PRIORITY, ("due", "ascending"), ("action", "ascending"), ("why", "ascending")]
"""Arrow sorts what has no figure to the end."""


def _best(table: pa.Table, kind: str, most: int) -> pa.Table:
    """The first few of each account and kind."""
    ordered = table.sort_by([("customer", "ascending"), (kind, "ascending"), *THEN])
    return ordered.filter(pa.array(_counted(begins(ordered, "customer", kind)) <= most))


def _counted(starts: Bools) -> Whole:
    """1, 2, 3 … from each start on."""
    first = np.flatnonzero(starts)
    return np.asarray(1 + np.arange(starts.size) - np.repeat(first, np.diff(np.append(first, starts.size))))


def _as_rows(table: pa.Table) -> pa.Table:
    said = {
        "action": words(ACTIONS, table["action"].to_numpy()),
        "aim": words(AIMS, table["aim"].to_numpy()),
        "basis": words(BASES, table["basis"].to_numpy()),
    }
    names = ("customer", "rank", "open_rank", "action", "aim", "why", "due", "effect", "basis", "priority", "guarded")
    return pa.table({name: said.get(name, table[name]) for name in names})


def _figures(rows: pa.Table, as_of: int) -> dict[str, float | int | None]:
    rows = rows.filter(pc.is_valid(rows["rank"]))
    due = rows["due"].to_numpy()
    of_action = {str(action): int(pc.sum(pc.equal(rows["action"], str(action))).as_py() or 0) for action in ACTIONS}
    return {
        "actions": len(rows),
        "accounts": int(pc.sum(pc.equal(rows["rank"], 1)).as_py() or 0),
        "due_this_week": int((due <= as_of + A_WEEK).sum()),
        **of_action,
    }


def _headline(found: Mapping[str, float | int | None]) -> Message:
    if not found["actions"]:
        return Message(_("No finding calls for an action now"))
    said = {name: Count(found[name] or 0) for name in ("actions", "accounts", "due_this_week")}
    return Message(
        _(
            "{actions} {actions:action|actions} for {accounts} {accounts:account|accounts}; {due_this_week} due "
            "within a week"
        ),
        said,
    )


def _warnings(absent: list[str], sources: int, book: Book) -> list[Message]:
    said = [Message(_("What such actions really brought is not measured yet: an effect 'at most' is the whole amount"))]
    if not book.margins.known:
        said.append(Message(_("No costs are known: effects are counted in sales, not in margin")))
    if absent:
        text = _("{n} of {all} findings are not there and propose nothing: {names}")
        said.append(Message(text, {"n": Count(len(absent)), "all": Count(sources), "names": Names(absent)}))
    return said
