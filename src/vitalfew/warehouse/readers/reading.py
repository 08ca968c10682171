"""A source that has been looked at: what it is, how it will be read, and its batches."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NoReturn, Self

from vitalfew.warehouse.readers import headings
from vitalfew.warehouse.readers.ahead import ahead
from vitalfew.warehouse.readers.cells import Wrong
from vitalfew.warehouse.readers.checks import Checker
from vitalfew.warehouse.readers.currencies import currency
from vitalfew.warehouse.readers.dates import Order, decisive, needs_order
from vitalfew.warehouse.readers.files import File, PathOrStream, opened
from vitalfew.warehouse.readers.kinds import source_of
from vitalfew.warehouse.readers.options import Options
from vitalfew.warehouse.readers.places import Places
from vitalfew.warehouse.readers.reasons import Refused
from vitalfew.warehouse.readers.rows import Batch, Source
from vitalfew.warehouse.tables import Table

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass
class Reading:
    """A source, opened: its facts are known at once, its rows come from ``batches``, as often as asked.

    ``mapping`` is what is used; ``guessed`` names the fields that were found by a synonym; ``ignored`` the headings
    that are not used; ``suggestions`` the near matches, field by field, none of them applied. ``warnings`` counts
    accepted rows that are odd, once they have been read.
    """

    name: str
    sha256: str
    size: int
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    headings: list[str]
    mapping: dict[str, str]
    guessed: tuple[str, ...]
    ignored: tuple[str, ...]
    suggestions: dict[str, tuple[str, ...]]
    table: Table
    options: Options
    _source: Source = field(repr=False)
    _columns: dict[str, int] = field(repr=False)
    _remarks: dict[str, int] = field(repr=False)
    _file: File | None = field(default=None, repr=False)
    rows_read: int = 0
    rows_rejected: int = 0
    _checker: Checker | None = field(default=None, repr=False)
    _order: Order = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._order = Order(self.options.day_first, self._decisive_date, self._ask_order)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; there is nothing to read after that."""
        if self._file:
            self._file.close()

    @property
    def bytes_read(self) -> int:
        return self._source.bytes_read

    @property
    def blanks(self) -> int:
        """Blank records met so far; they are skipped."""
        return self._checker.blanks if self._checker else 0

    @property
    def totals(self) -> int:
        """Total lines met so far; they are skipped."""
        return self._checker.totals if self._checker else 0

    @property
    def rounded(self) -> int:
        """Cells rounded to four places so far, where the options ask for it."""
        return self._checker.rounded if self._checker else 0

    @property
    def emptied(self) -> Counter[tuple[str, str]]:
        """Optional fields left empty so far, with the reason, where the options ask for it."""
        return self._checker.emptied if self._checker else Counter()

    @property
    def warnings(self) -> dict[str, int]:
        """Warning code -> how often, of the headings at once and of the rows read so far."""
        counted = self._checker.remarks if self._checker else Counter[str]()
        return dict(counted + Counter(self._remarks) + Counter(self._source.remarks))

    def batches(self) -> Iterator[Batch]:
        """Checked rows with the rejects between them, in the order of the source."""
        self._checker = checker = self._new_checker()
        self.rows_read = self.rows_rejected = 0
        for block in ahead(self._source.blocks()):
            batch = checker.check(block)
            self.rows_rejected += len(batch.rejects)
            self.rows_read += batch.rows.num_rows + len(batch.rejects)
            yield batch
        if not self.rows_read:
            raise Refused("no_data")

    @property
    def numbers_lines(self) -> bool:
        """Whether line numbers are given by place, as the source has none."""
        return "line_no" in self.table.by_name and "line_no" not in self._columns

    def _new_checker(self) -> Checker:
        return Checker(
            self.table,
            self.headings,
            self._columns,
            self.options,
            self._order,
            self._source.epoch,
            Places() if self.numbers_lines else None,
        )

    def settle_dates(self) -> None:
        """Decide the order of day and month now, if the first rows show that it will be needed."""
        first = self._source.first() if self.options.day_first is None else None
        examples = (needs_order(first.columns[place]) for place in self._days()) if first else ()
        for example in filter(None, examples):
            self._order.day_first(example)

    def _decisive_date(self) -> str | None:
        return decisive(block.columns[place] for block in self._source.blocks() for place in self._days())

    def _ask_order(self, example: str) -> NoReturn:
        meanings = tuple(self.table.by_name[name].meaning for name in self._columns if self._is_day(name))
        raise Refused("not-a-date", "day_first", columns=meanings, example=example)

    def _days(self) -> list[int]:
        return [place for name, place in self._columns.items() if self._is_day(name)]

    def _is_day(self, name: str) -> bool:
        return self.table.by_name[name].type == "day"


def open_source(source: PathOrStream, table: Table, options: Options | None = None) -> Reading:
    """Look at a file or stream: CSV, TSV, TXT (gzipped too), XLSX or Parquet, told by its content."""
    options = options or Options()
    file = opened(source)
    try:
        return _reading(source_of(file, table, options), table, options, file)
    except Refused:
        file.close()
        raise


def open_frame(frame: "pa.Table", table: Table, options: Options | None = None, name: str = "frame") -> Reading:
    """Look at an Arrow table straight from Python."""
    from vitalfew.warehouse.readers.columnar import Frame

    source = Frame(frame)
    return _reading(source, table, options or Options(), None, name)


def read_sql(url: str, query: str, table: Table, options: Options | None = None) -> Reading:
    """Look at the result of a query; it is run anew each time the batches are asked for."""
    from vitalfew.warehouse.readers.sql import Query

    source = Query(url, query)
    return _reading(source, table, options or Options(), None, source.name)


def _in_one_currency(options: Options) -> Options:
    """The currency said for the whole source, by its code."""
    if not options.currency:
        return options
    try:
        return replace(options, currency=currency(options.currency))
    except Wrong as wrong:
        raise Refused(wrong.reason) from None


def _reading(source: Source, table: Table, options: Options, file: File | None, name: str = "-") -> Reading:
    options = _in_one_currency(options)
    found = headings.assign(source.headings, table, options.mapping)
    columns = {column: found.columns[column] for column in table.by_name if column in found.columns}
    shown = headings.distinct(source.headings)
    reading = Reading(
        name=file.name if file else name,
        sha256=file.sha256 if file else "",
        size=file.size if file else 0,
        encoding=source.encoding,
        delimiter=source.delimiter,
        sheet=source.sheet,
        headings=shown,
        mapping={column: source.headings[place] for column, place in columns.items()},
        guessed=found.guessed,
        ignored=found.ignored,
        suggestions=found.suggestions,
        table=table,
        options=options,
        _source=source,
        _columns=columns,
        _remarks=found.remarks,
        _file=file,
    )
    reading.settle_dates()
    return reading
