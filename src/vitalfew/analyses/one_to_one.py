"""Each account in words: what is going on, why we think so, and what to do next.

A page that puts together what the other analyses found about one account. Every sentence comes from one of them and names its
figures, with the interval where the estimate has one; where an analysis is silent, so is the page.

    summary        how purchases run, the most pressing reason to act, and the action with its day
    for_all        the same without what is confidential
    development    course of twelve months, change of level, next month
    value          tier, share of our sales, lifetime value, spend with others
    behaviour      kind of cooperation and usual gap, what is unusual, the largest gap in its products
    contribution   from sales to contribution, a loss and what would turn it
    satisfaction   its opinion of us, loyalty, the competitor that gives it more, open complaints
    risk           chance that it buys no more and what shows it, what it owes
    cause          why it leaves, as the evidence says and as it says itself
    relationship   whom we know, on whom it hangs, levels where nobody is known
    service        delivery as promised, and whether it is served worse than large accounts
    intelligence   what is known of it beside the figures, with grade and day: the three best graded pieces that hold

`for_all` speaks only of what everybody may see who may see the account; summary, value, contribution and cause are for those who
may see margins. The words are put together by rule from the figures: nothing is added to them, and nothing is weighed against
anything else but in the order of `next-actions`. What is known is given as ``account_intelligence`` (customer, statement, grade,
known_on; place, valid_until); without that table the aspect is not counted among the silent ones.

    risk .12 (.05 to .22)   →   The risk that it buys no more is 12 % (5 % to 22 %).

Reiter, E. & Dale, R. (2000). Building Natural Language Generation Systems. Cambridge University Press.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Column, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Figure, Message, Number
from vitalfew.panels import Panel, handed_over, in_order
from vitalfew.phrases import (
    Sentences,
    behaviour,
    column,
    contribution,
    development,
    intelligence,
    relationship,
    risk,
    satisfaction,
)
from vitalfew.phrases import service as served
from vitalfew.phrases import value as valued
from vitalfew.sentences import days, kept, labels, opened, told
from vitalfew.terms import Aspect, Group, NextAction, Unit
from vitalfew.terms import gettext_noop as _

SAYS: Final = {
    Aspect.DEVELOPMENT: _("How purchases run, and what is to come"),
    Aspect.VALUE: _("What it is worth, and what it spends with others"),
    Aspect.BEHAVIOUR: _("How it buys, and what is unusual"),
    Aspect.CONTRIBUTION: _("What is left of its sales"),
    Aspect.SATISFACTION: _("What it thinks of us and complains of"),
    Aspect.RISK: _("Whether it leaves, and whether it pays"),
    Aspect.CAUSE: _("Why it leaves"),
    Aspect.RELATIONSHIP: _("Whom we know there, and on whom it hangs"),
    Aspect.SERVICE: _("How we serve it"),
    Aspect.INTELLIGENCE: _("What is known beside the figures, from whom it can be told by its grade"),
}


@analysis(
    group=Group.ONE_TO_ONE,
    title=_("One-to-one"),
    question=_("What is going on with each account, why do we think so, and what do we do next?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("summary", Unit.SENTENCES, _("In short"), _("Course, the most pressing reason, the next action")),
        Column("for_all", Unit.SENTENCES, _("In short, for all"), _("The same, without what is confidential")),
        *(Column(each.value, Unit.SENTENCES, each.label, says) for each, says in SAYS.items()),
        Column("silent", Unit.COUNT, _("Nothing to say on"), _("Of these aspects; of intelligence where any is kept")),
    ),
    source="Reiter & Dale (2000)",
)
def one_to_one(  # noqa: PLR0917  (each analysis that has something to say is an input)
    account_months: Frame,
    trend: Frame | None = None,
    forecast: Frame | None = None,
    pareto: Frame | None = None,
    tiers: Frame | None = None,
    lifetime: Frame | None = None,
    wallet_share: Frame | None = None,
    cooperation: Frame | None = None,
    anomalies: Frame | None = None,
    product_mix: Frame | None = None,
    yearly_contribution: Frame | None = None,
    negative_assets: Frame | None = None,
    relationship_quality: Frame | None = None,
    loyalty: Frame | None = None,
    delivered_value: Frame | None = None,
    complaints: Frame | None = None,
    churn: Frame | None = None,
    credit_watch: Frame | None = None,
    churn_causes: Frame | None = None,
    coverage: Frame | None = None,
    single_thread: Frame | None = None,
    fairness: Frame | None = None,
    next_actions: Frame | None = None,
    account_intelligence: Frame | None = None,
    *,
    as_of: int,
    currency: str,
) -> Findings:
    page = _Page(_everybody(account_months))
    course = page.of(trend, lambda rows: development.course(rows, currency))
    said: dict[str, list[Sentences]] = {
        "summary": _in_short(page, course, next_actions, "rank"),
        "for_all": _in_short(page, course, next_actions, "open_rank"),
        "development": [*course, *page.of(forecast, lambda rows: [development.outlook(rows, currency)], "period")],
        "value": _value(page, (tiers, pareto, lifetime, wallet_share), currency),
        "behaviour": _behaviour(page, (cooperation, anomalies, product_mix), currency),
        "contribution": _contribution(page, (yearly_contribution, negative_assets), currency),
        "satisfaction": _satisfaction(page, (relationship_quality, loyalty, delivered_value), complaints, as_of),
        "risk": _risk(page, (churn, credit_watch), currency),
        "cause": page.of(churn_causes, risk.cause),
        "relationship": _relationship(page, coverage, single_thread),
        "service": page.of(fairness, lambda rows: [served.on_time(rows), served.neglected(rows)]),
        "intelligence": page.rows(_heard(account_intelligence, as_of), intelligence.known),
    }
    asked = [each for each in Aspect if each is not Aspect.INTELLIGENCE or account_intelligence is not None]
    rows = page.table(said, asked)
    return Findings(rows, _figures(rows), _headline(rows, len(asked)))


Phrase = Callable[[Panel], Iterable[Sentences]]


@dataclass(frozen=True)
class _Page:
    """The accounts, and the sentences of each in their order."""

    codes: pa.Array

    def of(self, frame: Frame | None, phrase: Phrase, *then: str) -> list[Sentences]:
        """What a result says of each account; nothing where it isn't there."""
        return self.rows(None if frame is None else Panel.of(frame, *then), phrase)

    def rows(self, panel: Panel | None, phrase: Phrase) -> list[Sentences]:
        return [] if panel is None else [self._placed(panel.codes, each) for each in phrase(panel)]

    def _placed(self, codes: pa.Array, sentences: Sentences) -> Sentences:
        """Each account's sentence: of several rows the first that has one."""
        spoken = pc.is_valid(sentences)
        place = in_order(self.codes, codes.filter(spoken))
        return sentences.filter(spoken).take(pa.array(place, mask=place < 0))

    def table(self, said: Mapping[str, list[Sentences]], asked: Iterable[Aspect]) -> pa.Table:
        nothing = pa.nulls(len(self.codes), pa.string())
        columns: dict[str, Any] = {name: kept(*sentences) if sentences else nothing for name, sentences in said.items()}
        silent = np.sum([pc.is_null(columns[name]).to_numpy(zero_copy_only=False) for name in asked], axis=0)
        return pa.table({"customer": self.codes, **columns, "silent": pa.array(silent.astype(np.int64))})


