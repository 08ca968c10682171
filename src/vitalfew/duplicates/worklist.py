from collections.abc import Iterator

from django.urls import reverse

from vitalfew.duplicates import questions
from vitalfew.duplicates.rights import DuplicateRight
from vitalfew.language import Count, Message
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _


def waiting(user: User) -> Iterator[Task]:
    """How many pairs wait."""
    number = questions.waiting(user) if user.may(DuplicateRight.DECIDE) else 0
    if number:
        why = Message(_("{n} {n:pair|pairs} of records may be one and the same"), {"n": Count(number)})
        url = f"{reverse('duplicates')}?state=waiting"
        yield Task(_("Decide on possible duplicates"), why, _("See the pairs"), url)
