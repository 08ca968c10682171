"""A result as a picture: its data as plain lists for the page, or drawn as PNG and SVG for a file.

The title is the finding itself. Curves of many accounts are thinned to a few hundred points; what is thinned is still in
the table beside the chart.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Analysis, Column, Drawing, Findings
from vitalfew.language import Language, Money, Percent, translate
from vitalfew.terms import Unit

if TYPE_CHECKING:
    from matplotlib.figure import Figure

POINTS: Final = 400
ENDS: Final = 10
ACCENT: Final = "#0f766e"
WHOLE: Final = (9.0, 5.0)
STRIP: Final = (7.2, 2.3)
"""Inches: a picture by itself, and one between the lines of a page."""
WRITTEN: Final[Mapping[str, Callable[[float, str], Money | Percent]]] = {
    Unit.MONEY.value: Money,
    Unit.SHARE.value: lambda value, _currency: Percent(value, 0),
}
FONTS: Final = ["Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "DejaVu Sans"]


@dataclass(frozen=True)
class Chart:
    """One chart in one language."""

    drawing: Drawing
    analysis: Analysis
    table: pa.Table
    findings: Findings
    currency: str
    language: Language

    @property
    def title(self) -> str:
        """The finding in a sentence; the question where there is none."""
        headline = self.findings.headline
        return headline.say(self.language) if headline else translate(self.analysis.question, self.language)

    @property
    def spec(self) -> dict[str, Any]:
        """What a page needs to draw it: kind, title, axes and points, as plain JSON values."""
        drawn = {
            "kind": self.drawing.kind,
            "title": self.title,
            "x": self._label(self.drawing.x),
            "y": self._label(self.drawing.y),
        }
        return {
            **drawn,
            "unit": self._column(self.drawing.y).unit.value,
            "x_unit": self._column(self.drawing.x).unit.value,
            "currency": self.currency,
            **self._points(),
        }

    def _column(self, name: str) -> Column:
        return next(column for column in self.analysis.columns if column.name == name)

    def _label(self, name: str) -> str:
        return translate(self._column(name).label, self.language)

    def _points(self) -> dict[str, Any]:
        return {
            "curve": self._curve,
            "bars": self._bars,
            "top": self._top,
            "points": self._scatter,
            "line": self._line,
            "band": self._band,
            "map": self._map,
        }[self.drawing.kind]()

    def _curve(self) -> dict[str, Any]:
        values = self.table[self.drawing.y]
        chosen = thinned(len(values))
        codes = self.table["customer"].take(pa.array(chosen))
        return {
            "points": [[int(i) + 1, v] for i, v in zip(chosen, values.take(pa.array(chosen)).to_pylist(), strict=True)],
            "names": codes.to_pylist(),
        }

    def _bars(self) -> dict[str, Any]:
        column = self._column(self.drawing.x)
        counted = {row["values"]: row["counts"] for row in pc.value_counts(self.table[self.drawing.x]).to_pylist()}
        members = list(column.words) if column.words else []
        shown = [member for member in members if member.value in counted]
        return {
            "names": [translate(member.label, self.language) for member in shown],
            "codes": [member.value for member in shown],
            "points": [counted[member.value] for member in shown],
        }

    def _top(self) -> dict[str, Any]:
        """The ten largest and, where any lie below zero, the ten smallest."""
        known = self.table.filter(pc.is_valid(self.table[self.drawing.y]))
        ordered = known.sort_by([(self.drawing.y, "descending"), ("customer", "ascending")])
        below = pc.sum(pc.less(ordered[self.drawing.y], 0)).as_py() or 0
        last = min(ENDS, below, max(len(ordered) - ENDS, 0))
        ends = pa.concat_tables([ordered.slice(0, ENDS), ordered.slice(len(ordered) - last)])
        return {"names": ends["customer"].to_pylist(), "points": ends[self.drawing.y].to_pylist()}

    def _scatter(self) -> dict[str, Any]:
        known = self.table.filter(
            pc.and_(pc.is_valid(self.table[self.drawing.x]), pc.is_valid(self.table[self.drawing.y]))
        )
        chosen = known.take(pa.array(thinned(len(known))))
        pairs = zip(chosen[self.drawing.x].to_pylist(), chosen[self.drawing.y].to_pylist(), strict=True)
        unit = self._column(self.drawing.x).unit.value
        drawn = {"points": [list(pair) for pair in pairs], "names": chosen["customer"].to_pylist(), "x_unit": unit}
        if fields := self.findings.fit.get("fields"):
            drawn["fields"] = {**fields, "names": [translate(name, self.language) for name in fields["names"]]}
        return drawn

    def _line(self) -> dict[str, Any]:
        x, y = self.table[self.drawing.x].to_pylist(), self.table[self.drawing.y].to_pylist()
        if self._column(self.drawing.x).unit in {Unit.DAY, Unit.MONTH}:
            x = [str(np.datetime64(day, "D")) for day in x]
        return {"names": x, "points": y}

    def _band(self) -> dict[str, Any]:
        book = self.findings.fit.get("book") or {name: [] for name in ("months", "past", "mean", "low", "high")}
        names = [str(np.datetime64(day, "D").astype("datetime64[M]")) for day in book["months"]]
        return {
            "names": names,
            "points": book["mean"],
            **{name: book[name] for name in ("past", "mean", "low", "high")},
        }

    def _map(self) -> dict[str, Any]:
        drawn = self.findings.fit.get("map") or {name: [] for name in ("customers", "columns", "there", "missing")}
        cells = [
            [row, column, there, missing]
            for row, (own, gaps) in enumerate(zip(drawn["there"], drawn["missing"], strict=True))
            for column, (there, missing) in enumerate(zip(own, gaps, strict=True))
        ]
        return {"names": drawn["customers"], "columns": drawn["columns"], "points": cells}

    def figure(self) -> "Figure":
        """The chart drawn with Matplotlib."""
        return drawn(self.spec, self.language)

    def png(self) -> bytes:
        return self._saved("png")

    def svg(self) -> bytes:
        return self._saved("svg")

    def _saved(self, kind: Literal["png", "svg"]) -> bytes:
        return _saved(self.figure(), kind)

    def _repr_png_(self) -> bytes:
        return self.png()


def drawn(
    spec: Mapping[str, Any], language: Language, size: tuple[float, float] = WHOLE, *, titled: bool = True
) -> "Figure":
    """What pages draw in the browser, drawn with Matplotlib: the same points, names and unit."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context({"font.family": FONTS, "axes.unicode_minus": False, "svg.hashsalt": "vitalfew"}):
        figure = Figure(figsize=size, layout="constrained")
        axes = figure.add_subplot()
        _draw(axes, spec)
        _write_ticks(axes, spec, language)
        if titled:
            axes.set_title(spec["title"], loc="left", fontsize=11, wrap=True)
        axes.spines[["top", "right"]].set_visible(False)
        return figure


