"""On whom an account hung at each refresh, as `single-thread` found it then: the course of it, and before and after a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings

from vitalfew.catalogue import Refusal
from vitalfew.home import Home
from vitalfew.language import Day, Figure, Message, Word
from vitalfew.terms import Dependence, label_of
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh, RefreshState
from vitalfew.warehouse.run import day_number

ANALYSIS: Final = "single-thread"
HANGING: Final = frozenset({Dependence.NOBODY.value, Dependence.ONE_CONTACT.value, Dependence.ONE_OWNER.value})
"""With nobody left, or on one person, theirs or ours."""


@dataclass(frozen=True)
class Stand:
    """On whom the account hung on a day."""

    day: date
    dependence: str
    row: dict[str, Any]

    @property
    def hangs(self) -> bool:
        return self.dependence in HANGING

    @property
    def label(self) -> str:
        return label_of(Dependence, self.dependence)


def course(code: str, refreshes: Iterable[Refresh]) -> list[Stand]:
    """At each of these refreshes that knows it, the earliest first."""
    found = [_stand(settings.HOME, code, row) for row in refreshes]
    return sorted((each for each in found if each), key=lambda each: each.day)


def _stand(home: Home, code: str, row: Refresh) -> Stand | None:
    rows = scorecards.of_account(home, row, ANALYSIS, code)
    return Stand(row.as_of, rows[0]["dependence"], rows[0]) if rows else None


def sentence(course_of: Sequence[Stand]) -> Message:
    """The course in a sentence."""
    if not course_of:
        return Message(_("On whom it hangs is not known yet: it comes with the next refresh"))
    last = course_of[-1]
    others = [place for place, each in enumerate(course_of) if each.dependence != last.dependence]
    begin = others[-1] + 1 if others else 0
    figures: dict[str, Figure] = {"now": Word(last.label), "day": Day(day_number(course_of[begin].day))}
    if not others:
        return Message(
            _("{now}, unchanged since {day}") if begin < len(course_of) - 1 else _("{now} on {day}"), figures
        )
    figures["before"] = Word(course_of[begin - 1].label)
    return Message(_("{now}, since {day} at the latest; before that: {before}"), figures)


def before_and_after(code: str, day: date) -> tuple[Stand | None, Stand | None]:
    """As the last refresh up to the day found it, and as the latest finds it now, where that is later."""
    done = Refresh.objects.filter(state=RefreshState.DONE).order_by("-as_of", "-id")
    earlier, now = done.filter(as_of__lte=day).first(), done.first()
    before = _stand(settings.HOME, code, earlier) if earlier else None
    after = _stand(settings.HOME, code, now) if now and now.as_of > day else None
    return before, after


def known(refresh: Refresh) -> bool:
    """Whether the refresh knows on whom accounts hung."""
    return "rows" in refresh.summaries.get(ANALYSIS, {})


def hanging(refresh: Refresh) -> list[str]:
    """The accounts that hang on one person, or have nobody left; none where it is not known."""
    try:
        table = scorecards.result(settings.HOME, refresh, ANALYSIS).table
    except Refusal:
        return []
    rows = zip(table["customer"].to_pylist(), table["dependence"].to_pylist(), strict=True)
    return [code for code, dependence in rows if dependence in HANGING]
