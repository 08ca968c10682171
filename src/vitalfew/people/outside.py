"""Pages for people without an account of ours, by a link that the house signed.

A link's key is a record's number and a signature over what makes it this link, made with the house's secret: it can be shown
again, and cannot be made up. Nobody learns why one opens nothing. Whoever is there reads in the language of his browser until he
chooses one, and sends no more than so many forms a minute.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.db import models
from django.db.models import Case, F, Value, When
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, salted_hmac

from vitalfew.people.gate import needs
from vitalfew.people.language import COOKIE, KNOWN
from vitalfew.people.permissions import Right

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]
DIGITS: Final = 9
SIGNS: Final = 40
TOO_OFTEN: Final = 429


def open_to_all(page: Page[P]) -> Page[P]:
    """Without an account, in the language of the visitor's browser until he chooses one."""

    @wraps(page)
    def answered_in_it(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.COOKIES.get(COOKIE) not in KNOWN:
            translation.activate(translation.get_language_from_request(request))
            request.LANGUAGE_CODE = translation.get_language()
        return page(request, *args, **kwargs)

    return needs(Right.OPEN)(answered_in_it)


def key(row: models.Model, salt: str, *said: object) -> str:
    """Of a record, and what else makes it this link."""
    return f"{row.pk}-{_signature(row, salt, said)}"


def number_of(given: str) -> int:
    """Which record a key names; 0, which none has, where it is no key."""
    number = given.partition("-")[0]
    return int(number) if number.isascii() and number.isdecimal() and len(number) <= DIGITS else 0


def is_signed(given: str, row: models.Model, salt: str, *said: object) -> bool:
    return constant_time_compare(given.partition("-")[2], _signature(row, salt, said))


def _signature(row: models.Model, salt: str, said: tuple[object, ...]) -> str:
    whole = ":".join(str(each) for each in (row.pk, *said))
    return salted_hmac(salt, whole, algorithm="sha256").hexdigest()[:SIGNS]


def too_often(row: Any, most: int) -> bool:
    """Counts a form sent by a record's link, in its ``knocks`` of the ``minute``; whether there were too many within this one."""
    minute, rows = int(timezone.now().timestamp()) // 60, type(row).objects.filter(pk=row.pk)
    rows.update(knocks=Case(When(minute=minute, then=F("knocks") + 1), default=Value(1)), minute=minute)
    return bool(rows.filter(minute=minute, knocks__gt=most).exists())
