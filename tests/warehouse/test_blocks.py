"""One account's rows, wherever in the file's blocks they lie."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vitalfew.warehouse import blocks

CODES = ["A", "A", "B", "B", "B", "B", "B", "C", "D", "甲"]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "result.parquet"
    table = pa.table({"customer": pa.array(CODES).dictionary_encode(), "place": list(range(len(CODES)))})
    pq.write_table(table, path, row_group_size=2)
    return path


@pytest.mark.parametrize("code", ["A", "B", "C", "D", "甲", "", "AA", "乙", "0"])
def test_an_accounts_rows_are_all_there_and_no_others(file, code):
    expected = [{"customer": code, "place": place} for place, each in enumerate(CODES) if each == code]

    assert blocks.rows_of(file, code) == expected


def test_only_the_blocks_that_can_hold_the_account_are_read(file):
    assert blocks._blocks(file, file.stat().st_mtime_ns).holding("B") == [1, 2, 3]


def test_a_file_written_anew_is_read_anew(file):
    blocks.rows_of(file, "A")

    pq.write_table(pa.table({"customer": ["A"], "place": [99]}), file)

    assert blocks.rows_of(file, "A") == [{"customer": "A", "place": 99}]


def test_a_result_without_rows_has_none_of_any_account(tmp_path):
    pq.write_table(pa.table({"customer": pa.array([], pa.string())}), tmp_path / "empty.parquet")

    assert blocks.rows_of(tmp_path / "empty.parquet", "A") == []


@pytest.mark.parametrize(
    ("width", "rows"), [(1, 62_500), (10, 6_250), (1_000, 1_000)], ids=["narrow", "wide", "widest"]
)
def test_a_block_is_of_half_a_megabyte_and_never_of_few_rows(width, rows):
    table = pa.table({f"column {number}": [0.0] * 2_000 for number in range(width)})

    assert blocks.rows_a_block(table) == rows
    assert blocks.rows_a_block(table.slice(0, 0)) >= blocks.FEWEST
