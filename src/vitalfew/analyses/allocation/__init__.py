"""Who gets how much of what is short, and what that costs whom.

What accounts will need is set against stock, what is on order, and, where given, what can still be made. Claims are served in
this order, each step as far as it goes in all periods together before the next:

    1  contract minimums (the optional table ``commitments``)
    2  a guaranteed part of every account's need, so that small ones are not neglected (``floor``)
    3  tier after tier: most valuable, most growable, growth unknown, others, to be turned, below zero

Within a step accounts are treated alike, max-min fairly: nobody gets less so that another, who has more already, gets more.
With ``rule`` weights the tiers of step 3 are served at once, each account up to its tier's weight times a common level
(``tier_weights``): the first get more, and the last are not left with nothing.

    demands 10, 10, 10 of 15, weights 3 : 2 : 1   →   7.5, 5, 2.5

What a higher step needs later is kept for it; stock not given carries over; a need not met in its period is lost.

``equal_share`` is what the account would get if all were one tier; ``moved`` is the difference, in money at the usual
price: what priority gives to some it takes from others, and both are shown. ``fairness`` is Jain's index of the shares served (1:
all alike).

    stock 10 of a product, needs 2, 2.6, 4, 5, one tier, no floor   →   2, 2.6, 2.7, 2.7

Minimums that together exceed what there is can't all be kept: the products, periods and accounts concerned are named, and what
there is is shared among them. Optional inputs: ``commitments`` (customer, product, period, minimum), ``capacity`` (period,
quantity, and product where it is bound to one; without product any product can be made of it), ``packs`` (product, pack).
Periods are days, the first of the month or week as in the demand.

Luss, H. (1999). Operations Research 47(3). Keshav, S. (1997). An Engineering Approach to Computer Networking. Jain, Chiu & Hawe
(1984). DEC-TR-301.
"""

from functools import cached_property
from typing import Final, Literal

import numpy as np
import pyarrow as pa

from vitalfew.analyses.allocation.needs import (
    RANKS,
    Needs,
    capacity_of,
    packs_of,
    prices_of,
    rows_of,
    supply_of,
    weights_of,
)
from vitalfew.catalogue import Choice, Column, Findings, Frame, Refusal, analysis
from vitalfew.language import Accounts, Count, Message, Money, Percent
from vitalfew.maths.maxmin import jain, whole_packs
from vitalfew.maths.rationing import among_claims, layered, shared
from vitalfew.panels import Floats, Whole, figure, figures, words
from vitalfew.terms import Group, Tier, Unit
from vitalfew.terms import gettext_noop as _

NAMED: Final = 5
"""So many promises that collide are named; the rest is counted."""


@analysis(
    group=Group.SUPPLY,
    title=_("Allocation"),
    question=_("Who gets how much of what is short, and what does that cost whom?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("product", Unit.TEXT, _("Product"), _("Product code")),
        Column("period", Unit.DAY, _("Period"), _("First day of the month or week")),
        Column("tier", Unit.WORD, _("Tier"), _("The account's tier, which sets its turn"), Tier),
        Column("need", Unit.NUMBER, _("Need"), _("Quantity the account is expected to need")),
        Column("committed", Unit.NUMBER, _("Minimum"), _("Quantity promised by contract")),
        Column("allocated", Unit.NUMBER, _("Allocated"), _("Quantity the account gets")),
        Column("short", Unit.NUMBER, _("Short"), _("Need not met")),
        Column("equal_share", Unit.NUMBER, _("Equal share"), _("What it would get if all accounts were one tier")),
        Column("moved", Unit.MONEY, _("By priority"), _("Worth of what priority gives (+) or takes (−)")),
    ),
    choices={
        "periods": Choice(_("Periods shared out"), least=1, most=52),
        "floor": Choice(_("Part of every need served first"), most=1),
        "reserve": Choice(_("Part of the stock kept back"), most=1),
        "rule": Choice(
            _("Rule"), {"tiers": _("Tier after tier"), "weights": _("All at once, by weights of the tiers")}
        ),
        "tier_weights": Choice(_("Weights of the tiers, in their order")),
    },
    per_account=False,
    source="Luss (1999); Keshav (1997); Jain, Chiu & Hawe (1984)",
    ranked=("short", "descending"),
)
def allocation(  # noqa: PLR0917  (its inputs, by position)
    demand: Frame,
    stock: Frame,
    tiers: Frame | None = None,
    order_lines: Frame | None = None,
    commitments: Frame | None = None,
    capacity: Frame | None = None,
    packs: Frame | None = None,
    *,
    currency: str,
    periods: int = 1,
    floor: float = 0.3,
    reserve: float = 0.0,
    rule: Literal["tiers", "weights"] = "tiers",
    tier_weights: str = "6, 5, 4, 3, 2, 1",
) -> Findings:
    needs = Needs.of(demand, periods, rows_of(commitments), rows_of(tiers))
    if not needs.claims.sum() > 0:
        raise Refusal(Message(_("No account is expected to need anything: there is nothing to share out")))
    supply = supply_of(stock, needs, reserve)
    plan = Plan(
        needs,
        supply,
        capacity_of(rows_of(capacity), needs, supply),
        prices_of(order_lines, needs),
        floor,
        packs_of(packs, needs),
        weights_of(tier_weights)[needs.rank] if rule == "weights" else None,
    )
    return Findings(
        plan.rows(), plan.figures(), plan.headline(currency), plan.warnings(given=capacity is not None), plan.fit()
    )


