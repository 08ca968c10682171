"""What a campaign changed: the analysis of campaigns run on its own accounts, and kept as it was told then.

    incremental contribution = effect an account × margin rate × treated accounts
    return on budget         = (incremental contribution − what was spent) / what was spent

The margin rate is that of these accounts' own orders whose cost is known; where margin itself is counted, it is 1.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vitalfew.campaigns import questions
from vitalfew.campaigns.actions import held, moved
from vitalfew.campaigns.models import Campaign
from vitalfew.campaigns.own_tables import SCHEMA, rows_of
from vitalfew.campaigns.words import CampaignState
from vitalfew.catalogue import Refusal
from vitalfew.language import Message
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import DuckEngine, connect
from vitalfew.warehouse.known import facts
from vitalfew.warehouse.run import start
from vitalfew.warehouse.sources import Beside, FromTables

MEMORY: Final = "512MB"
BEFORE: Final = 365
KEPT: Final = (
    "verdict", "effect", "low", "high", "lift", "lift_low", "lift_high", "profit", "profit_low", "profit_high", "cost",
    "return", "accounts", "accounts_held_out", "treated", "held_out", "bought", "bought_held_out", "bought_more",
    "bought_low", "bought_high", "change", "change_low", "change_high", "least", "accounts_needed", "overlapping",
)  # fmt: skip
PLANNED: Final = _("What was spent is not noted: the planned budget is counted as spent")


@transaction.atomic
def evaluate(user: User, pk: int, version: int | None = None) -> Campaign:
    """Compare its two sides, and keep what that says; afterwards it stays as it is."""
    row = held(user, pk)
    if version is not None and row.version != version:
        raise Stale(row)
    _may_be_told(row)
    try:
        found = compared(row)
    except Refusal as refused:
        raise NotPossible(str(refused.message.say(language()))) from None
    return moved(user, row, fields={"state": CampaignState.EVALUATED.value, "found": found})


def _may_be_told(row: Campaign) -> None:
    if row.standing != CampaignState.ENDED:
        raise NotPossible(_("It is evaluated once its last day is over"))
    shown = scorecards.current()
    if shown is None or shown.as_of < row.until:
        raise NotPossible(_("The orders are not known up to its last day yet: import them first, then evaluate"))


def compared(row: Campaign) -> dict[str, Any]:
    """The analysis of campaigns, on its accounts and the orders as they are known."""
    engine, paid = DuckEngine(connect(MEMORY)), questions.spent(row)
    cost = questions.planned(row) if paid is None else paid
    given = pa.Table.from_pylist(list(rows_of(row, cost)), SCHEMA)
    run = start(Beside(facts(settings.HOME, engine), FromTables(engine, {"campaign": given})), engine)
    result = run.result("campaign-effect", before=BEFORE, basis=row.outcome, worth=float(row.worth) / 100)
    line = result.table.to_pylist()[0]
    warnings = [*([Message(PLANNED)] if paid is None and cost else []), *result.findings.warnings]
    return {
        **{name: line[name] for name in KEPT},
        **_contribution(line, cost),
        "headline": (result.findings.headline or Message("")).stored(),
        "warnings": [each.stored() for each in warnings],
        "variance_left": result.findings.fit["arms"][0]["variance_left"],
        "on": timezone.localdate().isoformat(),
    }  # fmt: skip


def _contribution(line: Mapping[str, Any], cost: Decimal) -> dict[str, float | None]:
    """What it brought before its cost."""
    ends = (("contribution", "profit"), ("contribution_low", "profit_low"), ("contribution_high", "profit_high"))
    return {name: None if line[end] is None else line[end] + float(cost) for name, end in ends}
