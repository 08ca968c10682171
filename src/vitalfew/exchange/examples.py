"""Exchanges of data agreed on in the demo house with its largest accounts, and what came of them until the figures' day.

What they told is what the facts know already, so that no figure moves. One file held a stock below zero and was corrected, one
had codes that nobody knows, one came twice. One account lays its files into its folder, one sends a message, one names
products by codes of its own, of which some are matched.
"""

import time
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from vitalfew.accounts.largest import largest
from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Post
from vitalfew.exchange import actions, dropping, folders, matching, taking
from vitalfew.exchange.edi import x12
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
    (Way.FOLDER, EVERYTHING[:1], "对方系统每周一把库存表放进自己的目录。"),
)  # fmt: skip
AGO: Final = timedelta(days=130)
EVERY: Final = 4
OWN: Final = "KH-{n:04d}"
"""What the account that has codes of its own calls products."""
MATCHED: Final = 5
LATER: Final = 2 * folders.QUIET


def plant() -> None:
    """Once."""
    if DataExchange.objects.exists():
        return
    director = User.objects.get(username="director")
    reporting = [account for account in largest() if _weeks(account)]
    for account, (way, offers, note) in zip(reporting, AGREED, strict=False):
        user = account.manager or director
        row = _agreed(user, account, way, offers, note)
        *weeks, last = _weeks(account)
        for place, lines in enumerate(weeks):
            _told(user, row, way, lines, place)
        LAST.get(way, _plainly)(user, row, way, last)
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


def _plainly(user: User, row: DataExchange, way: Way, lines: list[dict[str, Any]]) -> None:
    """Right at once."""
    _send(user, row, way, f"周报{day_of(lines[0]['date']):%m%d}.csv", [_cells(line) for line in lines])


def _as_message(user: User, row: DataExchange, way: Way, lines: list[dict[str, Any]]) -> None:
    """An X12 852, written by its own system."""
    day = day_of(lines[0]["date"]).strftime("%Y%m%d")
    items = [
        segment for place, line in enumerate(lines, 1)
        for segment in (("LIN", str(place), "VN", line["product"]), ("ZA", "QS", f"{line['quantity']:g}", "EA"),
                        ("ZA", "QA", f"{line['stock_after']:g}", "EA"))
    ]  # fmt: skip
    data = x12.written(
        ("852", "PD"), [("XQ", "H", day, day), *items], (row.account.code, "VITALFEW"), 1, timezone.now()
    )
    taking.take(user, row.pk, Sent(f"{day}.edi", data, way))


def _by_own_codes(user: User, row: DataExchange, way: Way, lines: list[dict[str, Any]]) -> None:
    """The first of its codes are matched before the file comes; what is left waits for somebody."""
    own = {product: OWN.format(n=1001 + 7 * n) for n, product in enumerate(sorted({line["product"] for line in lines}))}
    for product in list(own)[:MATCHED]:
        matching.match(user, row.account, own[product], product)
    rows = [[cells[0], own[cells[1]], *cells[2:]] for cells in map(_cells, lines)]
    _send(user, row, way, f"周报{day_of(lines[0]['date']):%m%d}.csv", rows)


def _in_its_folder(_user: User, row: DataExchange, _way: Way, lines: list[dict[str, Any]]) -> None:
    """One that is taken, and a picture that nobody can read."""
    folder = folders.of(row)
    folders.make(folder)
    (folder / f"库存{day_of(lines[0]['date']):%m%d}.csv").write_bytes(_file([_cells(line) for line in lines]))
    (folder / "货架照片.jpg").write_bytes(b"\xff\xd8\xff")
    dropping.look(time.time() + LATER)


LAST: Final = {Way.API: _as_message, Way.UPLOAD: _by_own_codes, Way.FOLDER: _in_its_folder}
"""How the last report comes, by the way that is agreed on."""


def _cells(line: dict[str, Any]) -> list[Any]:
    return [day_of(line["date"]), line["product"], line["quantity"], line["stock_after"], line["place"] or ""]


def _send(user: User, row: DataExchange, way: Way, name: str, rows: list[list[Any]]) -> None:
    taking.take(user, row.pk, Sent(name, _file(rows), way))


def _file(rows: list[list[Any]]) -> bytes:
    lines = ["日期,产品编码,销量,库存,门店", *(",".join(map(str, cells)) for cells in rows)]
    return "\r\n".join(lines).encode("gb18030")
