"""Progress on standard error: rows a second and the time left."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from vitalfew.outlets.cli.screen import err


def _bar(*columns: Any) -> Progress:
    return Progress(*columns, console=err(), transient=True)


@contextmanager
def reading(name: str) -> Iterator[Callable[[Any, Any], None]]:
    """A bar over the bytes of a file, with the rows read so far."""
    rate = TextColumn("{task.fields[rows]:,} rows · {task.fields[rate]:,.0f}/s")
    with _bar(TextColumn("{task.description}"), BarColumn(), rate, TimeRemainingColumn()) as bar:
        task = bar.add_task(name, total=None, rows=0, rate=0.0)

        def show(_row: Any, source: Any) -> None:
            elapsed = bar.tasks[0].elapsed or 0.001
            rows = source.rows_read
            bar.update(task, total=source.size or None, completed=source.bytes_read, rows=rows, rate=rows / elapsed)

        yield show


@contextmanager
def steps() -> Iterator[Callable[[str, float], None]]:
    """A bar over named steps."""
    with _bar(TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:.0f} %")) as bar:
        task = bar.add_task("…", total=1.0)

        def show(step: str, share: float) -> None:
            bar.update(task, description=step, completed=share)

        yield show
