from collections.abc import Iterator
from typing import Final

from django.urls import reverse

from vitalfew.imports.models import Import, ImportState
from vitalfew.language import Count, Message
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _

MOST: Final = 5


def waiting(user: User) -> Iterator[Task]:
    """The latest imports with rows that were rejected."""
    if not user.may(Right.IMPORT):
        return
    for row in Import.objects.filter(state=ImportState.DONE, report__rows_rejected__gt=0)[:MOST]:
        why = Message(
            _("{n} rows of {file} were rejected"), {"n": Count(row.report["rows_rejected"]), "file": row.file}
        )
        yield Task(_("Mend rejected rows"), why, _("See rows"), reverse("import", args=[row.pk]))
