"""An analysis and all that it needs: tables, summaries and other analyses, each computed once a run.

    Run(source, as_of).result("pareto", basis="margin")

The run looks no further than ``as_of``: facts dated later are not there, and tables of one's own are cut by who reads
them. Amounts of different currencies are never added: a run speaks one currency, the book's most frequent unless another
is asked for, and says what it left out.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Protocol

import narwhals as nw
import pyarrow as pa

from vitalfew.catalogue import VARIANTS, Analysis, Findings, Refusal, UnknownOption, catalogue, read_option
from vitalfew.charts import Chart
from vitalfew.language import Count, Language, Message, Names, Percent, Word
from vitalfew.summaries import SUMMARIES
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.columns import CURRENCY
from vitalfew.warehouse.engines import Engine, Frame
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.sources import FromTables, Source
from vitalfew.warehouse.tables import TABLES, is_open

EPOCH: Final = date(1970, 1, 1)
NO_CURRENCY: Final = ""
OF_ORDERS: Final = frozenset({"order_lines", "customers", "products"})
"""Tables in which nothing but orders happens; others may begin earlier."""
LINE: Final = "_line"
"""The column of a row that a home keeps, of which it came."""
PLACE: Final = "_place"
"""The column of a kept answer that tells each row's place in it."""


def day_number(day: date) -> int:
    return (day - EPOCH).days


def day_of(number: int) -> date:
    return EPOCH + timedelta(days=number)


class Shelf(Protocol):
    """Where summaries lie from one run to the next."""

    def summary(self, name: str, run: "Run") -> Frame:
        """The summary, as the run would compute it."""


@dataclass(frozen=True)
class Result:
    """An analysis' answer: a table, how it came about, and its chart."""

    analysis: Analysis
    findings: Findings
    as_of: int
    currency: str
    options: Mapping[str, Any]
    caveats: tuple[Message, ...] = ()

    def __repr__(self) -> str:
        said = self.findings.headline.say("en") if self.findings.headline else "no headline"
        return f"<{self.analysis.name} as of {day_of(self.as_of)}, {self.table.num_rows} rows: {said}>"

    @property
    def table(self) -> pa.Table:
        return self.findings.rows

    @property
    def warnings(self) -> tuple[Message, ...]:
        return (*self.caveats, *self.findings.warnings)

    @property
    def meta(self) -> dict[str, Any]:
        return self.described("en")

    def described(self, language: Language) -> dict[str, Any]:
        """What stands beside the rows in JSON, with its sentences in the language."""
        return {
            "analysis": self.analysis.name,
            "version": self.analysis.version,
            "as_of": day_of(self.as_of).isoformat(),
            "currency": self.currency or None,
            "parameters": dict(self.options),
            "rows": self.table.num_rows,
            "headline": self.findings.headline.say(language) if self.findings.headline else None,
            "figures": dict(self.findings.figures),
            "fit": dict(self.findings.fit),
            "warnings": [warning.say(language) for warning in self.warnings],
            "source": self.analysis.source,
        }

    def to_pandas(self) -> Any:
        return self.table.to_pandas()

    def to_polars(self) -> Any:
        import polars as pl

        return pl.from_arrow(self.table)

    def chart(self, language: Language = "en") -> Chart | None:
        """The result as a picture; None where a table says it better."""
        drawing = self.analysis.drawing
        if drawing is None:
            return None
        return Chart(drawing, self.analysis, self.table, self.findings, self.currency, language)


