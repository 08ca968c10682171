"""A list as CSV or workbook, read by the readers of facts: headings by our names in any language, row by row, rejects kept.

What is in the directory already, by code or by name, stays as it is: the same file twice changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any, Final

from django.db import transaction

from vitalfew.directory import actions, measuring, questions
from vitalfew.directory.forms import OrganisationForm
from vitalfew.directory.kinds import Kind, kinds_in
from vitalfew.directory.rights import DirectoryRight
from vitalfew.people.models import User
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.columns import Table, text
from vitalfew.warehouse.readers import open_source

LIST: Final = Table(
    "directory",
    ("name",),
    _("Distributors, agents, suppliers and carriers"),
    (
        text("name", _("Company name"), required=True),
        text("kinds", _("Kind"), required=True),
        text("code", _("Code")),
        text("region", _("Region")),
        text("country", _("Country")),
        text("uscc", _("Unified social credit code")),
        text("web", _("Website")),
        text("phone", _("Telephone")),
        text("email", _("E-mail")),
        text("channel", _("Its name in the order lines")),
        text("note", _("Note")),
    ),
)
MOST: Final = 2_000
"""So many rows a file; more are refused, not dropped."""
PLAIN: Final = tuple(column.name for column in LIST.columns if column.name != "kinds")


class TooMany(ValueError):
    """More rows than a directory takes at once."""


@dataclass
class Taken:
    """What came of a file: how many are new, how many were known, and what was wrong with which line."""

    new: int = 0
    known: int = 0
    rejected: list[tuple[int, str, str]] = field(default_factory=list)


@transaction.atomic
def take(user: User, stream: IO[bytes]) -> Taken:
    """Read the file whole, then store; a file that can't be read is refused and nothing of it stored."""
    user.must(DirectoryRight.IMPORT)
    taken, seen, fresh = Taken(), set[str](), list[int]()
    rows = list(islice(_rows(stream, taken), MOST + 1))
    if len(rows) > MOST:
        raise TooMany
    for line, cells in rows:
        name = questions.folded_name(cells["name"])
        if questions.known(cells["name"], cells.get("code") or "") or name in seen:
            taken.known += 1
        else:
            seen.add(name)
            fresh += _entered(user, line, cells, taken)
    measuring.measure(fresh)
    return taken


def _rows(stream: IO[bytes], taken: Taken) -> Iterator[tuple[int, dict[str, str]]]:
    with open_source(stream, LIST) as reading:
        for batch in reading.batches():
            taken.rejected += [(each.row, str(each.field or ""), str(each.reason)) for each in batch.rejects]
            for row in batch.rows.to_pylist():
                yield row.pop("_line"), {name: value or "" for name, value in row.items()}


def _entered(user: User, line: int, cells: dict[str, str], taken: Taken) -> Iterator[int]:
    """The number of the new record, where there is one."""
    try:
        kinds = kinds_in(cells["kinds"])
    except ValueError as word:
        taken.rejected.append((line, "kinds", str(word)))
        return
    sent: dict[str, Any] = {name: cells.get(name, "") for name in PLAIN}
    form = OrganisationForm(user, {**sent, **{kind.value: kind in kinds for kind in Kind}})
    if form.is_valid():
        taken.new += 1
        yield actions.enter(user, {name: form.cleaned_data[name] for name in actions.FIELDS}).pk
    else:
        taken.rejected += [(line, name, " ".join(map(str, errors))) for name, errors in form.errors.items()]