def vector(spec: Mapping[str, Any], language: Language) -> str:
    """The chart without its title as SVG, to stand in a page."""
    text = _saved(drawn(spec, language, STRIP, titled=False), "svg").decode()
    return text[text.index("<svg") :]


def _saved(figure: "Figure", kind: Literal["png", "svg"]) -> bytes:
    import logging

    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    buffer = io.BytesIO()
    figure.savefig(buffer, format=kind, dpi=144, metadata={"Date": None} if kind == "svg" else None)
    return buffer.getvalue()


def _write_ticks(axes: Any, spec: Mapping[str, Any], language: Language) -> None:
    """Amounts and shares along the axes as people of the language write them."""
    if spec["kind"] in {"bars", "map"}:
        return
    figures: list[tuple[Any, Any]] = [(axes.xaxis if spec["kind"] == "top" else axes.yaxis, spec.get("unit"))]
    if spec["kind"] == "points":
        figures.append((axes.xaxis, spec.get("x_unit")))
    for axis, unit in figures:
        if unit in WRITTEN:
            axis.set_major_formatter(_tick(unit, spec, language))


def _tick(unit: str, spec: Mapping[str, Any], language: Language) -> Callable[[float, int], str]:
    return lambda value, _place: WRITTEN[unit](value, spec["currency"]).say(language)


