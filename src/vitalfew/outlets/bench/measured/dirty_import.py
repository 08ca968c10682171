"""A file as it comes out of an old system: GB18030, quoted commas, money with signs, one row in twenty beyond repair."""

from pathlib import Path
from typing import Final

from vitalfew.outlets.bench import Benchmark
from vitalfew.outlets.bench.inputs import import_of, write_lines

FILE: Final = "dirty.csv"
HEADINGS: Final = ("订单号", "行号", "客户编号", "订单日期", "产品编号", "数量", "金额", "客户名称")
BAD: Final = 20
CUSTOMER, DAY, AMOUNT = 2, 3, 6


def prepare(size: int, folder: Path) -> None:
    write_lines(size, folder / FILE, "gb18030", HEADINGS, written)


def written(number: int, row: list[str]) -> list[str]:
    """The row with the oddities of its turn."""
    row = [*row, '引"号"公司' if number % 7 == 0 else "恒达电器,“（华东）”"]
    if number % BAD == 0:
        return _spoilt(number // BAD, row)
    if number % 3 == 0:
        row[AMOUNT] = f"￥{float(row[AMOUNT]):,.2f}"
    if number % 5 == 0:
        row[DAY] = row[DAY].replace("-", "/")
    return row


def _spoilt(turn: int, row: list[str]) -> list[str]:
    if turn % 4 == 0:
        return row[:5]
    place, cell = ((CUSTOMER, ""), (DAY, "2025-13-45"), (AMOUNT, "十二"))[turn % 4 - 1]
    return [*row[:place], cell, *row[place + 1 :]]


BENCHMARK: Final = Benchmark(
    title="Import of a dirty GB18030 file, 5 % bad rows",
    unit="lines",
    size=200_000,
    prepare=prepare,
    command=import_of(FILE),
    goals={1_000_000: {"seconds": 20, "peak MiB": 600}},
)
