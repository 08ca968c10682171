"""The summary for the board: what the analyses say, the base figures beside the rules of thumb, and where money is at stake."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.conf import settings

from vitalfew.accounts import questions
from vitalfew.catalogue import Refusal, catalogue
from vitalfew.handouts import Handout, Section, Table
from vitalfew.language import Message
from vitalfew.outlets import portfolio as page
from vitalfew.outlets.reports import telling
from vitalfew.outlets.reports.portfolio import charts, listed, tiers
from vitalfew.people.models import User
from vitalfew.terms import Group
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh

AT_STAKE: Final = 15
RULES: Final = ("claim", "verdict", "own", "n")
DRAWN: Final = 2
"""So many charts: the Pareto and the whale curve."""


def written(user: User, _account: object, day: date) -> Handout:
    refresh = scorecards.told()
    sections = _sections(user, refresh) if refresh else ()
    return telling.handout(telling.say(_("The vital few")), _("Board summary"), day, refresh, sections)


def _sections(user: User, refresh: Refresh) -> Iterator[Section]:
    told = (page.told_by(refresh, name)["message"] for name in page.SENTENCES)
    yield Section(_("In short"), said=telling.sentences(told))
    yield Section(_("In pictures"), charts=charts(user, refresh)[:DRAWN])
    yield Section(_("Tiers"), table=tiers(refresh))
    risky = questions.Wanted(order="at_stake", descending=True)
    yield Section(_("Where most money is at stake"), table=listed(user, risky, AT_STAKE))
    for group in Group:
        yield Section(group.label, said=telling.sentences(_found(user, refresh, group)))
    yield Section(_("Rules of thumb, and our own data"), table=_rules(refresh))


def _found(user: User, refresh: Refresh, group: Group) -> Iterator[Message]:
    """What the group's analyses found, those said above left out."""
    for each in catalogue().values():
        kept = refresh.summaries.get(each.name, {}).get("headline")
        if each.group is group and kept and each.name not in page.SENTENCES:
            yield _named(user, Message.restored(kept))


def _named(user: User, said: Message) -> Message:
    return said.naming(questions.names_of(user, said.accounts)) if said.accounts else said


def _rules(refresh: Refresh) -> Table | None:
    try:
        found: Any = scorecards.result(settings.HOME, refresh, "base-figures")
    except Refusal:
        return None
    return telling.rows_of(found.analysis, RULES, found.table.to_pylist())