def thinned(length: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Places of at most ``POINTS`` entries: all of few; of many the first ones densely, then evenly, and the last."""
    if length <= POINTS:
        return np.arange(length)
    half = POINTS // 2
    rest = np.linspace(half, length - 1, POINTS - half).round().astype(np.int64)
    return np.unique(np.concatenate([np.arange(half), rest]))


def _part(axes: Any, fields: dict[str, Any]) -> None:
    """The lines between four fields, and each field's name in its corner."""
    axes.axvline(fields["x"], color="#888", linewidth=0.8, linestyle="--")
    axes.axhline(fields["y"], color="#888", linewidth=0.8, linestyle="--")
    corners = ((0, 1, "left", "top"), (1, 1, "right", "top"), (0, 0, "left", "bottom"), (1, 0, "right", "bottom"))
    for name, (x, y, across, up) in zip(fields["names"], corners, strict=True):
        axes.text(x, y, name, transform=axes.transAxes, ha=across, va=up, color="#666", fontsize=9)


def _draw(axes: Any, spec: Mapping[str, Any]) -> None:
    points = spec.get("points", [])
    if spec["kind"] == "curve":
        axes.plot([x for x, _y in points], [y for _x, y in points], color=ACCENT)
        axes.axhline(0, color="#888", linewidth=0.5)
    elif spec["kind"] == "points":
        axes.scatter([x for x, _y in points], [y for _x, y in points], s=12, color=ACCENT, alpha=0.6)
        if "fields" in spec:
            _part(axes, spec["fields"])
    elif spec["kind"] == "line":
        axes.plot(spec["names"], points, color=ACCENT, marker="o")
        axes.set_ylim(bottom=0)
    elif spec["kind"] == "spark-months":
        axes.bar(spec["names"], points, color=ACCENT)
        axes.set_xticks(spec["names"][::6])
    elif spec["kind"] == "band":
        _draw_band(axes, spec)
    elif spec["kind"] == "map":
        _draw_map(axes, spec)
    else:
        axes.barh(spec.get("labels", spec["names"])[::-1], points[::-1], color=ACCENT)
    horizontal = spec["kind"] in {"bars", "top"}
    axes.set_xlabel(spec["y"] if horizontal else spec["x"])
    axes.set_ylabel("" if horizontal or spec["kind"] == "map" else spec["y"])


def _draw_band(axes: Any, spec: Mapping[str, Any]) -> None:
    past, mean, low, high = (np.asarray(spec[name], dtype=np.float64) for name in ("past", "mean", "low", "high"))
    axes.fill_between(spec["names"], low, high, color=ACCENT, alpha=0.16, linewidth=0)
    axes.plot(spec["names"], past, color="#222")
    axes.plot(spec["names"], mean, color=ACCENT, linestyle="--")
    axes.set_xticks(spec["names"][::6])
    axes.set_ylim(bottom=np.nanmin([0.0, *past]))


def _draw_map(axes: Any, spec: Mapping[str, Any]) -> None:
    """What is there as full squares, what is missing as empty ones, by area."""
    largest = max((max(there, missing) for _row, _column, there, missing in spec["points"]), default=1.0) or 1.0
    for place, filled in ((2, True), (3, False)):
        cells = [cell for cell in spec["points"] if cell[place] > 0]
        axes.scatter(
            [cell[1] for cell in cells], [cell[0] for cell in cells], marker="s",
            s=[20 + 380 * cell[place] / largest for cell in cells],
            **({"color": ACCENT, "alpha": 0.6} if filled else {"facecolors": "none", "edgecolors": "#b45309"}),
        )  # fmt: skip
    axes.set_xticks(range(len(spec["columns"])), spec["columns"])
    axes.set_yticks(range(len(spec["names"])), spec["names"])
    axes.invert_yaxis()
