"""Who rose and who fell between tiers since the last quarter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from vitalfew.batches import batched
from vitalfew.catalogue import Refusal
from vitalfew.language import Count, Day, Message
from vitalfew.panels import Whole
from vitalfew.terms import Tier
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh, RefreshState, Scorecard
from vitalfew.warehouse.run import day_number

LADDER: Final = (Tier.BZ, Tier.MIGRATE, Tier.UNKNOWN, Tier.OTHER, Tier.MGC, Tier.MVC)
STEPS: Final = np.array([0, 1, 2, 2, 3, 4])
"""How high a tier stands; of unknown growth and other are one step, for nothing rises by becoming known."""
QUARTER: Final = timedelta(days=80)
LISTED, BATCH = 40, 5000


@dataclass(frozen=True)
class Movement:
    """Since when, how many accounts went from which tier to which, how many rose and fell, and the largest of these."""

    since: date
    counts: Whole
    rose: int
    fell: int
    risen: list[str]
    fallen: list[str]

    @classmethod
    def restored(cls, plain: Mapping[str, Any]) -> Self:
        since, counts = date.fromisoformat(plain["since"]), np.array(plain["counts"], dtype=np.int64)
        return cls(since, counts, plain["rose"], plain["fell"], plain["risen"], plain["fallen"])

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return {**vars(self), "since": self.since.isoformat(), "counts": self.counts.tolist()}

    @property
    def sentence(self) -> Message:
        text = _(
            "Since {day} the figures put {rose} {rose:account|accounts} in a higher tier and {fell} in a lower one"
        )
        return Message(text, {"day": Day(day_number(self.since)), "rose": Count(self.rose), "fell": Count(self.fell)})

    @property
    def rows(self) -> list[tuple[Tier, list[int]]]:
        """From which tier (the highest first) how many went to each, in the same order."""
        highest = [len(LADDER) - 1 - place for place in range(len(LADDER))]
        return [
            (LADDER[one], [int(self.counts[one, to]) for to in highest]) for one in highest if self.counts[one].any()
        ]

    @property
    def heads(self) -> list[Tier]:
        return list(reversed(LADDER))


def before(refresh: Refresh) -> Refresh | None:
    """The latest refresh that is a quarter older, where there is one."""
    older = Refresh.objects.filter(state=RefreshState.DONE, as_of__lte=refresh.as_of - QUARTER)
    return older.defer("summaries", "done_steps").order_by("-as_of", "-id").first()


def movement(earlier: Refresh, refresh: Refresh) -> Movement | None:
    """The movement between two refreshes that know tiers."""
    try:
        return _between(earlier, refresh)
    except Refusal:
        return None


def _between(earlier: Refresh, after: Refresh) -> Movement:
    old, new = (scorecards.result(settings.HOME, each, "tiers").table for each in (earlier, after))
    both = new.select(["customer", "tier"]).join(
        old.select(["customer", "tier"]).rename_columns(["customer", "old"]), "customer", join_type="inner"
    )
    both = both.sort_by("customer")
    one, to = _places(both["old"]), _places(both["tier"])
    counts = np.zeros((len(LADDER), len(LADDER)), dtype=np.int64)
    np.add.at(counts, (one, to), 1)
    by = STEPS[to] - STEPS[one]
    rose, fell = _codes(both, by > 0), _codes(both, by < 0)
    return Movement(earlier.as_of, counts, len(rose), len(fell), _largest(after, rose), _largest(after, fell))


def _places(tiers: pa.ChunkedArray) -> Whole:
    places = pc.index_in(tiers.cast(pa.string()), value_set=pa.array([tier.value for tier in LADDER]))
    return np.asarray(places.to_numpy(), dtype=np.int64)


def _codes(rows: pa.Table, which: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[str]:
    codes: list[str] = rows["customer"].filter(pa.array(which)).to_pylist()
    return codes


def _largest(refresh: Refresh, codes: list[str]) -> list[str]:
    """The largest of these accounts."""
    cards = Scorecard.objects.filter(refresh=refresh, revenue_12m__isnull=False)
    some = (
        cards.filter(customer__in=part).order_by("-revenue_12m", "customer")[:LISTED] for part in batched(codes, BATCH)
    )
    found = [each for part in some for each in part.values_list("revenue_12m", "customer")]
    return [code for _revenue, code in sorted(found, key=lambda each: (-(each[0] or 0.0), each[1]))[:LISTED]]
