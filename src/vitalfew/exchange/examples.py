"""Exchanges of data agreed on in the demo house with its largest accounts, and what came of them until the figures' day.

What they told is what the facts know already, so that no figure moves. One file held a stock below zero and was corrected, one
had codes that nobody knows, one came twice.
"""

from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from vitalfew.accounts.largest import largest
from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Post
from vitalfew.exchange import actions, taking
from vitalfew.exchange.models import DataDoubt, DataExchange
from vitalfew.exchange.taking import Sent
from vitalfew.exchange.words import Doubt, Offer, Rhythm, Settled, Way
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.warehouse.engines.duck import current_sql, named, one_of, rows_of
from vitalfew.warehouse.run import day_number, day_of
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

EVERYTHING: Final = tuple(each.value for each in Offer)
AGREED: Final = (
    (Way.PORTAL, EVERYTHING, "门店每周日盘点，周一中午前报数。"),
    (Way.UPLOAD, EVERYTHING[:2], "系统导出的周报，由客服邮件转来。"),
    (Way.API, EVERYTHING, "与对方进销存系统对接。"),
    (Way.UPLOAD, EVERYTHING[:1], "对方每周一发来库存表，助理录入。"),
)  # fmt: skip
AGO: Final = timedelta(days=130)
EVERY: Final = 4


def plant() -> None:
    """Once."""
    if DataExchange.objects.exists():
        return
    director = User.objects.get(username="director")
    reporting = [account for account in largest() if _weeks(account)]
    for account, (way, offers, note) in zip(reporting, AGREED, strict=False):
        user = account.manager or director
        row = _agreed(user, account, way, offers, note)
        for place, lines in enumerate(_weeks(account)):
            _told(user, row, way, lines, place)
    DataDoubt.objects.filter(kind=Doubt.LATE, state=Settled.CORRECTED).delete()


def _agreed(user: User, account: Account, way: Way, offers: tuple[str, ...], note: str) -> DataExchange:
    post = Post.objects.held().filter(account=account).select_related("person").order_by("pk").first()
    fields = {
        "sell_out": Rhythm.WEEKLY.value, "stock": Rhythm.WEEKLY.value, "due_days": 3, "way": way.value,
        "offers": list(offers), "person": post.person if post else None, "owner": user, "note": note,
        "since": timezone.localdate() - AGO,
    }  # fmt: skip
    return actions.agree(user, account, fields)


def _weeks(account: Account) -> list[list[dict[str, Any]]]:
    """What the facts know that it sold on and has left, report by report."""
    source = current_sql(Store(settings.HOME.facts).ledger(TABLES["sell_out"]).snapshot())
    query = (
        f"SELECT product, date, quantity, stock_after, place FROM ({source}) "  # noqa: S608  (our own texts; codes are parameters)
        f"WHERE {one_of(account.codes)} AND date > {day_number(timezone.localdate() - AGO)} ORDER BY date, product"
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows_of(query, named(account.codes)):
        found.setdefault(row["date"], []).append(row)
    return list(found.values())


def _told(user: User, row: DataExchange, way: Way, lines: list[dict[str, Any]], place: int) -> None:
    """A report; of four one is wrong at first."""
    day, right = day_of(lines[0]["date"]), [_cells(line) for line in lines]
    if place % EVERY == 1:
        wrong = [[*right[0][:3], -5, right[0][4]], [right[0][0], "BX-旧码", 3, 8, ""], *right[1:]]
        _send(user, row, way, f"周报{day:%m%d}.csv", wrong)
    name = f"周报{day:%m%d}{'更正' if place % EVERY == 1 else ''}.csv"
    _send(user, row, way, name, right)
    if place % EVERY == 2:  # noqa: PLR2004  (the third)
        with suppress(NotPossible):
            _send(user, row, way, name, right)


def _cells(line: dict[str, Any]) -> list[Any]:
    return [day_of(line["date"]), line["product"], line["quantity"], line["stock_after"], line["place"] or ""]


def _send(user: User, row: DataExchange, way: Way, name: str, rows: list[list[Any]]) -> None:
    lines = ["日期,产品编码,销量,库存,门店", *(",".join(map(str, cells)) for cells in rows)]
    taking.take(user, row.pk, Sent(name, "\r\n".join(lines).encode("gb18030"), way))
