"""What stands around every page: who is signed in, the menu he may see, the languages, the state of the facts."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from vitalfew.people.permissions import Right
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards


class Entry(NamedTuple):
    """A line of the menu."""

    label: str
    route: str
    icon: str
    right: Right


MENU = (
    Entry(_("Today"), "today", "today", Right.TODAY),
    Entry(_("Portfolio"), "portfolio", "portfolio", Right.PORTFOLIO),
    Entry(_("Accounts"), "accounts", "accounts", Right.ACCOUNTS),
    Entry(_("Insight"), "insight", "insight", Right.INSIGHT),
    Entry(_("Data"), "data", "data", Right.DATA),
    Entry(_("Admin"), "admin", "admin", Right.ADMIN),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context that the base template needs."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"menu": []}
    shown = [entry for entry in MENU if user.may(entry.right)]
    return {
        "menu": [
            {"label": e.label, "url": reverse(e.route), "icon": e.icon, "here": _here(request, e.route)} for e in shown
        ],
        "facts": SimpleLazyObject(scorecards.current),
    }


def _here(request: HttpRequest, route: str) -> bool:
    home = reverse(route)
    return request.path == home if home == "/" else request.path.startswith(home)
