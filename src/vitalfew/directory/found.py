"""Organisations that the facts name and the directory does not: customers that are distributors or agents, and channels.

A channel that is a way of ordering, as the telephone or the portal, is no organisation.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from vitalfew.accounts.grams import folded
from vitalfew.accounts.models import Account
from vitalfew.accounts.remembered import remembered
from vitalfew.directory.kinds import IN_FACTS
from vitalfew.directory.models import Organisation
from vitalfew.people.models import User
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import current_sql, rows_of
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

MOST: Final = 100
"""So many are shown at once."""
MANY: Final = 200
WORDS: Final = """
direct portal fair phone online offline web website shop store e-mail email mail fax edi app wechat visit retail wholesale
internet other 直销 直营 门户 展会 订货会 电话 线上 线下 网站 官网 网店 商城 门店 邮件 传真 微信 拜访 零售 批发 其他
"""
WAYS: Final = frozenset(WORDS.split())


class Channel(NamedTuple):
    """A channel of the order lines, with how many lines it has."""

    name: str
    lines: int


def customers(user: User) -> QuerySet[Account]:
    """Customers whose kind is one of ours and that are not in the directory."""
    listed = Organisation.objects.filter(account=OuterRef("pk"), put_away_at=None)
    seen: QuerySet[Account] = Account.objects.visible_to(user).filter(kind__in=list(IN_FACTS))
    return seen.exclude(Exists(listed)).order_by("name", "pk")


def channels() -> list[Channel]:
    """Names in the channel of order lines that no organisation has."""
    refresh = scorecards.current()
    if refresh is None:
        return []
    rows = remembered(refresh, "channels", _channels)
    known = set(Organisation.objects.filter(put_away_at=None).exclude(channel="").values_list("channel", flat=True))
    return [Channel(*row) for row in rows if row[0] not in known]


def _channels() -> list[tuple[str, int]]:
    source = current_sql(Store(settings.HOME.facts).ledger(TABLES["order_lines"]).snapshot())
    query = (
        f"SELECT channel AS name, count(*) AS n FROM ({source}) WHERE channel IS NOT NULL "  # noqa: S608  (our own texts)
        f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MANY}"
    )
    return list(_names((row["name"], row["n"]) for row in rows_of(query, {})))


def _names(rows: Iterable[tuple[str, int]]) -> Iterable[tuple[str, int]]:
    return (row for row in rows if row[0].strip() and folded(row[0]).strip() not in WAYS)
