"""Promised days of order lines: of those due in a span, the share that came by its day and in full, with Wilson's interval.

They are promises, too, though nobody wrote them down one by one; told beside the others, never added to them. A line counts once
its day has passed by the facts' own day; a return is none. Late or short is what ``deliveries`` calls so.

Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings

from vitalfew.accounts.aliases import aliases
from vitalfew.accounts.models import Account
from vitalfew.deliveries import MISSED_SQL, due_sql
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.promises.integrity import Integrity
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import current_sql, rows_of
from vitalfew.warehouse.merged import CUSTOMER
from vitalfew.warehouse.run import day_number
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES


def by_account(user: User, since: date) -> list[Integrity]:
    """One of each account that the user sees and whose lines were due since then, those with most broken days first."""
    refresh = scorecards.current()
    if refresh is None or not user.may(Right.ACCOUNTS):
        return []
    names = dict(Account.objects.visible_to(user).order_by().values_list("code", "name"))
    into, counted = aliases()[CUSTOMER], dict[str, tuple[int, int]]()
    for row in _counted(since, refresh.as_of):
        code = into.get(row["customer"], row["customer"])
        kept, judged = counted.get(code, (0, 0))
        counted[code] = kept + row["kept"], judged + row["judged"]
    told = [Integrity({"code": code, "name": names[code]}, *each) for code, each in counted.items() if code in names]
    return sorted(told, key=lambda each: (each.kept - each.judged, each.of["name"], each.of["code"]))


def whole(rows: list[Integrity]) -> Integrity:
    return Integrity("", sum(each.kept for each in rows), sum(each.judged for each in rows))


def _counted(since: date, until: date) -> Iterable[Mapping[str, Any]]:
    ledger = Store(settings.HOME.facts).ledger(TABLES["order_lines"])
    query = (
        f"SELECT customer, count(*) AS judged, count(*) FILTER (WHERE NOT {MISSED_SQL}) AS kept "  # noqa: S608  (our own texts)
        f"FROM ({current_sql(ledger.snapshot())}) WHERE {due_sql('$since', '$until')} GROUP BY customer"
    )
    return rows_of(query, {"since": day_number(since), "until": day_number(until)})