def _everybody(account_months: Frame) -> pa.Array:
    everybody = Panel.of(account_months.select("customer").unique()).codes
    if not len(everybody):
        raise Refusal(Message(_("No orders yet")))
    return everybody


Found = Frame | None


def _value(page: _Page, found: tuple[Found, Found, Found, Found], currency: str) -> list[Sentences]:
    tiers, pareto, lifetime, wallet_share = found
    return [
        *page.of(tiers, lambda rows: [valued.tier(rows)]),
        *page.of(pareto, valued.place),
        *page.of(lifetime, lambda rows: [valued.worth(rows, currency)]),
        *page.of(wallet_share, lambda rows: valued.wallet(rows, currency)),
    ]


def _behaviour(page: _Page, found: tuple[Found, Found, Found], currency: str) -> list[Sentences]:
    cooperation, anomalies, product_mix = found
    return [
        *page.of(cooperation, behaviour.rhythm),
        *page.of(anomalies, lambda rows: behaviour.unusual(rows, currency), "kind"),
        *page.of(product_mix, lambda rows: behaviour.gap(rows, currency), "category"),
    ]


def _contribution(page: _Page, found: tuple[Found, Found], currency: str) -> list[Sentences]:
    yearly, negative_assets = found
    return [
        *page.of(yearly, lambda rows: [contribution.earned(rows, currency)]),
        *page.of(negative_assets, lambda rows: contribution.way_out(rows, currency)),
    ]


