import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

SECONDS_A_DAY = 86_400


def local_today() -> int:
    """Today as days since 1970, by the clock of this machine."""
    now = time.time()
    return int((now + time.localtime(now).tm_gmtoff) // SECONDS_A_DAY)


@dataclass(frozen=True)
class Options:
    """What the user says about a source; what is left open is found out or asked."""

    mapping: Mapping[str, str] = field(default_factory=dict)  # field -> heading in the file; wins over every guess
    encoding: str | None = None
    sheet: str | None = None
    day_first: bool | None = None  # None: the file decides, or is refused when it can be read both ways
    decimal_comma: bool = False
    currency: str | None = None  # for rows whose file has no currency column
    customers: pa.Array | None = None  # the only customer codes taken; None: any
    forgiving: bool = (
        False  # read once and forgotten: more places are rounded, optional fields that can't be read left empty
    )
    today: int = field(default_factory=local_today)  # days since 1970; later events are refused