@dataclass
class Run:
    """One run over one state of the facts, as of one day."""

    source: Source
    engine: Engine
    as_of: int
    currency: str
    caveats: tuple[Message, ...] = ()
    last_day: int | None = None
    """The day of the last order in the facts, be it after ``as_of``."""
    several_currencies: bool = False
    """Whether there are orders in more than one."""
    shelf: Shelf | None = None
    _frames: dict[str, Frame] = field(default_factory=dict)
    _results: dict[tuple[str, str], Result] = field(default_factory=dict)
    _away: dict[tuple[str, str], Path] = field(default_factory=dict)
    _left_out: dict[str, Message] = field(default_factory=dict)
    """What is said of open tables that hold amounts in other currencies."""

    def result(self, name: str, **options: Any) -> Result:
        """The analysis of that name with these options (those not given: as declared)."""
        key, chosen = self._asked(name, options)
        if key not in self._results:
            self._results[key] = self._compute(catalogue()[name], chosen)
        return self._results[key]

    def put_away(self, name: str, place: Path, **options: Any) -> None:
        """The answer's rows lie in that file: who reads them from now on reads it, and the run holds them no longer."""
        key, _chosen = self._asked(name, options)
        self._away[key] = place
        self._results.pop(key, None)
        for given in (name.replace("-", "_"), *(each for each, (needed, _o) in VARIANTS.items() if needed == name)):
            self.engine.forget(given)
        pa.default_memory_pool().release_unused()

    def _asked(self, name: str, options: Mapping[str, Any]) -> tuple[tuple[str, str], dict[str, Any]]:
        declared = catalogue()[name].options
        chosen = {each: options.get(each, option.default) for each, option in declared.items()}
        return (name, repr(sorted(chosen.items()))), chosen

    def _compute(self, analysis: Analysis, chosen: Mapping[str, Any]) -> Result:
        given = [self._given(analysis, name) if analysis.reads(name, chosen) else None for name in analysis.inputs]
        handed = {name: getattr(self, name) for name in analysis.handed_in}
        findings = analysis.function(*given, **chosen, **handed)
        left_out = (self._left_out[name] for name in analysis.inputs if name in self._left_out)
        return Result(analysis, findings, self.as_of, self.currency, dict(chosen), (*self.caveats, *left_out))

    def _given(self, analysis: Analysis, name: str) -> Frame | None:
        if not is_open(name) or name in SUMMARIES:
            tables = SUMMARIES[name].inputs if name in SUMMARIES else (name,)
            if not self.source.names.issuperset(tables):
                if name in analysis.optional_inputs:
                    return None
                missing = Word(TABLES[tables[0]].meaning)
                raise Refusal(Message(_("No rows of '{table}' yet: import them first"), {"table": missing}))
            return self.frame(name)
        if name in self.source.names:
            return self._open(name)
        needed, options = VARIANTS.get(name, (name.replace("_", "-"), {}))
        key, _chosen = self._asked(needed, options) if needed in catalogue() else (None, None)
        if key in self._away:
            return self.engine.stored(self._away[key]).drop(PLACE, strict=False)
        if name in analysis.optional_inputs and not self._answers(needed, options):
            return None
        return self.engine.given(name, self.result(needed, **options).table, None)

    def _open(self, name: str) -> Frame:
        """A table of one's own, its amounts in the run's currency: as it was handed over; of a home, its columns alone."""
        rows = self.source.frame(name, None)
        columns = rows.collect_schema()
        if CURRENCY.name in columns:
            foreign = self._foreign(name, columns.names())
            self._note_left_out(name, rows.filter(foreign))
            rows = rows.filter(~foreign)
        return rows.select(TABLES[name].schema.names) if name in TABLES and LINE in columns else rows

    def _foreign(self, name: str, columns: Collection[str]) -> nw.Expr:
        """Which rows hold amounts in another currency; a row without any amount is in none."""
        money = [each.name for each in TABLES[name].columns if each.type == "money"] if name in TABLES else []
        amounts = [~nw.col(each).is_null() for each in money if each in columns]
        return ~self._speaks() & nw.any_horizontal(*amounts, ignore_nulls=True) if amounts else ~self._speaks()

    def _speaks(self) -> nw.Expr:
        """Whether a row names the run's currency; one that names none speaks with a run that has none."""
        return _code() == self.currency

    def _note_left_out(self, name: str, foreign: Frame) -> None:
        if counted := _by_currency(foreign):
            self._left_out[name] = _foreign_rows(name, counted, self.currency)

    def _answers(self, name: str, options: Mapping[str, Any]) -> bool:
        """Whether an analysis that another would like to read can be computed here."""
        if name not in catalogue():
            return False
        try:
            self.result(name, **options)
        except Refusal:
            return False
        return True

    def frame(self, name: str) -> Frame:
        """A table or a summary, computed once."""
        if name not in self._frames:
            self._frames[name] = self._summary(name) if name in SUMMARIES else self._table(name)
        return self._frames[name]

    def _summary(self, name: str) -> Frame:
        summary = SUMMARIES[name]
        if self.shelf is not None:
            return self.shelf.summary(name, self)
        return self.engine.kept(summary.of(*(self.frame(each) for each in summary.inputs)), name)

    def _table(self, name: str) -> Frame:
        return self.spoken(name, self.source.frame(name, self.as_of))

    def spoken(self, name: str, rows: Frame) -> Frame:
        """Rows of a table without those in other currencies.

        Serving an account that buys in other ones alone costs money of the run's too; it stays out with what it brings.
        """
        if "currency" in TABLES[name].by_name:
            rows = rows.filter(self._speaks())
        if name == "service_costs" and self.several_currencies:
            rows = rows.join(self._buying_elsewhere(), on="customer", how="anti")
        return rows

    def _buying_elsewhere(self) -> Frame:
        """Accounts with orders, none of them in the run's currency."""
        lines = self.source.frame("order_lines", self.as_of)
        here = lines.filter(self._speaks()).select("customer").unique()
        return lines.select("customer").unique().join(here, on="customer", how="anti")


