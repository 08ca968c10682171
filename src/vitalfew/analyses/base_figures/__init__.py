"""Which rules of thumb of key account management hold in our own data, and the company's base figures beside them.

Each rule is a card: the claim, what our data say with interval and number, a verdict, what research says, and what would
make the answer surer. The verdict goes by the 95 % interval alone:

    holds here           the whole interval lies at or beyond the claimed figure (for a direction: beyond zero)
    does not hold here   the whole interval lies on the other side
    cannot be told yet   the interval holds the figure, or the data are missing

    the first fifth of 300 accounts makes 67 % of sales, from 62 % to 72 %  →  claimed 80 %: does not hold here

What is measured: the share of the first fifth; serving an account kept against winning one; the worth of an account,
r/(1 + i − r), at r and at r + .05; success with existing and new customers; recommendations a satisfied account; rank
correlation of the length of a relation and what is left of its sales after service, lost accounts included; days with visits of
executives; complaints of dissatisfied accounts; causes of losses; late lines before and after data are exchanged, against other
accounts; loyal accounts against others; complaints closed quickly against others; correlations of satisfaction, trust and
commitment; risk of neglected small accounts; the largest account's share of sales.

Two tables may be given: ``opportunities`` (kind: new or existing, won: 1 or 0) and ``touches`` (customer, touched_on, channel,
our_person, our_level). Verdicts need twenty cases; fifteen at once may err once by chance. What goes together need not cause one
another, and what holds for others need not hold here.

The claims are told in: 000 Cai, T. (2015); 001 on customer relationship management (2013); 002 on running a key account
department (2001); 003 on methods of key account management; 004 Jia, C. (2007). Reichheld, F. F. & Sasser, W. E. (1990). HBR
68(5). Reinartz, W. J. & Kumar, V. (2000). J. Marketing 64(4). Wilson, E. B. (1927). Newcombe, R. G. (1998). Welch, B. L. (1947).
Garwood, F. (1936). Bonett, D. G. & Wright, T. A. (2000).
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

import narwhals as nw
import numpy as np
import pyarrow as pa

from vitalfew.analyses.base_figures.cards import UNKNOWN, Book, Card
from vitalfew.analyses.base_figures.claims import PAPERS, Claim, ClaimVerdict
from vitalfew.analyses.base_figures.people import (
    chain,
    complaints_of_the_dissatisfied,
    eight_deals,
    favouring,
    four_benefits,
    handling,
    own_fault,
    third_of_time,
)
from vitalfew.analyses.base_figures.trade import five_points, keeping, length, one_account, success, two_way, vital_few
from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message
from vitalfew.panels import MONTHS_A_YEAR, figure, figures, last_whole_month
from vitalfew.terms import Group, Unit
from vitalfew.terms import gettext_noop as _

CHECKS: Final[Mapping[Claim, Callable[[Book], Card | None]]] = {
    Claim.VITAL_FEW: vital_few,
    Claim.KEEPING: keeping,
    Claim.FIVE_POINTS: five_points,
    Claim.SUCCESS: success,
    Claim.EIGHT_DEALS: eight_deals,
    Claim.LENGTH: length,
    Claim.THIRD_OF_TIME: third_of_time,
    Claim.COMPLAINTS: complaints_of_the_dissatisfied,
    Claim.OWN_FAULT: own_fault,
    Claim.TWO_WAY: two_way,
    Claim.FOUR_BENEFITS: four_benefits,
    Claim.HANDLING: handling,
    Claim.CHAIN: chain,
    Claim.FAVOURING: favouring,
    Claim.ONE_ACCOUNT: one_account,
}


@analysis(
    group=Group.EQUITY,
    title=_("Base figures and rules of thumb"),
    question=_("Which rules of thumb of key account management hold in our own data?"),
    columns=(
        Column("number", Unit.COUNT, _("No."), _("Number of the rule")),
        Column("claim", Unit.WORD, _("Rule of thumb"), _("What is said"), Claim),
        Column("verdict", Unit.WORD, _("In our data"), _("Whether it holds here, by the 95 % interval"), ClaimVerdict),
        Column("own", Unit.SENTENCES, _("Our figures"), _("What our own data say")),
        Column("n", Unit.COUNT, _("Cases"), _("On how many accounts or cases it rests")),
        Column("research", Unit.SENTENCES, _("Research"), _("What is known of the rule, and how it is misread")),
        Column("improve", Unit.SENTENCES, _("Surer by"), _("What data would make the answer surer")),
        Column("figure", Unit.NUMBER, _("Figure"), _("Our own figure, shares as fractions")),
        Column("low", Unit.NUMBER, _("from"), _("Lower end of the 95 % interval")),
        Column("high", Unit.NUMBER, _("to"), _("Upper end of the 95 % interval")),
        Column("told_in", Unit.SENTENCES, _("Told in"), _("The papers that tell it")),
    ),
    choices={
        "acquisition_cost": Choice(_("Cost of winning an account (0: not known)")),
        "discount_rate": Choice(_("Discount rate a year"), least=0.001, most=10),
    },
    drawing=Drawing("bars", "number", "verdict"),
    per_account=False,
    source="Reichheld & Sasser (1990); Reinartz & Kumar (2000); Wilson (1927); Newcombe (1998)",
)
def base_figures(  # noqa: PLR0917  (each is an input)
    account_months: Frame,
    yearly_contribution: Frame | None = None,
    contribution: Frame | None = None,
    retention: Frame | None = None,
    purchase_days: Frame | None = None,
    service_costs: Frame | None = None,
    churn: Frame | None = None,
    churn_causes: Frame | None = None,
    fairness: Frame | None = None,
    loyalty: Frame | None = None,
    relationship_quality: Frame | None = None,
    complaint_effect: Frame | None = None,
    complaints: Frame | None = None,
    referrals: Frame | None = None,
    order_lines: Frame | None = None,
    sell_out: Frame | None = None,
    wallet_share: Frame | None = None,
    touches: Frame | None = None,
    opportunities: Frame | None = None,
    *,
    as_of: int,
    currency: str,
    acquisition_cost: float = 0.0,
    discount_rate: float = 0.1,
) -> Findings:
    given = {
        "account_months": account_months, "yearly_contribution": yearly_contribution, "contribution": contribution,
        "retention": retention, "purchase_days": purchase_days, "service_costs": service_costs, "churn": churn,
        "churn_causes": churn_causes, "fairness": fairness, "loyalty": loyalty,
        "relationship_quality": relationship_quality, "complaint_effect": complaint_effect, "complaints": complaints,
        "referrals": referrals, "order_lines": order_lines, "sell_out": sell_out, "wallet_share": wallet_share,
        "touches": touches, "opportunities": opportunities,
    }  # fmt: skip
    named = {name: frame for name, frame in given.items() if frame is not None}
    if yearly_contribution is not None:
        named["yearly_contribution"] = yearly_contribution.filter(
            nw.col("revenue") != 0
        )  # claims are of those who bought
    book = Book(named, as_of, currency, acquisition_cost, discount_rate)
    sold = _sold(account_months, last_whole_month(as_of))
    cards = [CHECKS[claim](book) or UNKNOWN for claim in Claim]
    found = {**_counts(cards), **_base(book, sold)}
    return Findings(_table(cards), found, _headline(found), _warnings())


def _sold(account_months: Frame, last: int) -> tuple[float, float]:
    """Net sales of the last twelve whole months and of the twelve before."""
    yearly = account_months.with_columns(year=(last - nw.col("month")) // MONTHS_A_YEAR).group_by("year")
    rows = yearly.agg(nw.col("amount").sum().round(4)).collect("pyarrow").to_native().to_pylist()
    if not rows:
        raise Refusal(Message(_("No orders yet")))
    sums = {row["year"]: float(row["amount"]) for row in rows}
    return sums.get(0, 0.0), sums.get(1, 0.0)


def _base(book: Book, sold: tuple[float, float]) -> dict[str, float | None]:
    """The company's base figures: growth, retention, churn, satisfaction (0 to 1), share of wallet."""
    kept = book.latest_retention
    rate = None if kept is None else kept["logo_retention"]
    loyalty, wallet = book.panel("loyalty", "ours"), book.panel("wallet_share", "ours", "wallet", "share")
    marks = np.empty(0) if loyalty is None else loyalty.floats("ours")
    share = None
    if wallet is not None:
        told = np.isfinite(wallet.floats("share"))
        whole = float(wallet.floats("wallet")[told].sum())
        share = float(np.maximum(wallet.floats("ours")[told], 0).sum()) / whole if whole > 0 else None
    return {
        "net_sales_year": round(sold[0], 4),
        "growth": round(sold[0] / sold[1] - 1, 9) if sold[1] > 0 else None,
        "retention": rate,
        "churn": None if rate is None else 1 - rate,
        "net_revenue_retention": None if kept is None else kept["net_revenue_retention"],
        "satisfaction": figure(float(np.nanmean(marks))) if np.isfinite(marks).any() else None,
        "share_of_wallet": share,
    }


