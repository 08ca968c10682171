from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext

from vitalfew.catalogue import catalogue
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Hit
from vitalfew.terms import gettext_noop as _

ALSO: Final = {"credit-watch": _("Collection, payments, invoices, overdue")}
"""What else one may look for to find an analysis."""


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """Analyses by their title or name, or what else they are looked for by."""
    if not user.may(Right.INSIGHT):
        return
    named = ((gettext(each.title), each) for each in catalogue().values())
    fit = ((title, each) for title, each in named if text.lower() in f"{title} {each.name} {_also(each.name)}".lower())
    for title, each in islice(fit, most):
        yield Hit("analysis", each.name, title, gettext(each.question), reverse("analysis", args=[each.name]))


def _also(name: str) -> str:
    return gettext(ALSO[name]) if name in ALSO else ""
