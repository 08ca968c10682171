"""The report of an account: how it stands, how it develops, what it is worth, what is open, what to do next."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.conf import settings

from vitalfew.accounts.columns import BY_NAME, allowed
from vitalfew.accounts.models import Account
from vitalfew.accounts.sheet import Sheet
from vitalfew.catalogue import catalogue
from vitalfew.handouts import Column, Figure, Handout, Section, Table
from vitalfew.language import say_kept
from vitalfew.outlets.reports import telling
from vitalfew.outlets.templatetags.account_charts import forecast_chart, month_chart
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.rooms import declared
from vitalfew.terms import Risk, Unit
from vitalfew.terms import gettext_noop as _

FIGURES: Final = (
    "tier", "revenue_12m", "growth", "direction", "contribution", "value", "churn", "at_stake", "cause", "satisfaction",
    "recency", "cooperation",
)  # fmt: skip
ACTIONS: Final = ("action", "why", "due", "effect")
BOUGHT: Final = (
    Column(_("Product")), Column(_("Quantity"), Unit.NUMBER), Column(_("Net sales"), Unit.NUMBER),
    Column(_("Currency"), Unit.CODE),
)  # fmt: skip
QUIET: Final = frozenset({"churn", "at_stake"})
"""What tells nothing of an account in its quiet season."""


def written(user: User, account: Account, day: date) -> Handout:
    """What the account's page shows this user, in the order in which one reads it on paper."""
    sheet = Sheet(settings.HOME, user, account)
    title = f"{account.name} ({account.code})"
    return telling.handout(title, _("Account report"), day, sheet.refresh, _sections(sheet))


def _sections(sheet: Sheet) -> Iterator[Section]:
    yield Section(_("How it stands"), said=_in_words(sheet), figures=_figures(sheet))
    yield Section(_("Development"), charts=_charts(sheet))
    yield Section(_("What to do next"), table=_actions(sheet))
    for room in declared("in_report"):
        yield from room.sections(sheet.user, sheet.account)
    yield Section(_("What it buys"), table=_products(sheet))


def _in_words(sheet: Sheet) -> list[str]:
    kept = [sheet.in_short, *(text for _aspect, _tab, text in sheet.said)]
    return [say_kept(each, language()) for each in kept if each]


def _figures(sheet: Sheet) -> list[Figure]:
    card = sheet.card
    if card is None:
        return []
    quiet = QUIET if card.risk == Risk.QUIET else frozenset()
    asked = [BY_NAME[name] for name in FIGURES if name in allowed(sheet.user) and name not in quiet]
    known = [(column, getattr(card, column.name)) for column in asked]
    return [Figure(Column(c.label, c.unit, c.words), value) for c, value in known if value not in (None, "")]


def _charts(sheet: Sheet) -> list[dict[str, Any]]:
    drawn = [month_chart(sheet) if sheet.months else None, forecast_chart(sheet)]
    return [each for each in drawn if each]


def _actions(sheet: Sheet) -> Table:
    names = ACTIONS if sheet.sees_money else ACTIONS[:-1]
    return telling.rows_of(catalogue()["next-actions"], names, sheet.actions)


def _products(sheet: Sheet) -> Table:
    """By net sales, in each currency."""
    rows = [
        [each["name"] or each["product"], each["quantity"], each["amount"], each["currency"] or sheet.currency]
        for each in sheet.products
    ]
    return Table(BOUGHT, rows)
