"""From records to likely pairs, in DuckDB: keys, blocks, levels, weights.

Two records are compared if they share a key. As many pairs are compared as a budget allows, those of the smallest blocks first:
what thousands share tells little.
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import accumulate
from operator import mul
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
PER_RECORD: Final = 3
RANDOM: Final = 200_000
EXPECTED: Final = 0.1
"""So many of the records are believed to have a twin before any is compared."""
HALVES: Final = 2
RAREST: Final = 64
"""So many half bits what is shared can tell."""


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
        _records(connection, model)
        _pair_up(connection, model, max(AT_LEAST, PER_RECORD * len(records)))
        return _weighed(connection, model, len(records), likely)


def _records(connection: Any, model: Model) -> None:
    """The table ``r``: records, with how telling it is that another shares a word of theirs."""
    columns, joined = "", ""
    for place, rarity in enumerate(model.rarities):
        connection.execute(
            f"CREATE TABLE rare_{place} AS SELECT {rarity.within} AS part, {rarity.word} AS word, "
            f"count(DISTINCT {rarity.apart}) - 1 + {rarity.others} AS often, count(*) AS n FROM given GROUP BY ALL"
        )
        connection.execute(
            f"CREATE TABLE parts_{place} AS SELECT part, sum(n) + {rarity.world} AS n FROM rare_{place} GROUP BY part"
        )
        share = f"log2(rare_{place}.often / parts_{place}.n)"
        columns += (
            f", least(greatest(round({HALVES} * ({rarity.bits} - {share})), 0), {RAREST - 1})::UTINYINT AS bits_{place}"
        )
        joined += (
            f" JOIN rare_{place} ON rare_{place}.word = {rarity.word} AND rare_{place}.part = {rarity.within}"
            f" JOIN parts_{place} ON parts_{place}.part = {rarity.within}"
        )
    connection.execute(f"CREATE TABLE r AS SELECT given.*{columns} FROM given{joined}")


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


def _compared(model: Model, pairs: str, empty: Collection[str]) -> str:
    """Each pair with its pattern of agreement as one number: a digit a feature, and one for how rare is what they share."""
    *places, above = _places(model)
    placed = zip(model.features, places, strict=True)
    digits = [f"({each.sql} + 1) * {place}::BIGINT" for each, place in placed if each.needs not in empty]
    shared = [
        f"least(a.bits_{number}, b.bits_{number}) * {above * RAREST**number}::BIGINT"
        for number in range(len(model.rarities))
    ]
    return (
        f"SELECT p.l, p.o, {' + '.join([*digits, *shared])} AS code FROM {pairs} p "
        "JOIN r a ON a.id = p.l JOIN r b ON b.id = p.o"
    )


def _places(model: Model) -> list[int]:
    """What one stands for in each feature's digit of a pattern; and above them."""
    return list(accumulate((len(each.levels) + 1 for each in model.features), mul, initial=1))


def levels_of(codes: Ints, model: Model) -> Ints:
    """The levels of each feature, from patterns as numbers."""
    *places, _above = _places(model)
    sizes = np.array([len(each.levels) + 1 for each in model.features])
    return np.asarray(codes[:, None] // np.array(places) % sizes - 1, dtype=np.int64)


def _weighed(connection: Any, model: Model, records: int, likely: float) -> Linked:
    empty = _empty(connection, model)
    connection.execute(f"CREATE TABLE compared AS {_compared(model, 'pairs', empty)}")
    codes, patterns = _patterns(connection, model, "compared")
    _codes, random = _patterns(connection, model, f"({_compared(model, _random(records), empty)})")
    pairs, share = max(records * (records - 1) / 2, 1.0), min(EXPECTED / max(records, 1), 0.1)
    fit = fellegi_sunter.fit(patterns, random, pairs, [feature.belief for feature in model.features], share=share)
    connection.register("scored", pa.table({"code": codes, "probability": fit.chances(patterns)}))
    found = connection.sql(
        "SELECT l AS left, o AS right, probability, code FROM compared JOIN scored USING (code) "
        f"WHERE probability >= {float(likely)} ORDER BY probability DESC, l, o"
    )
    return Linked(found.to_arrow_table(), fit, int(patterns.counts.sum()))


def _empty(connection: Any, model: Model) -> set[str]:
    """The columns that features need and no record has."""
    needed = {feature.needs for feature in model.features} - {""}
    told = {each: connection.execute(f"SELECT max(len({each})) FROM r").fetchone()[0] for each in needed}
    return {each for each, longest in told.items() if not longest}


def _random(records: int) -> str:
    """Pairs drawn by chance, always the same ones."""
    return (
        f"(SELECT (hash(i) % {records})::INTEGER AS l, (hash(i + {RANDOM}) % {records})::INTEGER AS o "
        f"FROM range({RANDOM if records else 0}) t(i) WHERE l <> o)"
    )


def _patterns(connection: Any, model: Model, table: str) -> tuple[Ints, Patterns]:
    """The patterns of a table of compared pairs: as numbers, and taken apart."""
    query = f"SELECT code, count(*) AS n FROM {table} GROUP BY code ORDER BY code"
    counted = connection.execute(query).fetchnumpy()
    codes = counted["code"].astype(np.int64)
    levels = levels_of(codes, model)
    return codes, Patterns(levels, counted["n"].astype(np.float64), _shared(model, levels, codes))


def _shared(model: Model, levels: Ints, codes: Ints) -> Floats:
    """What a shared word says: the rarer, the more."""
    extra = np.zeros(len(levels))
    names = [feature.name for feature in model.features]
    for place, rarity in enumerate(model.rarities):
        bits = codes // (_places(model)[-1] * RAREST**place) % RAREST / HALVES
        for name in rarity.features:
            extra += np.where(np.isin(levels[:, names.index(name)], rarity.levels), bits, 0)
    return extra
