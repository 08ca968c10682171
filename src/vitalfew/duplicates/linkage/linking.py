"""From records to likely pairs, in DuckDB: keys, blocks, levels, weights.

Two records are compared if they share a key. As many pairs are compared as a budget allows, those of the smallest blocks first:
what thousands share tells little.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from vitalfew.duplicates.linkage.features import Model
from vitalfew.maths import fellegi_sunter
from vitalfew.maths.fellegi_sunter import Fit, Floats, Ints, Patterns
from vitalfew.warehouse.engines.duck import connect

LIKELY: Final = 0.5
AT_LEAST: Final = 3_000_000
"""So many pairs are always compared, and more with more records."""
PER_RECORD: Final = 6
RANDOM: Final = 200_000
EXPECTED: Final = 0.1
"""So many of the records are believed to have a twin before any is compared."""
MOST_OFTEN: Final = 20
LEAST_OFTEN: Final = 9
BASE: Final = 16
"""So many levels a feature can have."""


@dataclass(frozen=True)
class Linked:
    """The likely pairs (left, right, probability, weight, code), and what was learnt."""

    pairs: pa.Table
    fit: Fit
    compared: int


def linked(records: pa.Table, model: Model, likely: float = LIKELY, memory: str = "1GB") -> Linked:
    """Pairs of rows of a table of records that are likely one, by their numbers in it."""
    with connect(memory) as connection:
        numbers = pa.array(np.arange(len(records), dtype=np.int32))
        connection.register("given", records.append_column("id", numbers))
        counted = f"SELECT {model.word} AS word, count(DISTINCT {model.apart}) AS n FROM given GROUP BY word"
        often = f"(least(floor(log2(greatest(n - 1, 0.5))), {MOST_OFTEN}) - {model.bits})::INTEGER AS often"
        connection.execute(
            f"CREATE TABLE r AS SELECT g.*, {often} FROM given g JOIN ({counted}) ON word = {model.word}"
        )
        _pair_up(connection, model, max(AT_LEAST, PER_RECORD * len(records)))
        return _weighed(connection, model, len(records), likely)


def _pair_up(connection: Any, model: Model, budget: int) -> None:
    """The table ``pairs``: records that share a key, those of the largest blocks left out."""
    keys = " UNION ALL ".join(f"({each})" for each in model.keys)
    connection.execute(f"CREATE TABLE keys AS SELECT hash(k) AS k, id FROM ({keys})")
    connection.execute("CREATE TABLE blocks AS SELECT k, count(*) AS n FROM keys GROUP BY k HAVING n > 1")
    sizes = connection.execute("SELECT n, count(*) * n * (n - 1) // 2 FROM blocks GROUP BY n ORDER BY n").fetchall()
    spent = np.cumsum([pairs for _size, pairs in sizes])
    within = [size for (size, _pairs), sum_ in zip(sizes, spent, strict=True) if sum_ <= budget]
    largest = max(within, default=min((size for size, _pairs in sizes), default=2))
    connection.execute(
        "CREATE TABLE met AS SELECT k, id FROM keys SEMI JOIN (FROM blocks WHERE n <= ?) USING (k)", [largest]
    )
    connection.execute("DROP TABLE keys")
    connection.execute(
        "CREATE TABLE pairs AS SELECT DISTINCT a.id AS l, b.id AS o FROM met a JOIN met b ON a.k = b.k AND a.id < b.id"
    )
    connection.execute("DROP TABLE met")


def _compared(model: Model, pairs: str) -> str:
    """Each pair with its pattern of agreement as one number: a digit a feature, and how often the telling word occurs."""
    digits = [f"({feature.sql} + 1) * {BASE**place}::BIGINT" for place, feature in enumerate(model.features)]
    often = f"(least(a.often, b.often) + {LEAST_OFTEN}) * {BASE ** len(model.features)}::BIGINT"
    return (
        f"SELECT p.l, p.o, {' + '.join([*digits, often])} AS code FROM {pairs} p "
        "JOIN r a ON a.id = p.l JOIN r b ON b.id = p.o"
    )


def levels_of(codes: Ints, features: int) -> Ints:
    """The levels of each feature, from patterns as numbers."""
    places = BASE ** np.arange(features, dtype=np.int64)
    return np.asarray(codes[:, None] // places % BASE - 1, dtype=np.int64)


def _weighed(connection: Any, model: Model, records: int, likely: float) -> Linked:
    connection.execute(f"CREATE TABLE compared AS {_compared(model, 'pairs')}")
    codes, patterns = _patterns(connection, model, "compared", records)
    _codes, random = _patterns(connection, model, f"({_compared(model, _random(records))})", records)
    pairs, share = max(records * (records - 1) / 2, 1.0), min(EXPECTED / max(records, 1), 0.1)
    fit = fellegi_sunter.fit(patterns, random, pairs, [feature.belief for feature in model.features], share=share)
    connection.register("scored", pa.table({"code": codes, "probability": fit.chances(patterns)}))
    found = connection.sql(
        "SELECT l AS left, o AS right, probability, code FROM compared JOIN scored USING (code) "
        f"WHERE probability >= {float(likely)} ORDER BY probability DESC, l, o"
    )
    return Linked(found.to_arrow_table(), fit, int(patterns.counts.sum()))


def _random(records: int) -> str:
    """Pairs drawn by chance, always the same ones."""
    return (
        f"(SELECT (hash(i) % {records})::INTEGER AS l, (hash(i + {RANDOM}) % {records})::INTEGER AS o "
        f"FROM range({RANDOM if records else 0}) t(i) WHERE l <> o)"
    )


def _patterns(connection: Any, model: Model, table: str, records: int) -> tuple[Ints, Patterns]:
    """The patterns of a table of compared pairs: as numbers, and taken apart."""
    query = f"SELECT code, count(*) AS n FROM {table} GROUP BY code ORDER BY code"
    counted = connection.execute(query).fetchnumpy()
    codes = counted["code"].astype(np.int64)
    levels = levels_of(codes, len(model.features))
    extra = _rarity(model, levels, codes // BASE ** len(model.features) - LEAST_OFTEN, records)
    return codes, Patterns(levels, counted["n"].astype(np.float64), extra)


def _rarity(model: Model, levels: Ints, often: Ints, records: int) -> Floats:
    """What a shared word says: the rarer, the more."""
    extra = np.zeros(len(levels))
    for place, feature in enumerate(model.features):
        for level in model.telling.get(feature.name, ()):
            here = levels[:, place] == level
            extra[here] = -np.log2(np.minimum(np.exp2(often[here]) / (records + model.world), 1.0))
    return extra