@dataclass(frozen=True)
class Opening:
    """What a book is opened with: its last day, its currencies and how many lines each has."""

    last_day: int | None
    currencies: Mapping[str, int]
    """Of the order lines; of all tables where there are no order lines."""
    first_day: int | None = None

    @cached_property
    def main_currency(self) -> str:
        return max(self.currencies, key=lambda code: (self.currencies[code], code), default=NO_CURRENCY)


def opening(source: Source) -> Opening:
    """The day of the last order and the currencies of the book."""
    if "order_lines" not in source.names:
        return Opening(None, _named(source))
    lines = source.frame("order_lines", None).select("ordered_on", currency=_code())
    counted = (
        lines.group_by("currency")
        .agg(rows=nw.len(), last=nw.col("ordered_on").max(), first=nw.col("ordered_on").min())
        .collect("pyarrow")
    )
    rows = counted.to_native().to_pylist()
    last, first = max((r["last"] for r in rows), default=None), min((r["first"] for r in rows), default=None)
    return Opening(last, {r["currency"]: r["rows"] for r in rows}, first)


def must_reach(source: Source, as_of: int | None, currency: str | None) -> None:
    """Refused where the book has nothing up to that day or in that currency, with what it has."""
    book = opening(source)
    if currency is not None and book.currencies and currency not in book.currencies:
        text = _("Nothing is in {currency}; the currencies of the book: {known}")
        raise Refusal(Message(text, {"currency": currency, "known": _codes(book.currencies)}))
    first, last = book.first_day, book.last_day
    if as_of is None or first is None or last is None or not source.names <= OF_ORDERS:
        return
    if as_of < first:
        text = _("No orders up to {day}: they begin on {first} and end on {last}")
        days = {"day": as_of, "first": first, "last": last}
        raise Refusal(Message(text, {name: day_of(each).isoformat() for name, each in days.items()}))


def _named(source: Source) -> dict[str, int]:
    """How many rows of all tables name each currency."""
    counted = Counter[str]()
    for name in source.names:
        rows = source.frame(name, None)
        if CURRENCY.name in rows.collect_schema():
            counted.update(_by_currency(rows))
    return {code: rows for code, rows in counted.items() if code != NO_CURRENCY}


def _code() -> nw.Expr:
    """The currency that a row names; the empty one where it names none."""
    return nw.col(CURRENCY.name).cast(nw.String).fill_null(NO_CURRENCY)


def _by_currency(rows: Frame) -> dict[str, int]:
    counted = rows.select(code=_code()).group_by("code").agg(rows=nw.len()).collect("pyarrow").to_native()
    return {row["code"]: row["rows"] for row in counted.to_pylist()}


def after_their_inputs(names: Iterable[str]) -> list[str]:
    """The analyses in their order, each after those among them that it reads."""
    ordered: dict[str, None] = {}
    asked = list(names)

    def visit(name: str) -> None:
        for given in catalogue()[name].inputs:
            needed, _options = VARIANTS.get(given, (given.replace("_", "-"), {}))
            if needed in asked and needed not in ordered:
                visit(needed)
        ordered.setdefault(name)

    for name in asked:
        visit(name)
    return list(ordered)


def today() -> int:
    return day_number(datetime.now(tz=UTC).astimezone().date())


def start(source: Source, engine: Engine, as_of: int | None = None, currency: str | None = None) -> Run:
    """Open the book: as of its last order's day unless another day is asked for, in its main currency or the one asked for."""
    book = opening(source)
    spoken = book.main_currency if currency is None else currency
    at = as_of if as_of is not None else book.last_day if book.last_day is not None else today()
    several = book.last_day is not None and book.currencies.keys() != {spoken}
    return Run(source, engine, at, spoken, tuple(_left_out(book, spoken)), book.last_day, several)


