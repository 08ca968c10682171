"""The portfolio on paper: the sentences, charts and tables of its page, and the largest accounts."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from vitalfew.accounts import questions
from vitalfew.accounts.columns import allowed
from vitalfew.accounts.remembered import kept
from vitalfew.handouts import Column, Handout, Section, Table
from vitalfew.outlets import portfolio as page
from vitalfew.outlets.reports import telling
from vitalfew.people.models import User
from vitalfew.terms import Tier, Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh

LISTED: Final = 200
COLUMNS: Final = ("name", "tier", "revenue_12m", "growth", "contribution", "churn", "at_stake", "manager")
TITLES: Final[Mapping[str, str]] = {
    "risen": _("In a higher tier than a quarter ago"), "fallen": _("In a lower tier than a quarter ago"),
    "rising": _("Rising accounts"), "falling": _("Falling accounts"),
}  # fmt: skip
SALES: Final = Column(_("Net sales, 12 months"), Unit.MONEY)
TIERS: Final = (
    Column(_("Tier"), Unit.WORD, Tier), Column(_("Accounts"), Unit.COUNT), SALES, Column(_("Contribution"), Unit.MONEY),
)  # fmt: skip


def written(user: User, _account: object, day: date) -> Handout:
    """What the portfolio shows; the accounts are those that the user sees."""
    refresh = scorecards.told()
    sections = _sections(user, refresh) if refresh else ()
    return telling.handout(telling.say(_("Key accounts")), _("Portfolio report"), day, refresh, sections)


def _sections(user: User, refresh: Refresh) -> Iterator[Section]:
    told = (page.told_by(refresh, name)["message"] for name in page.SENTENCES)
    yield Section(_("How it stands"), said=telling.sentences(told))
    yield Section(_("In pictures"), charts=charts(user, refresh))
    yield Section(_("Tiers"), table=tiers(refresh))
    yield from _movers(refresh)
    yield Section(_("Who covers whom"), table=_managers(refresh))
    yield Section(_("The largest accounts"), table=listed(user, questions.Wanted(), LISTED))


def charts(user: User, refresh: Refresh) -> list[dict[str, Any]]:
    return questions.with_names(user, *dict(page.drawn(refresh)).values())


def tiers(refresh: Refresh) -> Table:
    """Accounts, net sales and contribution by tier."""
    return Table(TIERS, [[row["tier"], row["n"], row["revenue"], row["earned"]] for row in page.by_tier(refresh)])


def _movers(refresh: Refresh) -> Iterator[Section]:
    """Who went to another tier, and who rises and falls."""
    moved = page.moved_since(refresh)
    columns = (Column(_("Account")), Column(_("Tier"), Unit.WORD, Tier), SALES, Column(_("Growth"), Unit.SHARE))
    for name, rows in page.movers(refresh, moved).items():
        cells = [[account.name, card.tier, card.revenue_12m, card.growth] for account, card in rows]
        said = [moved.sentence] if moved and name == "risen" else []
        yield Section(TITLES[name], said=telling.sentences(said) if cells else (), table=Table(columns, cells))


def _managers(refresh: Refresh) -> Table:
    columns = (Column(_("Manager")), Column(_("Accounts"), Unit.COUNT), SALES, Column(_("Money at stake"), Unit.MONEY))
    rows = kept(refresh, "managers", partial(page.managers, refresh), decided=True)
    return Table(columns, [[row["name"], row["n"], row["revenue"], row["stake"]] for row in rows])


def listed(user: User, wanted: questions.Wanted, most: int) -> Table:
    """The first accounts of a list, with the columns that the user may see."""
    columns = [allowed(user)[name] for name in COLUMNS if name in allowed(user)]
    lines = questions.page(user, wanted, most).lines
    return Table(
        tuple(Column(each.label, each.unit, each.words) for each in columns),
        [[_plain(line.value(each.name)) for each in columns] for line in lines],
    )


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | float) else str(value)
