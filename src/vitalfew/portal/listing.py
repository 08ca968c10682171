from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.lists.listing import ListColumn, ListFilter, Listing
from vitalfew.portal import questions
from vitalfew.portal.rights import PortalRight
from vitalfew.portal.words import Standing
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _


def _standing(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    standing: QuerySet[Any] = found.standing(word, timezone.localdate())  # type: ignore[attr-defined]  # accesses have it
    return standing


ACCESSES: Final = Listing(
    name="portal-access",
    title=_("Customer portal"),
    right=PortalRight.SEE,
    records=questions.accesses,
    columns=(
        ListColumn("person", _("Visitor"), order="person__name", told=lambda row: row.person.name, narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.account.get_absolute_url()),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("standing", _("State"), Unit.WORD, words=Standing, narrow=True),
        ListColumn("username", _("User name"), Unit.CODE, told=lambda row: row.user.username if row.user else ""),
        ListColumn("seen_on", _("Last seen"), Unit.DAY, "seen_at",
                   lambda row: timezone.localdate(row.seen_at) if row.seen_at else None),
        ListColumn("given_on", _("Given on"), Unit.DAY, "made_at", lambda row: timezone.localdate(row.made_at)),
        ListColumn("until", _("Access until"), Unit.DAY, "until"),
        ListColumn("made_by", _("Given by"), shown=False),
    ),
    order="-given_on",
    find=questions.found,
    hint=_("Name, pinyin, account"),
    empty=_("Nobody of a customer's has access yet. Open an account's people and give access to the first."),
    filters=(ListFilter("standing", _("State"), list(Standing), _standing),),
)  # fmt: skip
