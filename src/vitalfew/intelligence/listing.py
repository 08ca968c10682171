from typing import Any, Final
from unicodedata import east_asian_width

from django.utils import timezone

from vitalfew.intelligence import questions
from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.intelligence.words import (
    Agreement,
    Attribute,
    Credibility,
    Kind,
    Meeting,
    Reliability,
    SourceKind,
    State,
    Subject,
)
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _

WIDE: Final = 44
"""So wide is a statement in a line; a hanzi counts two."""


def _brief(row: Any) -> str:
    line, width = str(row), 0
    for place, letter in enumerate(line):
        width += 2 if east_asian_width(letter) in "WF" else 1
        if width > WIDE:
            return f"{line[:place]}…"
    return line


def _about(found: Any, word: str) -> Any:
    if word == Subject.ACCOUNT:
        return found.exclude(account=None)
    if word == Subject.COMPETITOR:
        return found.exclude(competitor=None)
    return found.filter(account=None, competitor=None)


def _in_state(found: Any, word: str) -> Any:
    return found.in_state(word, timezone.localdate())


def _agreed(found: Any, word: str) -> Any:
    if word == Agreement.CONTRADICTED:
        return found.filter(contradicted=True)
    return found.filter(confirmed__gt=0) if word == Agreement.CONFIRMED else found.filter(confirmed=0)


def _agreement(row: Any) -> str:
    if row.contradicted:
        return Agreement.CONTRADICTED.value
    return (Agreement.CONFIRMED if row.confirmed else Agreement.ALONE).value


def _met(found: Any, word: str) -> Any:
    return found.filter(at_accounts__gt=0) if word == Meeting.AT_ACCOUNTS else found.filter(at_accounts=0)


def _where(row: Any) -> str:
    return f"{row.account.get_absolute_url()}?tab=intelligence" if row.account else ""


INTELLIGENCE: Final = Listing(
    name="intelligence",
    title=_("Intelligence"),
    right=IntelligenceRight.SEE,
    records=questions.pieces,
    columns=(
        ListColumn("brief", _("Statement"), told=_brief),
        ListColumn("account", _("Account"), order="account__name", told=lambda row: str(row.account or ""), link=_where),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code if row.account else "",
                   shown=False),
        ListColumn("competitor", _("Competitor"), order="competitor__name", told=lambda row: str(row.competitor or "")),
        ListColumn("kind", _("Kind"), Unit.WORD, "kind", words=Kind),
        ListColumn("grade", _("Grade"), Unit.CODE, "shown", narrow=True),
        ListColumn("day", _("True as of"), Unit.DAY, "day"),
        ListColumn("valid_until", _("Holds until"), Unit.DAY, "valid_until", shown=False),
        ListColumn("state", _("State"), Unit.WORD, words=State, narrow=True),
        ListColumn("confirmed", _("Confirmed by"), Unit.COUNT, "confirmed", shown=False),
        ListColumn("agreement", _("Others say"), Unit.WORD, words=Agreement, told=_agreement),
        ListColumn("attribute", _("Attribute"), Unit.WORD, words=Attribute, shown=False),
        ListColumn("detail", _("Of what exactly"), shown=False),
        ListColumn("value", _("Value given"), shown=False),
        ListColumn("region", _("Region"), order="region", shown=False),
        ListColumn("category", _("Category"), order="category", shown=False),
        ListColumn("source_kind", _("From where"), Unit.WORD, words=SourceKind, shown=False),
        ListColumn("source", _("Who or what said it"), shown=False),
        ListColumn("reliability", _("How far the source can be relied on"), Unit.WORD, "reliability", words=Reliability,
                   shown=False),
        ListColumn("who", _("Written by"), told=lambda row: str(row.who or ""), shown=False),
        ListColumn("text", _("Whole text"), shown=False),
    ),
    order="-day",
    find=questions.found,
    hint=_("Words, competitor, source; pinyin too"),
    empty=_("Write down the first thing you heard of a customer, a competitor or the market."),
    make="intelligence-new",
    make_label=_("New intelligence"),
    make_right=IntelligenceRight.ADD,
    filters=(
        ListFilter("kind", _("Kind"), list(Kind), by("kind")),
        ListFilter("subject", _("Of"), list(Subject), _about),
        ListFilter("state", _("State"), list(State), _in_state),
        ListFilter("agreement", _("Others say"), list(Agreement), _agreed),
        ListFilter("reliability", _("Source"), list(Reliability), by("reliability")),
        ListFilter("credibility", _("Statement"), list(Credibility), by("shown")),
    ),
)  # fmt: skip

COMPETITORS: Final = Listing(
    name="competitors",
    title=_("Competitors"),
    right=IntelligenceRight.MARKET,
    records=questions.competitors,
    columns=(
        ListColumn("name", _("Company name"), order="name"),
        ListColumn("known", _("Pieces of intelligence"), Unit.COUNT, "known", narrow=True),
        ListColumn("at_accounts", _("Met at accounts"), Unit.COUNT, "at_accounts", narrow=True),
        ListColumn("web", _("Website")),
        ListColumn("note", _("Note"), shown=False),
    ),
    order="name",
    find=questions.found_competitors,
    hint=_("Company name"),
    empty=_("A competitor appears here once a piece of intelligence names it."),
    filters=(ListFilter("met", _("Where met"), list(Meeting), _met),),
)
