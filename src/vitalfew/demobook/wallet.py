"""What accounts spend on household appliances in all, month by month, and how much with their main other supplier.

Three quarters of the accounts tell us. With a ``stronger_rival`` at work the wallet stays and our part goes over to the
rival; with ``strategy_change`` the whole wallet shrinks, and as we have the smaller part of it, that is seen; with
``foul_play`` it stays, up to the sudden end.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from vitalfew.demobook.arrays import Chance, Flags, Reals, sums
from vitalfew.demobook.calibration import Scale
from vitalfew.demobook.columns import money, picked, same, table
from vitalfew.demobook.days import month_of_year
from vitalfew.demobook.habits import ONE_OFF
from vitalfew.demobook.losses import RIVAL, STRATEGY
from vitalfew.demobook.rhythm import Rhythm
from vitalfew.demobook.service import Served
from vitalfew.demobook.surveys import RIVALS

_TOLD: Final = 0.75


@dataclass(frozen=True, eq=False)
class Wallets:
    """Accounts × months of the book, in 分: bought from us, and from others."""

    ours: Reals
    others: Reals


def wallet_table(rng: Chance, served: Served, rhythm: Rhythm, scale: Scale) -> pa.Table:
    wallets = _wallets(rng, served, _undisturbed(served, rhythm, scale))
    main = _main_share(rng, served, wallets)
    rival = rng.integers(0, len(RIVALS), len(served.accounts))
    account, month = np.nonzero(_told(rng, served, wallets))
    total, other = wallets.ours[account, month] + wallets.others[account, month], main[account, month]
    columns: dict[str, Any] = {
        "customer": picked(served.accounts.code, account),
        "period": picked(_month_names(served), month),
        "total_spend": money(np.round(total).astype(np.int64)),
        "competitor": picked(RIVALS, rival[account]),
        "competitor_spend": money(np.floor(other).astype(np.int64)),
        "currency": same("CNY", len(account)),
    }
    return table("wallet", columns)


def _month_names(served: Served) -> list[str]:
    firsts = served.period.days[served.period.month_edges].astype("datetime64[D]")
    return [str(name) for name in firsts.astype("datetime64[M]")]


def _undisturbed(served: Served, rhythm: Rhythm, scale: Scale) -> Reals:
    """Expected revenue by account and month if no cause of loss were at work."""
    edges = served.period.month_edges
    months = month_of_year(served.period.days[edges])
    pace = np.add.reduceat(rhythm.usual[:, : served.period.length], edges, axis=1)
    expected: Reals = scale.rate[:, None] * scale.season[:, months] * pace * scale.value_of_year[:, months]
    return expected


def _wallets(rng: Chance, served: Served, undisturbed: Reals) -> Wallets:
    sold, period, count = served.sold, served.period, len(served.accounts)
    months = len(period.month_edges)
    cell = sold.account * months + period.month[sold.day - period.start]
    ours = sums(cell, sold.amount, count * months).reshape(count, months)
    cause = served.losses.cause[:, None]
    share = rng.beta(4, 4, count)[:, None] * 0.8 + 0.15
    share = np.where(cause == STRATEGY, share * 0.5, share)
    kept = np.minimum.reduceat(served.losses.remaining(period.days), period.month_edges, axis=1)
    others = undisturbed * (1 / share - 1) * rng.gamma(25, 1 / 25, undisturbed.shape)
    others = np.where(cause == STRATEGY, others * kept, others)
    others = np.where(cause == RIVAL, others + undisturbed * (1 - kept), others)
    return Wallets(np.maximum(ours, 0), others)


def _main_share(rng: Chance, served: Served, wallets: Wallets) -> Reals:
    """The main other supplier has about half of what others get; the stronger rival more and more."""
    part = rng.uniform(0.35, 0.6, (len(served.accounts), 1))
    kept = np.minimum.reduceat(served.losses.remaining(served.period.days), served.period.month_edges, axis=1)
    part = np.where(served.losses.cause[:, None] == RIVAL, part + (0.95 - part) * (1 - kept), part)
    return wallets.others * part


def _told(rng: Chance, served: Served, wallets: Wallets) -> Flags:
    """From the first month to the one before leaving; always where the wallet is what gives the cause away."""
    telling = np.isin(served.losses.cause, [RIVAL, STRATEGY])
    tells = (rng.random(len(served.accounts)) < _TOLD) | telling
    tells &= served.habits.kind != ONE_OFF
    ends = np.append(served.period.month_edges[1:], served.period.length) - 1 + served.period.start
    here = ends < served.losses.left_on[:, None]
    told: Flags = tells[:, None] & here & (wallets.ours + wallets.others >= 1)
    return told