def _satisfaction(page: _Page, found: tuple[Found, Found, Found], complaints: Found, as_of: int) -> list[Sentences]:
    quality, loyalty, delivered_value = found
    return [
        *page.of(quality, lambda rows: [satisfaction.opinion(rows)]),
        *page.of(loyalty, lambda rows: satisfaction.loyalty(rows).values()),
        *page.of(delivered_value, satisfaction.rivals, "competitor"),
        *page.rows(_waiting(complaints, as_of), satisfaction.open_complaints),
    ]


def _risk(page: _Page, found: tuple[Found, Found], currency: str) -> list[Sentences]:
    churn, credit_watch = found
    return [
        *page.of(churn, lambda rows: [risk.leaving(rows), *risk.sign(rows)]),
        *page.of(credit_watch, lambda rows: risk.owing(rows, currency)),
    ]


def _relationship(page: _Page, coverage: Found, single_thread: Found) -> list[Sentences]:
    return [
        *page.of(coverage, lambda rows: [relationship.known(rows)]),
        *page.of(single_thread, lambda rows: [*relationship.dependence(rows), relationship.gone(rows)]),
        *page.of(coverage, relationship.missing),
    ]


def _waiting(complaints: Frame | None, as_of: int) -> Panel | None:
    return None if complaints is None else satisfaction.waiting(complaints, as_of)


def _heard(account_intelligence: Frame | None, as_of: int) -> Panel | None:
    if account_intelligence is None:
        return None
    table = handed_over(account_intelligence, intelligence.TABLE, intelligence.NEEDED, intelligence.MORE)
    return intelligence.holding(table, as_of)


def _in_short(page: _Page, course: list[Sentences], next_actions: Frame | None, place: str) -> list[Sentences]:
    """The course of its purchases, and the first action that has a place for a kind of reader."""
    ranked = None if next_actions is None else next_actions.filter(~nw.col(place).is_null())
    return [*course[:-1], *_unless_said(page.of(ranked, _advice, place), course)]


def _advice(actions: Panel) -> list[Sentences]:
    """The reason of an action, and the action with its day."""
    action = labels(NextAction, column(actions, "action"))
    text = _("Next: {action}, by {day}.")
    return [opened(column(actions, "why")), told(text, action=action, day=days(actions.floats("due")))]


def _unless_said(advice: list[Sentences], course: list[Sentences]) -> list[Sentences]:
    """Without the reason where the course of its purchases is the reason."""
    if not advice:
        return []
    reason, action = advice
    for sentence in course:
        reason = pc.if_else(pc.equal(reason, sentence).fill_null(False), None, reason)
    return [reason, action]


def _figures(rows: pa.Table) -> dict[str, int]:
    said = {f"with_{name}": len(rows) - rows[name].null_count for name in Aspect}
    return {"accounts": len(rows), **said}


def _headline(rows: pa.Table, asked: int) -> Message:
    silent = float(pc.mean(rows["silent"]).as_py() or 0.0)
    said: dict[str, Figure] = {
        "n": Count(len(rows)),
        "aspects": Number(asked - silent, 1),
        "all": Count(asked),
    }
    return Message(
        _(
            "{n} {n:account|accounts} put into words; on average there is something to say about {aspects} of {all} "
            "aspects"
        ),
        said,
    )
