from collections.abc import Iterator
from itertools import islice

from django.urls import reverse
from django.utils.translation import gettext

from vitalfew.catalogue import catalogue
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """Analyses by their title or name."""
    if not user.may(Right.INSIGHT):
        return
    named = ((gettext(each.title), each) for each in catalogue().values())
    fit = ((title, each) for title, each in named if text.lower() in title.lower() or text.lower() in each.name)
    for title, each in islice(fit, most):
        yield Hit("analysis", each.name, title, gettext(each.question), reverse("analysis", args=[each.name]))
