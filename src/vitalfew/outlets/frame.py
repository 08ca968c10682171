"""What stands around every page: who is signed in, the menu he may see, the languages, the state of the facts."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from vitalfew.people.roles import Role
from vitalfew.rooms import Entry, declared
from vitalfew.warehouse import scorecards


@cache
def entries() -> tuple[Entry, ...]:
    """The whole menu, as the rooms declare it."""
    found = [entry for room in declared("menu") for entry in room.ENTRIES]
    return tuple(sorted(found, key=lambda entry: entry.place))


@cache
def quick() -> tuple[Entry, ...]:
    """What is done from anywhere in a few seconds."""
    found = [entry for room in declared("quick") for entry in room.QUICK]
    return tuple(sorted(found, key=lambda entry: entry.place))


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context that the base template needs."""
    user = getattr(request, "user", None)
    around = {
        "menu": [],
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
        "firm": settings.FIRM or gettext("vitalfew"),
    }
    if user is None or not user.is_authenticated or user.role == Role.PORTAL:
        return around
    return {
        **around,
        "menu": _menu(request, [entry for entry in entries() if user.may(entry.right)]),
        "quick": [{"label": e.label, "url": _address(e.route), "icon": e.icon} for e in quick() if user.may(e.right)],
        "facts": SimpleLazyObject(scorecards.current),
    }


def _menu(request: HttpRequest, shown: Sequence[Entry]) -> list[dict[str, Any]]:
    """Each entry with those under it behind it; these are folded unless the section is open."""
    tops = [entry for entry in shown if entry.under not in {each.route for each in shown}]
    lines = []
    for top in tops:
        section = [top, *(entry for entry in shown if entry.under == top.route)]
        here = [_here(request, entry.route) for entry in section]
        lines += [
            {"label": entry.label, "url": _address(entry.route), "icon": entry.icon, "here": at, "part": entry is not top,
             "folded": entry is not top and not any(here)}
            for entry, at in zip(section, here, strict=True)
        ]  # fmt: skip
    return lines


@cache
def _address(route: str) -> str:
    return reverse(route)


def _here(request: HttpRequest, route: str) -> bool:
    home = _address(route)
    return request.path == home if home == "/" else request.path.startswith(home)
