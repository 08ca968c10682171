"""Who rose and who fell between tiers since the last quarter."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from vitalfew.catalogue import Refusal
from vitalfew.language import Count, Day, Message
from vitalfew.panels import Whole
from vitalfew.terms import Tier
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh, RefreshState
from vitalfew.warehouse.run import day_number

LADDER: Final = (Tier.BZ, Tier.MIGRATE, Tier.UNKNOWN, Tier.OTHER, Tier.MGC, Tier.MVC)
STEPS: Final = np.array([0, 1, 2, 2, 3, 4])
"""How high a tier stands; of unknown growth and other are one step, for nothing rises by becoming known."""
QUARTER: Final = timedelta(days=80)


@dataclass(frozen=True)
class Movement:
    """Since when, how many accounts went from which tier to which, and the codes of those that moved."""

    since: date
    counts: Whole
    rose: list[str]
    fell: list[str]

    @property
    def sentence(self) -> Message:
        text = _("Since {day} the figures put {rose} accounts in a higher tier and {fell} in a lower one")
        return Message(
            text,
            {"day": Day(day_number(self.since)), "rose": Count(len(self.rose)), "fell": Count(len(self.fell))},
        )

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


def movement(refresh: Refresh) -> Movement | None:
    """The movement since the latest refresh that is a quarter older, where there is one."""
    older = Refresh.objects.filter(state=RefreshState.DONE, as_of__lte=refresh.as_of - QUARTER)
    before = older.order_by("-as_of", "-id").first()
    try:
        return _between(before, refresh) if before else None
    except Refusal:
        return None


def _between(before: Refresh, after: Refresh) -> Movement:
    old, new = (scorecards.result(settings.HOME, each, "tiers").table for each in (before, after))
    both = new.select(["customer", "tier"]).join(
        old.select(["customer", "tier"]).rename_columns(["customer", "old"]), "customer", join_type="inner"
    )
    both = both.sort_by("customer")
    one, to = _places(both["old"]), _places(both["tier"])
    counts = np.zeros((len(LADDER), len(LADDER)), dtype=np.int64)
    np.add.at(counts, (one, to), 1)
    by = STEPS[to] - STEPS[one]
    return Movement(before.as_of, counts, _codes(both, by > 0), _codes(both, by < 0))


def _places(tiers: pa.ChunkedArray) -> Whole:
    places = pc.index_in(tiers.cast(pa.string()), value_set=pa.array([tier.value for tier in LADDER]))
    return np.asarray(places.to_numpy(), dtype=np.int64)


def _codes(rows: pa.Table, which: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[str]:
    codes: list[str] = rows["customer"].filter(pa.array(which)).to_pylist()
    return codes
