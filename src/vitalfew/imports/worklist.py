from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils import timezone

from vitalfew.imports import mending
from vitalfew.imports.models import Import, ImportState
from vitalfew.imports.personal import SET_ASIDE
from vitalfew.imports.work import KEPT_FOR
from vitalfew.language import Count, Message
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _

MOST: Final = 5


def waiting(user: User) -> Iterator[Task]:
    """Files set aside that named an erased person, and the latest imports whose rejected rows wait to be mended."""
    if not user.may(Right.IMPORT):
        return
    aside = Import.objects.filter(state=ImportState.REFUSED, report__reason=SET_ASIDE)
    for row in aside.filter(finished_at__gt=timezone.now() - KEPT_FOR)[:MOST]:
        why = Message(_("{file} named a person whose data were erased, and was set aside unread"), {"file": row.file})
        yield Task(_("Send the file again without that person"), why, _("See why"), reverse("import", args=[row.pk]))
    for row in mending.waiting().only("open_rejects", "file")[:MOST]:
        why = Message(
            _("{n} {n:row of|rows of} {file} {n:was|were} rejected"), {"n": Count(row.open_rejects), "file": row.file}
        )
        yield Task(_("Mend rejected rows"), why, _("See rows"), reverse("import", args=[row.pk]))
