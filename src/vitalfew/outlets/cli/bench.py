"""``vitalfew bench``: the project's own benchmarks, each figure beside its goal."""

from typing import TYPE_CHECKING, Annotated

import typer

from vitalfew.home import Home
from vitalfew.outlets.cli.screen import FAILED, USAGE, out, say, screen, stop, table, write_json
from vitalfew.terms import gettext_noop as _

if TYPE_CHECKING:
    from vitalfew.outlets.bench.bench import Line


def add_to(app: typer.Typer) -> None:
    app.command("bench")(bench)


def bench(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One measurement; all without one.")] = None,
    size: Annotated[int | None, typer.Option(min=50, help="How many customers, lines or accounts.")] = None,
    runs: Annotated[int, typer.Option(min=1, help="Measured runs, of which the median counts.")] = 3,
    *,
    with_peers: Annotated[
        bool, typer.Option("--with-peers", help="Install other tools beside and measure them in turn.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Measure vitalfew on this machine, beside the goals it has set itself."""
    from vitalfew.outlets.bench import benchmarks
    from vitalfew.outlets.bench.bench import Bench, machine
    from vitalfew.outlets.bench.processes import DidNotFinish

    known = benchmarks()
    if name is not None and name not in known:
        stop(_("There is no benchmark '{name}'. Known: {known}"), USAGE, name=name, known=", ".join(known))
    place = Bench(Home.named().folder / "bench", runs, with_peers)
    lines = []
    try:
        for each in [name] if name else known:
            if not known[each].possible:
                say(_("{name}: left out, its data are not here (VITALFEW_SHARED names their folder)"), name=each)
                continue
            lines += place.run(each, known[each], size or known[each].size, say)
    except DidNotFinish as failed:
        stop(_("The benchmark did not finish: {why}"), FAILED, why=failed)
    on = machine()
    if as_json:
        write_json({"machine": on, "figures": [line.as_json() for line in lines]})
        return
    _print(lines)
    out().print(" · ".join(f"{what} {value}" for what, value in on.items()), style="dim", markup=False)


def _print(lines: "list[Line]") -> None:
    words = (_("Benchmark"), _("Figure"), _("Measured"), _("Goal"), _("Other tool"), _("Ratio"))
    headings = [(screen.tr(word), place > 1) for place, word in enumerate(words)]
    table("", [*headings, ("", False)], [_cells(line) for line in lines])


def _cells(line: "Line") -> list[str]:
    return [
        f"{line.benchmark} {line.size:,}",
        line.figure,
        _figure(line.measured),
        f"{'≥' if line.more else '≤'} {_figure(line.goal)}" if line.goal is not None else "",
        _figure(line.peer) if line.peer is not None else "",
        f"× {line.ratio:,.1f}" if line.ratio is not None else "",
        {True: "✓", False: "✗", None: ""}[line.reached],
    ]


def _figure(value: float) -> str:
    """Three figures or so."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004  (three figures)
