from collections.abc import Iterator
from typing import Final

from django.urls import reverse

from vitalfew.imports import mending
from vitalfew.language import Count, Message
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _

MOST: Final = 5


def waiting(user: User) -> Iterator[Task]:
    """The latest imports whose rejected rows nobody has mended or left out."""
    if not user.may(Right.IMPORT):
        return
    for row in mending.waiting().only("open_rejects", "file")[:MOST]:
        why = Message(_("{n} rows of {file} were rejected"), {"n": Count(row.open_rejects), "file": row.file})
        yield Task(_("Mend rejected rows"), why, _("See rows"), reverse("import", args=[row.pk]))