def _counts(cards: list[Card]) -> dict[str, int]:
    return {each.value: sum(card.verdict is each for card in cards) for each in ClaimVerdict}


def _said(sentences: list[Message]) -> pa.Array:
    return pa.array([_kept([each]) for each in sentences], type=pa.string())


def _kept(sentences: list[Message]) -> str:
    return json.dumps([each.stored() for each in sentences], ensure_ascii=False)


def _table(cards: list[Card]) -> pa.Table:
    claims = list(Claim)
    ends = np.array([card.estimate or (np.nan,) * 3 for card in cards], dtype=np.float64)
    return pa.table(
        {
            "number": pa.array(range(1, len(claims) + 1), type=pa.int64()),
            "claim": pa.array([claim.value for claim in claims]),
            "verdict": pa.array([card.verdict.value for card in cards]),
            "own": _said([card.own for card in cards]),
            "n": pa.array([card.n or None for card in cards], type=pa.int64()),
            "research": _said([Message(claim.research) for claim in claims]),
            "improve": _said([Message(claim.improve) for claim in claims]),
            **{name: figures(ends[:, place].round(6)) for place, name in enumerate(("figure", "low", "high"))},
            "told_in": pa.array(
                [_kept([Message(PAPERS[number]) for number in claim.told_in.split()]) for claim in claims]
            ),
        }
    )


def _headline(found: Mapping[str, Any]) -> Message:
    text = _(
        "Of {n} rules of thumb {supported} hold in our data, {not_supported} do not, and {cannot_tell} cannot be told yet"
    )
    counts = {each.value: Count(found[each.value]) for each in ClaimVerdict}
    return Message(text, {**counts, "n": Count(len(Claim))})


def _warnings() -> list[Message]:
    text = _(
        "Several rules are tested at once: one in twenty verdicts may be chance. What goes together need not cause one another"
    )
    return [Message(text)]
