"""Whole pages as the server makes them, one after the other: the 95th percentile of their time, and their queries."""

import os
import time
from collections.abc import Callable, Iterator
from math import ceil
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from vitalfew.outlets.bench import Benchmark, Figures
from vitalfew.outlets.bench.inputs import filled, write_book

if TYPE_CHECKING:
    from django.test import Client

TIMES: Final = 40
LIST, PAGE = 25.0, 60.0
GOALS: Final = {
    "list, first ms": LIST,
    "list, deep ms": LIST,
    "search ms": LIST,
    "search, two characters ms": LIST,
    "sort by value ms": LIST,
    "account ms": PAGE,
    "account queries": 12.0,
    "today ms": PAGE,
    "portfolio ms": PAGE,
}


def prepare(size: int, folder: Path) -> None:
    """A home that is filled and refreshed."""
    write_book(size, folder)
    filled(folder)
    from django.conf import settings

    from vitalfew.imports.work import refresh_now
    from vitalfew.people.actions import add_user

    refresh_now(settings.HOME)
    add_user("bench", username="bench", name="Bench", role="director", password=os.urandom(12).hex())


def work(_size: int, _folder: Path) -> Figures:
    from vitalfew.outlets.cli.house import ready

    ready()
    from vitalfew.outlets.warm import warm_up

    warm_up()
    client = _signed_in()
    figures: dict[str, float] = {}
    for name, address in _addresses():
        figures |= {f"{name} {what}": value for what, value in _asked(client, address).items()}
    return figures


def _signed_in() -> "Client":
    from django.test import Client

    from vitalfew.people.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="bench"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _addresses() -> Iterator[tuple[str, str]]:
    from vitalfew.accounts.models import Account

    middle = Account.objects.order_by("code")[Account.objects.count() // 2]
    yield "list, first", "/accounts/"
    yield "list, deep", f"/accounts/?after={_deep()}"
    yield "search", f"/accounts/?q={middle.code}"
    yield "search, two characters", f"/accounts/?q={middle.name[2:4]}"
    yield "sort by value", "/accounts/?order=-value"
    yield "account", middle.get_absolute_url()
    yield "today", "/"
    yield "portfolio", "/portfolio/"


def _deep() -> str:
    """Where the middle page of the list starts."""
    from vitalfew.accounts.questions import _cursor
    from vitalfew.warehouse import scorecards

    refresh: Any = scorecards.current()
    cards = refresh.scorecards.order_by("-revenue_12m", "customer")
    card = cards[cards.count() // 2]
    return _cursor(card.revenue_12m, card.customer)


def _asked(client: "Client", address: str) -> Figures:
    """The first request and its queries; of those after it the 95th percentile, and the processor time of the middle one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def ask() -> None:
        response = client.get(address)
        if response.status_code != 200:  # noqa: PLR2004  (all is well)
            raise RuntimeError(f"{address}: {response.status_code}")

    with CaptureQueriesContext(connection) as captured:
        first, _cpu = _milliseconds(ask)
    queries = len(captured)
    clock, cpu = (sorted(each) for each in zip(*(_milliseconds(ask) for _time in range(TIMES)), strict=True))
    return {"ms": clock[ceil(0.95 * TIMES) - 1], "cpu ms": median(cpu), "first ms": first, "queries": queries}


def _milliseconds(ask: Callable[[], None]) -> tuple[float, float]:
    """On the clock, and of the processor."""
    began, busy = time.perf_counter(), time.process_time()
    ask()
    return (time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000


BENCHMARK: Final = Benchmark(
    title="Pages, one connection, SQLite",
    unit="accounts",
    size=2_000,
    prepare=prepare,
    work=work,
    goals=dict.fromkeys((2_000, 10_000, 100_000, 1_000_000), GOALS),
)
