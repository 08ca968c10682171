"""Many records at once: a table with the features of each, ready to be compared.

Among very many, a few processes share the work.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.feather

from vitalfew.duplicates.features.company_name import parsed_folded
from vitalfew.duplicates.features.folding import folded_all, words
from vitalfew.duplicates.features.sounds import sound

PIECE: Final = 50_000
MANY: Final = 200_000
PROCESSES: Final = min(4, os.cpu_count() or 1)
NAMES: Final = ("plain", "place", "core", "trade", "form", "branch", "abbreviation", "written", "sound")
FREE_MAIL: Final = frozenset(
    words(
        "qq.com 163.com 126.com sina.com sina.cn foxmail.com 139.com 189.cn sohu.com aliyun.com gmail.com outlook.com "
        "hotmail.com yahoo.com icloud.com live.com msn.com"
    )
)
OTHERS: Final = {
    "uscc": pa.string(), "country": pa.string(), "region": pa.string(), "phones": pa.list_(pa.string()),
    "domains": pa.list_(pa.string()),
}  # fmt: skip
OF_PERSONS: Final = {
    "mail": pa.string(), "wechat": pa.string(), "phones": pa.list_(pa.string()), "accounts": pa.list_(pa.string()),
}  # fmt: skip
SCHEMA: Final = pa.schema([(name, pa.string()) for name in NAMES])


def features(names: Sequence[str]) -> pa.Table:
    """One row a name, in the same order."""
    if len(names) < MANY or PROCESSES == 1:
        return one_after_another(names)
    with tempfile.TemporaryDirectory() as folder:
        return _side_by_side(names, Path(folder))


def one_after_another(names: Sequence[str]) -> pa.Table:
    pieces = (_piece(names[start : start + PIECE]) for start in range(0, len(names), PIECE))
    return pa.concat_tables([SCHEMA.empty_table(), *pieces])


def _side_by_side(names: Sequence[str], folder: Path) -> pa.Table:
    """In processes of their own, each a part of the names."""
    pa.feather.write_feather(pa.table({"name": names}), folder / "names", compression="uncompressed")
    size = -(-len(names) // PROCESSES)
    starts = range(0, len(names), size)
    command = [sys.executable, "-m", "vitalfew.duplicates.features", str(folder / "names")]
    parts = [str(folder / str(start)) for start in starts]
    asked = [[*command, str(start), str(start + size), part] for start, part in zip(starts, parts, strict=True)]
    running = [subprocess.Popen(each) for each in asked]  # noqa: S603  (our own arguments)
    for each, process in zip(asked, running, strict=True):
        if process.wait():
            raise subprocess.CalledProcessError(process.returncode, each)
    return pa.concat_tables([pa.feather.read_table(part, memory_map=False) for part in parts])


def _piece(names: Sequence[str]) -> pa.Table:
    rows = parsed_folded(folded_all(names))
    columns: Iterable[tuple[str, ...]] = zip(*rows, strict=True) if rows else [()] * (len(NAMES) - 1)
    heard = sound("\n".join([in_order(row.core) for row in rows])).split("\n") if rows else []
    return pa.Table.from_arrays([pa.array(cells, pa.string()) for cells in (*columns, heard)], schema=SCHEMA)


def in_order(core: str) -> str:
    """Latin words by letter: Bosch, Robert is Robert Bosch."""
    return "".join(sorted(core.split())) if " " in core else core


def company_records(names: Sequence[str], **others: Sequence[object]) -> pa.Table:
    """Companies ready to be compared: the features of their names, and beside them what else is known of each.

    ``others`` are uscc, country, region (texts), phones and domains (lists of texts); those not given are empty.
    """
    table = features(names)
    stem = pc.binary_join_element_wise(table["place"], table["core"], table["trade"], table["branch"], "|")
    table = table.append_column("stem", stem).append_column("latin", pc.string_is_ascii(table["core"]))
    for name, kind in OTHERS.items():
        table = table.append_column(name, _told(others.get(name), kind, len(names)))
    return table


def person_records(names: Sequence[str], **others: Sequence[object]) -> pa.Table:
    """People ready to be compared. ``others`` are mail and wechat (texts), phones and accounts (lists of texts)."""
    plain = ["".join(name.split()) for name in folded_all(names)] if names else []
    columns: dict[str, pa.Array] = {
        "plain": pa.array(plain, pa.string()),
        "sound": pa.array(map(sound, plain), pa.string()),
    }
    for name, kind in OF_PERSONS.items():
        columns[name] = _told(others.get(name), kind, len(names))
    return pa.table(columns)


def _told(cells: Sequence[object] | None, kind: pa.DataType, size: int) -> pa.Array:
    """A column as told, or empty for every record."""
    if cells:
        return pa.array(cells, kind)
    if pa.types.is_list(kind):
        return pa.ListArray.from_arrays(pa.repeat(pa.scalar(0, pa.int32()), size + 1), pa.array([], kind.value_type))
    return pa.repeat("", size)


class Reach(NamedTuple):
    """How a record is reached: numbers without their signs, and domains that are a company's own."""

    phones: tuple[str, ...]
    domains: tuple[str, ...]


def reach(phones: Iterable[str], mails: Iterable[str]) -> Reach:
    numbers = {digits_of(each) for each in phones}
    domains = {each.rpartition("@")[2].strip().lower() for each in mails if "@" in each}
    return Reach(tuple(sorted(numbers - {""})), tuple(sorted(domains - FREE_MAIL - {""})))


SHORTEST_NUMBER: Final = 7


def digits_of(phone: str) -> str:
    """A number's digits, without the country's 86; nothing where they are too few to tell whose it is."""
    digits = "".join(filter(str.isdigit, phone))
    bare = digits.removeprefix("0086").removeprefix("86") if len(digits) > 11 else digits  # noqa: PLR2004  (a mobile number)
    return bare if len(bare) >= SHORTEST_NUMBER else ""
