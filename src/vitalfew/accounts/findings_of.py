"""What the analyses found about one account: any that speaks of accounts has its panel, none is named here."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from vitalfew.accounts.facts_of import with_product_names
from vitalfew.catalogue import Analysis, Column, catalogue
from vitalfew.home import Home
from vitalfew.language import Message
from vitalfew.terms import ChurnSign, Group
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh

MOST_ROWS: Final = 24


@dataclass(frozen=True)
class Found:
    """One analysis' rows of the account, or why it has none."""

    analysis: Analysis
    rows: list[dict[str, Any]]
    refusal: Message | None = None

    @property
    def columns(self) -> list[Column]:
        """Its columns without the account's own code, and without what only a statistician reads."""
        return [column for column in self.analysis.columns if column.name != "customer" and not column.statistic]


def speaking(groups: Collection[Group], *, confidential: bool) -> list[Analysis]:
    """The analyses of these groups that speak of accounts, the confidential ones only if asked for."""
    asked = [each for each in catalogue().values() if each.group in groups and each.of_accounts]
    return [each for each in asked if confidential or not each.confidential]


def findings_of(home: Home, refresh: Refresh, code: str, analyses: Collection[Analysis]) -> list[Found]:
    """What each found about the account, or why it found nothing about anybody."""
    found = [_found(home, refresh, each, code) for each in analyses]
    return [each for each in found if each.rows or each.refusal]


def _found(home: Home, refresh: Refresh, analysis: Analysis, code: str) -> Found:
    refused = refresh.summaries.get(analysis.name, {}).get("refused")
    if refused:
        return Found(analysis, [], Message.restored(refused))
    rows = scorecards.of_account(home, refresh, analysis.name, code)[:MOST_ROWS]
    return Found(analysis, [_as_told(row) for row in with_product_names(home, rows)])


def _as_told(row: dict[str, Any]) -> dict[str, Any]:
    """Out of its season an account's silence tells no risk, and none is shown."""
    if row.get("sign") != ChurnSign.QUIET_SEASON:
        return row
    return {**row, **dict.fromkeys(("probability", "low", "high", "money_at_stake"))}
