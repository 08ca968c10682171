from datetime import timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.agreements import questions
from vitalfew.agreements.rights import AgreementRight
from vitalfew.agreements.words import AgreementKind, AgreementState, Ending, Renewal, Standing, Whose
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _


def _standing(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = found.standing(word, timezone.localdate())  # type: ignore[attr-defined]  # agreements have it
    return rows


def _ending(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    today = timezone.localdate()
    days = (today, today + timedelta(days=int(word)))
    return found.filter(state=AgreementState.IN_FORCE, until__range=days)


def _whose(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    return found.filter(mine=word == Whose.MINE)


def _figure(row: Any) -> float | None:
    return None if row.value is None else float(row.value)


AGREEMENTS: Final = Listing(
    name="agreements",
    title=_("Agreements"),
    right=AgreementRight.SEE,
    records=questions.listed,
    columns=(
        ListColumn("title", _("Title"), order="title", narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("number", _("Agreement number"), Unit.CODE, "number"),
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.account.get_absolute_url() + "?tab=agreements"),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("kind", _("Kind"), Unit.WORD, words=AgreementKind, shown=False),
        ListColumn("standing", _("State"), Unit.WORD, words=Standing, narrow=True),
        ListColumn("since", _("Begins on"), Unit.DAY, "since"),
        ListColumn("until", _("Ends on"), Unit.DAY, "until"),
        ListColumn("notice_on", _("Notice by"), Unit.DAY, "notice_on"),
        ListColumn("renewal", _("Renewal"), Unit.WORD, words=Renewal, shown=False),
        ListColumn("worth", _("Value a year"), order="value", exact=True),
        ListColumn("figure", _("Amount as a number"), Unit.NUMBER, told=_figure, shown=False),
        ListColumn("currency", _("Currency"), shown=False),
        ListColumn("owner", _("Who sees to it"), order="owner__name", told=lambda row: str(row.owner or "")),
        ListColumn("signed_on", _("Signed on"), Unit.DAY, "signed_on", shown=False),
        ListColumn("ended_on", _("Ended on"), Unit.DAY, "ended_on", shown=False),
        ListColumn("note", _("Note"), shown=False),
    ),
    order="until",
    find=questions.found,
    hint=_("Title, number, account, colleague; pinyin too"),
    empty=_("Write down the first agreement, or take one over on an account's page from the contracts of an import."),
    make="agreement-new",
    make_label=_("Write an agreement"),
    make_right=AgreementRight.WRITE,
    filters=(
        ListFilter("standing", _("State"), list(Standing), _standing),
        ListFilter("ending", _("Its time ends"), list(Ending), _ending),
        ListFilter("whose", _("Whose"), list(Whose), _whose),
        ListFilter("kind", _("Kind"), list(AgreementKind), by("kind")),
        ListFilter("renewal", _("Renewal"), list(Renewal), by("renewal")),
    ),
)  # fmt: skip
