"""What a finding about an account says in words.

A phrase takes the rows that one analysis or table holds (a :class:`~vitalfew.panels.Panel`) and gives a sentence for each,
null where there is nothing to say. `one-to-one` strings them together, `next-actions` gives them as reasons. A sentence
names its figures and, where the estimate has one, its interval.

    development.py    how purchases run, and what is to come
    value.py          what the account is worth, and what it spends with others
    behaviour.py      how it buys, what is unusual, what it doesn't buy
    contribution.py   what is left of its sales
    satisfaction.py   what it thinks of us, and what it complains of
    risk.py           whether it leaves, why, and whether it pays
    relationship.py   whom we know there, and on whom it hangs
    service.py        how we serve it
    intelligence.py   what is known of it beside the figures
    visiting.py       why it is visited, by whom and when
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.panels import Bools, Floats, Panel

Sentences = pa.Array
"""One sentence a row as :func:`vitalfew.sentences.told` writes it, or null."""


def where(panel: Panel, column: str, code: str) -> Bools:
    """The rows whose word is this one."""
    return np.asarray(pc.equal(panel.table[column], str(code)).fill_null(False).to_numpy())


def column(panel: Panel, name: str) -> pa.Array:
    """A column of words or names."""
    return panel.table[name].combine_chunks()


def leading(panel: Panel, values: Floats) -> Bools:
    """The row of each account whose value is smallest, the first of equals; where none is known, the first row."""
    starts = panel.starts()
    account = np.repeat(np.arange(starts.size), np.diff(np.append(starts, len(panel))))
    order = np.lexsort((np.nan_to_num(values, nan=np.inf), account))
    found = np.zeros(len(panel), dtype=bool)
    found[order[starts]] = True
    return found