class Plan:
    """What everybody gets, and would get without priority."""

    def __init__(  # noqa: PLR0917  (what a plan is made of)
        self,
        needs: Needs,
        supply: Floats,
        capacity: Floats,
        prices: Floats,
        floor: float,
        packs: Floats,
        weights: Floats | None,
    ) -> None:
        self.needs, self.supply, self.capacity, self.prices, self.packs = needs, supply, capacity, prices, packs
        guaranteed = np.maximum(floor * needs.claims - needs.promised, 0.0)
        rest = needs.claims - needs.promised - guaranteed
        turns = [np.where(needs.rank == rank, rest, 0.0) for rank in range(len(RANKS))] if weights is None else [rest]
        steps = self._given([needs.promised, guaranteed, *turns], weights)
        self.kept = steps[0]
        self.allocated = self._packed(np.sum(steps, axis=0))
        alike = self._given([needs.promised, guaranteed, rest])
        self.equal = self._packed(np.sum(alike, axis=0))

    def _given(self, steps: list[Floats], weights: Floats | None = None) -> list[Floats]:
        """Within a step all are alike, but for the last one where tiers have weights."""
        asked = [step.sum(axis=2) for step in steps]
        if self.capacity.any():
            weight = np.nan_to_num(
                self.prices, nan=float(np.nanmean(self.prices)) if np.isfinite(self.prices).any() else 1.0
            )
            amounts = shared(asked, self.supply, self.capacity, np.maximum(weight, 1e-9))
        else:
            amounts = layered(asked, self.supply)
        last = len(steps) - 1
        return [
            among_claims(step, amount, weights if place == last else None)
            for place, (step, amount) in enumerate(zip(steps, amounts, strict=True))
        ]

    def _packed(self, shares: Floats) -> Floats:
        for product in np.flatnonzero(self.packs > 0):
            shares[product] = whole_packs(shares[product], self.needs.claims[product], float(self.packs[product]))
        return shares

    @cached_property
    def moved(self) -> Floats:
        """Worth of what priority gives or takes."""
        return np.asarray((self.allocated - self.equal) * self.prices[:, None, None])

    @cached_property
    def _cells(self) -> tuple[Whole, Whole, Whole]:
        """The accounts' needs in the order of account, product, period."""
        account, product, period = np.nonzero((self.needs.claims > 0).transpose(2, 0, 1))
        return account, product, period

    def rows(self) -> pa.Table:
        needs = self.needs
        account, product, period = self._cells
        at = (product, period, account)
        columns = {
            "need": needs.claims,
            "committed": needs.promised,
            "allocated": self.allocated,
            "short": np.maximum(needs.claims - self.allocated, 0.0),
            "equal_share": self.equal,
            "moved": self.moved,
        }
        return pa.table(
            {
                "customer": pa.array(needs.accounts, pa.string()).take(pa.array(account)),
                "product": pa.array(needs.products, pa.string()).take(pa.array(product)),
                "period": pa.array(np.array(needs.days, dtype=np.int64)[period]),
                "tier": words(RANKS, needs.rank[account]),
                **{name: figures(np.round(values[at], 4) + 0.0) for name, values in columns.items()},
            }
        )

    @property
    def served(self) -> Floats:
        """The part of each account's need that is met."""
        need = self.needs.claims.sum(axis=(0, 1))
        return np.asarray(self.allocated.sum(axis=(0, 1))[need > 0] / need[need > 0])

    @property
    def _short(self) -> Floats:
        return np.maximum(self.needs.claims - self.allocated, 0.0)

    def figures(self) -> dict[str, float | int | None]:
        moved = np.nansum(self.moved, axis=(0, 1))
        return {
            "accounts": len(self.needs.accounts),
            "products": len(self.needs.products),
            "need": float(self.needs.claims.sum()),
            "allocated": float(self.allocated.sum()),
            "served": figure(self.allocated.sum() / self.needs.claims.sum()),
            "products_short": int((self._short.sum(axis=(1, 2)) > _NOTHING).sum()),
            "short_money": figure(np.nansum(self._short * self.prices[:, None, None])),
            "moved_money": figure(np.maximum(moved, 0.0).sum()),
            "gaining": int((moved > _NOTHING).sum()),
            "losing": int((moved < -_NOTHING).sum()),
            "fairness": figure(jain(self.served)),
            "fairness_without_priority": figure(jain(self._served_alike)),
            "promises_broken": int((self.needs.promised - self.kept > _NOTHING).sum()),
        }

    @property
    def _served_alike(self) -> Floats:
        need = self.needs.claims.sum(axis=(0, 1))
        return np.asarray(self.equal.sum(axis=(0, 1))[need > 0] / need[need > 0])

    def fit(self) -> dict[str, object]:
        """By tier: what part of its need it gets, and what priority moves to it."""
        found = {}
        for rank, tier in enumerate(RANKS):
            mine = self.needs.rank == rank
            need = self.needs.claims[:, :, mine].sum()
            if need > 0:
                moved = figure(np.nansum(self.moved[:, :, mine]))
                found[str(tier)] = {"served": self.allocated[:, :, mine].sum() / need, "moved": moved}
        return {"tiers": found}

    def headline(self, currency: str) -> Message:
        found = self.figures()
        if not found["products_short"]:
            return Message(_("There is enough of everything that accounts are expected to need"))
        return Message(
            _(
                "{served} of all need can be met; priority gives {money} to {gaining} {gaining:account|accounts} "
                "and takes it from {losing}"
            ),
            {
                "served": Percent(found["served"] or 0.0),
                "money": Money(found["moved_money"] or 0.0, currency),
                "gaining": Count(found["gaining"] or 0),
                "losing": Count(found["losing"] or 0),
            },
        )

    def warnings(self, *, given: bool) -> list[Message]:
        said = self.collisions()
        if not given:
            said.append(
                Message(_("Only stock on hand and on order is shared out: what can still be made was not given"))
            )
        if unknown := int((~np.isfinite(self.prices)).sum()):
            said.append(
                Message(
                    _("{n} {n:product has|products have} no known price: what priority moves of them is not in money"),
                    {"n": Count(unknown)},
                )
            )
        return said

    def collisions(self) -> list[Message]:
        """Which promises can't be kept, product by product and period by period."""
        missing = self.needs.promised - self.kept
        said = []
        for product, period in np.argwhere(missing.sum(axis=2) > _NOTHING)[:NAMED]:
            places = np.flatnonzero(self.needs.promised[product, period])[:NAMED]
            text = _(
                "The minimums of {product} from {day} collide: {missing} of {promised} are missing. Promised to: {who}"
            )
            figures_said = {
                "product": self.needs.products[product],
                "day": str(np.datetime64(self.needs.days[period], "D")),
                "missing": Count(missing[product, period].sum()),
                "promised": Count(self.needs.promised[product, period].sum()),
                "who": Accounts([self.needs.accounts[place] for place in places]),
            }
            said.append(Message(text, figures_said))
        if (more := int((missing.sum(axis=2) > _NOTHING).sum()) - NAMED) > 0:
            said.append(Message(_("Minimums collide in {n} more products and periods"), {"n": Count(more)}))
        return said


_NOTHING: Final = 1e-6
