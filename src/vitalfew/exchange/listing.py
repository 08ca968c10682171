from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.exchange import questions
from vitalfew.exchange.models import DataExchange
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.exchange.words import Offer, Rhythm, Standing, Way
from vitalfew.language import translate
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.people.language import language
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _


def _standing(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    standing: QuerySet[Any] = found.standing(word, timezone.localdate())  # type: ignore[attr-defined]  # exchanges have it
    return standing


def _offered(row: DataExchange) -> str:
    here = language()
    return translate(_(", "), here).join(translate(each.label, here) for each in row.offered)


def _offering(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    """Words of offers are no part of each other."""
    return found.filter(offers__icontains=f'"{word}"')


EXCHANGES: Final = Listing(
    name="exchanges",
    title=_("Data exchange"),
    right=ExchangeRight.SEE,
    records=questions.exchanges,
    columns=(
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("standing", _("State"), Unit.WORD, words=Standing, narrow=True),
        ListColumn("owes_since", _("Owed from"), Unit.DAY, "owes_since", narrow=True),
        ListColumn("owes", _("Reports owed"), Unit.COUNT, "owes"),
        ListColumn("told_until", _("Told until"), Unit.DAY, "told_until"),
        ListColumn("sell_out", _("It tells what it sold on"), Unit.WORD, words=Rhythm),
        ListColumn("stock", _("It tells what it has left"), Unit.WORD, words=Rhythm),
        ListColumn("way", _("Which way its data comes"), Unit.WORD, words=Way),
        ListColumn("offers", _("What we tell it"), told=_offered),
        ListColumn("person", _("Who at the account answers for it"), told=lambda row: str(row.person or ""),
                   link=lambda row: row.person.get_absolute_url() if row.person else ""),
        ListColumn("owner", _("Who sees to it"), order="owner__name", told=lambda row: str(row.owner or "")),
        ListColumn("since", _("Begins on"), Unit.DAY, "since", shown=False),
        ListColumn("until", _("Ends on"), Unit.DAY, "until", shown=False),
        ListColumn("note", _("Note"), shown=False),
    ),
    order="owes_since",
    find=questions.found,
    hint=_("Account name or code"),
    empty=_("Agree with an account on what data each side gives: what it sold and has left against what we have and send."),
    make="exchange-new",
    make_label=_("Agree on an exchange"),
    make_right=ExchangeRight.AGREE,
    filters=(
        ListFilter("standing", _("State"), list(Standing), _standing),
        ListFilter("way", _("Which way its data comes"), list(Way), by("way")),
        ListFilter("offers", _("What we tell it"), list(Offer), _offering),
    ),
)  # fmt: skip
