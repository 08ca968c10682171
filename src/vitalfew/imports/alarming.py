"""Imports of which nothing came, and that nobody has repeated."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone

from vitalfew.imports.models import Import, ImportState
from vitalfew.language import Count, Message
from vitalfew.people.permissions import Right
from vitalfew.people.roles import Role
from vitalfew.rooms import Alarming, Matter
from vitalfew.terms import gettext_noop as _

TOLD_FOR: Final = timedelta(days=14)
"""After so long nobody waits for it any more."""
NOTHING: Final = (ImportState.FAILED, ImportState.REFUSED)


def failed(_threshold: float, back: date | None) -> Iterator[Matter]:
    """Those of the last days after which none of their kind went well; since a day also those that were repeated."""
    now = timezone.now()
    lately = Import.objects.filter(
        finished_at__gte=now - max(TOLD_FOR, (timezone.localdate(now) - back) if back else TOLD_FOR)
    )
    done: dict[str, Import] = {}
    for row in lately.only("pk", "kind", "state", "finished_at").order_by("-pk"):
        if row.state == ImportState.DONE:
            done[row.kind] = row
        elif row.state in NOTHING and (back or (row.kind not in done and _is_young(row))):
            yield _matter(row, done.get(row.kind))


def _is_young(row: Import) -> bool:
    return row.finished_at is not None and row.finished_at >= timezone.now() - TOLD_FOR


def _matter(row: Import, then: Import | None) -> Matter:
    day = timezone.localdate(row.finished_at)
    ended = timezone.localdate(then.finished_at) if then and then.finished_at else None
    until = ended or (None if _is_young(row) else day + TOLD_FOR)
    said = Message(_("Import {n} came to nothing: its rows are missing in every figure"), {"n": Count(row.pk)})
    return Matter(f"import:{row.pk}", said, day, url=reverse("import", args=[row.pk]), until=until)


ALARMING: Final = (
    Alarming(
        "import-failed", _("Import failed"), _("Read why, mend the file and send it again"), Right.DATA, failed,
        (f"role:{Role.ADMINISTRATOR}", f"role:{Role.ANALYST}"), by_people=True,
    ),
)  # fmt: skip
