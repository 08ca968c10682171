"""What a campaign could show, told before it begins: from the past of its own accounts, with as many held out as it will have."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from vitalfew.accounts.models import Account
from vitalfew.campaigns.models import Campaign
from vitalfew.campaigns.reading import Days, bought, tops
from vitalfew.language import Count, Message, Money, Percent
from vitalfew.maths.foresight import foreseen
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.run import day_number

FEWEST: Final = 10
"""Groups a side without which the analysis gives no verdict."""
BEFORE: Final = 365
"""Days before, by which the comparison is sharpened."""
SHARPENED: Final = 0.95
"""Above such a part of the variance left, setting it against the past is not worth a word."""
NO_DATA: Final = Message(_("Nothing has been imported and computed yet: what it could show is told from the orders"))
NOTHING_SEEN: Final = _("Cannot be told: too few of these accounts bought anything in as many days before")
SEEN: Final = _(
    "With {n} {n:account|accounts}, {out} of them held out, you would see only effects above {share} ({least} an account)"
)
SHARPER: Final = _("Set against what each bought before, the comparison is sharper: without that it would be {share}")
ENOUGH: Final = _("A lift of {worth}, from which on it is worth it, would be seen")
TOO_FEW: Final = _(
    "A lift of {worth} takes {n} accounts on either side: choose more accounts, or more days, or aim higher"
)
NO_VERDICT: Final = _(
    "{n} would be held out. With fewer than {fewest} on either side no verdict is given: hold out more, or choose more accounts"
)


@dataclass(frozen=True)
class Seen:
    """What is said of it, what warns, and the figures behind both."""

    said: Message
    warnings: Sequence[Message] = ()
    figures: dict[str, Any] | None = None

    def kept(self) -> dict[str, Any]:
        told = {"said": self.said.stored(), "warnings": [each.stored() for each in self.warnings]}
        return {**told, **(self.figures or {})}


def could_show(row: Campaign, accounts: Sequence[Account]) -> Seen:
    """From the last days known, as many as the campaign has."""
    shown = scorecards.current()
    if shown is None:
        return Seen(NO_DATA)
    last, ordered = day_number(shown.as_of), sorted(accounts, key=lambda each: each.code)
    spans = [Days(last - row.days + 1, last), Days(last - row.days - BEFORE + 1, last - row.days)]
    values = bought([each.code for each in ordered], spans, row.outcome, row.currency)
    groups = tops(ordered)
    cluster = np.unique([groups[each.code] for each in ordered], return_inverse=True)[1] if ordered else np.zeros(0)
    return _told(row, values, cluster)


def _told(row: Campaign, values: Any, cluster: Any) -> Seen:
    units = np.unique(cluster).size
    out = units // row.one_in
    n = len(values)
    held = round(n * out / units) if units else 0
    worth = float(row.worth) / 100
    seen = foreseen(cluster, values[:, 0], values[:, 1] * row.days / BEFORE, n - held, worth) if n else None
    warnings = [] if out >= FEWEST else [Message(NO_VERDICT, {"n": Count(out), "fewest": Count(FEWEST)})]
    if seen is None or seen.share is None:
        return Seen(Message(NOTHING_SEEN), warnings)
    figures: dict[str, Any] = {"n": Count(n), "out": Count(held), "least": Money(seen.least, row.currency)}
    said = Message(SEEN, {**figures, "share": Percent(seen.share, 0)})
    told: dict[str, Any] = {"n": Count(seen.needed or 0), "worth": Percent(worth, 0)}
    enough = Message(ENOUGH if seen.share <= worth else TOO_FEW, told)
    sharper = [Message(SHARPER, {"share": Percent(seen.plain / seen.mean, 0)})] if seen.left < SHARPENED else []
    return Seen(said, [*sharper, enough, *warnings], {
        "n": n, "held_out": held, "least": seen.least, "share": seen.share, "plain": seen.plain, "left": seen.left,
        "needed": seen.needed, "mean": seen.mean,
    })  # fmt: skip
