"""What is known of an account beside its figures, with grade and day."""

import numpy as np
import pyarrow as pa

from vitalfew.panels import Panel
from vitalfew.phrases import Sentences, column
from vitalfew.sentences import days, told
from vitalfew.sentences import texts as as_written
from vitalfew.terms import gettext_noop as _

MOST = 3
"""So many pieces an account are said."""
TABLE = "account_intelligence"
NEEDED = {"customer": pa.string(), "statement": pa.string(), "grade": pa.string(), "known_on": pa.date32()}
MORE = {"place": pa.float64(), "valid_until": pa.date32()}
"""What else the table may hold: the best first, and until when each holds."""


def holding(table: pa.Table, as_of: int) -> Panel:
    """What was known by then and still held, by account, the best first."""
    day, until = (table[name].cast(pa.int32()).cast(pa.float64()) for name in ("known_on", "valid_until"))
    known = np.asarray(day.fill_null(np.inf)) <= as_of
    holds = np.asarray(until.fill_null(np.inf)) >= as_of
    return Panel(table.filter(pa.array(known & holds)).sort_by([("customer", "ascending"), ("place", "ascending")]))


def known(panel: Panel) -> list[Sentences]:
    """The first pieces of each account, one sentence each."""
    starts = panel.starts()
    ahead = np.arange(len(panel)) - np.repeat(starts, np.diff(np.append(starts, len(panel))))
    said = {
        "statement": as_written(column(panel, "statement")), "grade": as_written(column(panel, "grade")),
        "day": days(panel.table["known_on"].cast(pa.int32()).to_numpy()),
    }  # fmt: skip
    return [told(_("{statement} (grade {grade}, as of {day})."), ahead == place, **said) for place in range(MOST)]