def _left_out(book: Opening, spoken: str) -> list[Message]:
    others = {code: rows for code, rows in book.currencies.items() if code != spoken}
    if not others or book.last_day is None:
        return []
    share = sum(others.values()) / sum(book.currencies.values())
    text = _(
        "Only amounts in {currency} are counted; {share} of the order lines are in {others}. Currencies are never added."
    )
    return [Message(text, {"currency": spoken or "–", "share": Percent(share), "others": _codes(others)})]


def _foreign_rows(table: str, others: Mapping[str, int], spoken: str) -> Message:
    text = _(
        "Left out of '{table}': {n} {n:row|rows} with amounts in {others}; only amounts in {currency} are counted."
    )
    said = Word(TABLES[table].meaning) if table in TABLES else table
    figures = {"table": said, "n": Count(sum(others.values())), "others": _codes(others), "currency": spoken or "–"}
    return Message(text, figures)


def _codes(currencies: Iterable[str]) -> Names:
    """In order; a dash for rows that name none."""
    return Names([code or "–" for code in sorted(currencies)])


def analyse(
    name: str,
    *,
    as_of: str | date | None = None,
    currency: str | None = None,
    options: Mapping[str, Any] | None = None,
    **tables: Any,
) -> Result:
    """Run one analysis on tables of your own.

    ``tables`` are named as the canonical tables (``order_lines=frame``) and may be anything that speaks Arrow. Their
    columns are found by heading as in an import, and every row is checked; rows that can't be read are left out with a
    warning that counts them. ``options`` are the analysis' own (``vitalfew analyses`` lists them).

        analyse("pareto", order_lines=frame, as_of="2011-12-01").meta["figures"]["top20_share"]
    """
    from vitalfew.warehouse.given import checked

    _all_known(name, tables)
    engine = DuckEngine()
    read = {each: checked(each, table) for each, table in tables.items()}
    source = FromTables(engine, {each: rows for each, (rows, _caveats) in read.items()})
    must_reach(source, _day(as_of), currency)
    run = start(source, engine, _day(as_of), currency)
    run.caveats = (*run.caveats, *(caveat for _rows, caveats in read.values() for caveat in caveats))
    return run.result(name, **typed(catalogue()[name], options or {}))


def _all_known(name: str, tables: Iterable[str]) -> None:
    """Refused with what there is: an analysis or a table that there isn't."""
    if name not in catalogue():
        raise UnknownOption(Message(NO_ANALYSIS, {"name": name, "known": ", ".join(catalogue())}))
    for each in tables:
        if not is_input(each):
            raise UnknownOption(Message(NO_TABLE, {"name": each, "known": ", ".join(own_tables())}))


NO_ANALYSIS: Final = _("There is no analysis '{name}'. Known: {known}")
NO_TABLE: Final = _("There is no table '{name}'. Known: {known}")
NO_DATE: Final = _("'{text}' is not a date. Write it as 2025-12-31")


def is_input(name: str) -> bool:
    """Whether any analysis reads something of that name."""
    return name in TABLES or any(name in each.inputs for each in catalogue().values())


def own_tables() -> list[str]:
    """The tables that can be handed over: the canonical ones, and those that only analyses know."""
    asked = {name for each in catalogue().values() for name in each.inputs}
    computed = {name.replace("-", "_") for name in catalogue()} | SUMMARIES.keys() | VARIANTS.keys()
    return sorted(TABLES.keys() | (asked - computed))


def _day(as_of: str | date | None) -> int | None:
    if not isinstance(as_of, str):
        return None if as_of is None else day_number(as_of)
    try:
        return day_number(date.fromisoformat(as_of))
    except ValueError:
        raise UnknownOption(Message(NO_DATE, {"text": as_of})) from None


def typed(analysis: Analysis, options: Mapping[str, Any]) -> dict[str, Any]:
    """Options as their declared types, however they were given; an unknown one is refused with the known ones."""
    for name in options.keys() - analysis.options.keys():
        known = ", ".join(analysis.options) or "–"
        raise UnknownOption(Message(_("There is no option {name}. Known: {known}"), {"name": name, "known": known}))
    return {name: read_option(analysis.options[name], str(value)) for name, value in options.items()}
