"""The briefing of the next visit to an account: one page of paper, or a workbook with the same."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.utils import formats
from django.utils.translation import gettext

from vitalfew.accounts.models import Account
from vitalfew.handouts import Column, Handout, Section, Table
from vitalfew.language import say_kept, translate
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.rooms import Report
from vitalfew.terms import NextAction, Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.visits import printing, questions
from vitalfew.visits.brief import Brief, brief
from vitalfew.visits.rights import VisitRight

PEOPLE: Final = (Column(_("Name")), Column(_("Position")))
PROMISES: Final = (Column(_("What was promised")), Column(_("Due"), Unit.DAY))
TALK: Final = (Column(_("Action"), Unit.WORD, NextAction), Column(_("Why")))
COMPLAINTS: Final = (Column(_("Complaint number"), Unit.CODE), Column(_("What it is about")))


def paper(user: User, account: Account, _day: date) -> bytes:
    return printing.pdf(_brief(user, account))


def written(user: User, account: Account, day: date) -> Handout:
    told = _brief(user, account)
    written_day = formats.date_format(day, "DATE_FORMAT")
    title, kind = f"{account.name} ({account.code})", translate(_("Visit briefing"), language())
    return Handout(title, kind, written_day, told.sheet.currency, tuple(_sections(told)))


def _brief(user: User, account: Account) -> Brief:
    return brief(user, account, questions.next_of(user, account))


def _sections(told: Brief) -> Iterator[Section]:
    short = told.sheet.in_short
    yield Section(_("How it stands"), said=[say_kept(short, language())] if short else ())
    people = [[str(post.person), post.title or gettext(post.get_level_display())] for post, _wanted in told.people]
    yield Section(_("Whom one meets"), table=Table(PEOPLE, people))
    yield Section(_("Open promises"), table=Table(PROMISES, [[row.text, row.due] for row in told.promises]))
    complaints = [[row["complaint_id"], row["text"] or row["category"]] for row in told.complaints]
    yield Section(_("Open complaints"), table=Table(COMPLAINTS, complaints))
    yield Section(_("What to speak about"), table=Table(TALK, [[row["action"], _why(row["why"])] for row in told.talk]))
    yield Section(_("What not to say"), said=[each.say(language()) for each in told.unsaid])


def _why(kept: str | None) -> str:
    return say_kept(kept, language()) if kept else ""


REPORTS = (Report("visit", _("Visit briefing"), VisitRight.SEE, written, of_account=True, paper=paper),)
