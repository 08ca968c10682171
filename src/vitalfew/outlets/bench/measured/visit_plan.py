"""Eight weeks of visits for twelve executives: festivals and moved days, absences, standing visits, fifteen regions."""

import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vitalfew.outlets.bench import Benchmark, Figures

if TYPE_CHECKING:
    from vitalfew.maths.itineraries.request import Request

SEED, PEOPLE, WEEKS, REGIONS, CHIEFS = 1951, 12, 8, 15, 4
DUE, CELEBRATES, VISITED = 0.8, 0.08, 0.8
"""Shares of the accounts."""
BEGINS: Final = date(2026, 9, 7)
"""A Monday: National Day lies in these weeks, and two weekend days that are worked for it."""
EPOCH: Final = date(1970, 1, 1)
NAMES: Final = (
    "need", "wanted", "region", "due", "occasion", "last", "own", "person", "door", "suits", "away", "standing",
)  # fmt: skip


def prepare(size: int, folder: Path) -> None:
    """Accounts with a manager each, the third with most need also for the chiefs; a fifth never visited, some celebrating."""
    import numpy as np

    rng = np.random.default_rng(SEED)
    first, nan = (BEGINS - EPOCH).days, np.nan
    need, region = rng.lognormal(12, 1.2, size), rng.integers(0, REGIONS, size)
    own = rng.integers(CHIEFS, PEOPLE, size)
    great = np.flatnonzero(need > np.quantile(need, 2 / 3)).tolist()
    pairs = {(CHIEFS + (int(own[door]) + 1) % (PEOPLE - CHIEFS), door): 0.6 for door in range(0, size, 3)}
    pairs |= {(chief, door): 0.8 for door in great for chief in range(CHIEFS)}
    pairs |= {(int(own[door]), door): 1.0 for door in range(size)}
    known: dict[str, Any] = {
        "need": need, "region": region, "wanted": rng.integers(0, 4, size),
        "due": np.where(rng.random(size) < DUE, first + rng.integers(-20, 80, size), nan),
        "occasion": np.where(rng.random(size) < CELEBRATES, first + rng.integers(0, 7 * WEEKS, size), nan),
        "last": np.where(rng.random(size) < VISITED, first - rng.integers(1, 200, size), -np.inf),
        "person": np.array([p for p, _d in pairs]), "door": np.array([d for _p, d in pairs]),
        "suits": np.array([*pairs.values()]),
        "away": first + rng.integers(0, 7 * WEEKS, PEOPLE), "own": own,
        "standing": rng.choice(size, min(size, 20), replace=False),
    }  # fmt: skip
    np.savez(folder / "book.npz", **known)


def asked(folder: Path) -> "Request":
    """The book as a request, on the worked days of China; everybody is away for a week."""
    import numpy as np

    from vitalfew.maths.itineraries.request import Doors, Pairs, People, Request, Standing
    from vitalfew.workdays import Calendar

    with np.load(folder / "book.npz") as kept:
        book: dict[str, Any] = {name: kept[name] for name in NAMES}
    worked = Calendar("CN").days(BEGINS, BEGINS + timedelta(days=7 * WEEKS - 1))
    days = np.array([(day - EPOCH).days for day in worked])
    since = book["away"][:, None]
    free = (days[None, :] < since) | (days[None, :] > since + 6)
    most = np.where(np.arange(PEOPLE) < CHIEFS, 3, 6)
    held = book["standing"]
    return Request(
        days, (days - days.min()) // 7, People(free, np.full(PEOPLE, 2), most, np.arange(PEOPLE) % REGIONS),
        Doors(
            book["need"], book["wanted"], book["region"], book["due"], book["occasion"],
            np.full(book["need"].size, 14), book["last"],
        ),
        Pairs(book["person"], book["door"], book["suits"]),
        Standing(book["own"][held], held, days[np.arange(held.size) * 7 % days.size]), float(np.median(book["need"])) / 10,
    )  # fmt: skip


def work(_size: int, folder: Path) -> Figures:
    from vitalfew.maths.itineraries.checking import violations
    from vitalfew.maths.itineraries.planning import plan

    request = asked(folder)
    began = time.perf_counter()
    made = plan(request, seconds=15.0, gap=0.005)
    return {
        "plan seconds": time.perf_counter() - began,
        "rules broken": len(violations(request, made)),
        "short of the best, %": 100 * made.short_of_best,
        "visits": len(made.visits),
    }


BENCHMARK: Final = Benchmark(
    title="Plan of visits: 12 executives, 8 weeks",
    unit="accounts",
    size=300,
    prepare=prepare,
    work=work,
    goals={300: {"plan seconds": 20, "rules broken": 0, "short of the best, %": 1}},
)
