"""What goes along with an account: open promises, plans, visits and the like that are the giver's become the successor's."""

from collections.abc import Iterator

from vitalfew.handover.models import Handover
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.rooms import Handed, declared


def _kinds(row: Handover) -> Iterator[Handed]:
    """None where nobody gives it, or gives it to himself."""
    if row.giver is not None and row.giver != row.successor:
        for room in declared("handed"):
            yield from room.HANDED


def told(row: Handover) -> list[tuple[str, int]]:
    """How many of what."""
    counted = [(kind.label, kind.rows(row.account, row.giver).count()) for kind in _kinds(row)]
    return [(label, n) for label, n in counted if n]


def goes(user: User, row: Handover) -> None:
    """From now on they are the successor's; each says so in the trail."""
    for kind in _kinds(row):
        rows = kind.rows(row.account, row.giver)
        for pk, version in list(rows.values_list("pk", "version")):
            kind.then(records.change(user, rows, pk, version, {kind.field: row.successor}), row.successor)
