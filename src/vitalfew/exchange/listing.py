from collections.abc import Callable
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.exchange import questions
from vitalfew.exchange.models import DataDoubt, DataEffect, DataExchange
from vitalfew.exchange.queues import DOUBTS as QUEUE
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.exchange.telling import change, figure
from vitalfew.exchange.words import Doubt, Format, Gain, Measure, Offer, Rhythm, Settled, Standing, Taking, Verdict, Way
from vitalfew.language import Message, translate
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
        ListColumn("sell_out", _("It tells what it sold on"), Unit.WORD, words=Rhythm, shown=False),
        ListColumn("stock", _("It tells what it has left"), Unit.WORD, words=Rhythm, shown=False),
        ListColumn("way", _("Which way its data comes"), Unit.WORD, words=Way),
        ListColumn("offers", _("What we tell it"), told=_offered, shown=False),
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

FILES: Final = Listing(
    name="exchange-files",
    title=_("Files of accounts' data"),
    right=ExchangeRight.SEE,
    records=questions.files,
    columns=(
        ListColumn("at", _("Came in on"), Unit.DAY, "at", told=lambda row: timezone.localdate(row.at), narrow=True),
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.account.get_absolute_url() + "?tab=supply"),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("name", _("File"), order="name", link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("taking", _("State"), Unit.WORD, words=Taking, narrow=True),
        ListColumn("rows_read", _("Rows read"), Unit.COUNT, "rows_read"),
        ListColumn("rows_taken", _("Rows taken"), Unit.COUNT, "rows_taken"),
        ListColumn("rows_corrected", _("Rows that corrected"), Unit.COUNT, "rows_corrected"),
        ListColumn("rows_unchanged", _("Rows unchanged"), Unit.COUNT, "rows_unchanged", shown=False),
        ListColumn("rows_refused", _("Rows refused"), Unit.COUNT, "rows_refused"),
        ListColumn("since", _("From"), Unit.DAY, "since", shown=False),
        ListColumn("until", _("Told until"), Unit.DAY, "until"),
        ListColumn("way", _("Which way its data comes"), Unit.WORD, words=Way, shown=False),
        ListColumn("format", _("Format"), Unit.WORD, words=Format, shown=False),
        ListColumn("who", _("Who sent it"), order="sender", told=lambda row: row.sender),
        ListColumn("sha256", _("SHA-256"), Unit.CODE, shown=False),
    ),
    order="-at",
    find=questions.found_files,
    hint=_("Account, file name, SHA-256"),
    empty=_("Files stand here as they come in: who sent them, what was taken of them, and what was refused and why."),
    filters=(
        ListFilter("taking", _("State"), list(Taking), by("taking")),
        ListFilter("way", _("Which way its data comes"), list(Way), by("way")),
    ),
)  # fmt: skip

TOLD: Final = Listing(
    name="exchange-told",
    title=_("What accounts told"),
    right=ExchangeRight.SEE,
    records=questions.told,
    columns=(
        ListColumn("day", _("Day"), Unit.DAY, "day", narrow=True),
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.account.get_absolute_url() + "?tab=supply"),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("product", _("Product"), Unit.CODE, "product", narrow=True),
        ListColumn("place", _("Shop or warehouse"), order="place"),
        ListColumn("measure", _("What is told"), Unit.WORD, words=Measure),
        ListColumn("quantity", _("Quantity"), Unit.NUMBER, "quantity", lambda row: float(row.quantity), narrow=True),
        ListColumn("file", _("File"), told=lambda row: row.file.name, link=lambda row: row.file.get_absolute_url()),
    ),
    order="-day",
    find=questions.found_told,
    hint=_("Account, product, place"),
    empty=_("What accounts sold on, have left and received stands here once they tell it."),
    filters=(ListFilter("measure", _("What is told"), list(Measure), by("measure")),),
)  # fmt: skip


def _why(row: DataDoubt | DataEffect) -> str:
    return Message.restored(row.why).say(language())


DOUBTS: Final = Listing(
    name="exchange-doubts",
    title=_("Questions about accounts' data"),
    right=ExchangeRight.SEE,
    records=questions.doubts,
    columns=(
        ListColumn("raised_at", _("Asked since"), Unit.DAY, "raised_at", lambda row: timezone.localdate(row.raised_at)),
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.account.get_absolute_url() + "?tab=supply"),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("kind", _("Kind"), Unit.WORD, words=Doubt),
        ListColumn("why", _("What is odd"), told=_why, narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("day", _("Day"), Unit.DAY, "day", shown=False),
        ListColumn("product", _("Product"), Unit.CODE, "product", shown=False),
        ListColumn("place", _("Shop or warehouse"), shown=False),
        ListColumn("state", _("State"), Unit.WORD, words=Settled),
        ListColumn("asks_again", _("Ask again after"), Unit.DAY, shown=False),
        ListColumn("answer", _("Answer")),
    ),
    order="-raised_at",
    find=questions.found_doubts,
    hint=_("Account, product, place"),
    empty=_("What is late, missing or odd about data of accounts is asked here by itself, with its reason."),
    filters=(
        ListFilter("state", _("State"), list(Settled), by("state")),
        ListFilter("kind", _("Kind"), list(Doubt), by("kind")),
    ),
    queue=QUEUE,
)  # fmt: skip


def _figure(name: str, said: Callable[[str, float], Any] = figure) -> Callable[[DataEffect], str]:
    """Days, or a share, as the sentence says it."""

    def told(row: DataEffect) -> str:
        value = getattr(row, name)
        return "" if value is None else said(row.gain, value).say(language())

    return told


EFFECTS: Final = Listing(
    name="exchange-effects",
    title=_("What the exchange of data changed"),
    right=ExchangeRight.SEE,
    records=questions.effects,
    columns=(
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.account.get_absolute_url() + "?tab=supply"),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("gain", _("Figure"), Unit.WORD, words=Gain),
        ListColumn("verdict", _("State"), Unit.WORD, words=Verdict),
        ListColumn("why", _("What changed"), told=_why, narrow=True),
        ListColumn("before", _("Before"), told=_figure("before"), exact=True),
        ListColumn("since", _("Since it was agreed on"), told=_figure("since"), exact=True),
        ListColumn("change", _("Change in days or points"), told=_figure("change", change), exact=True, shown=False),
        ListColumn("low", _("At least"), told=_figure("low", change), exact=True, shown=False),
        ListColumn("high", _("At most"), told=_figure("high", change), exact=True, shown=False),
        ListColumn("weeks_before", _("Weeks before"), Unit.COUNT, "weeks_before", shown=False),
        ListColumn("weeks_since", _("Weeks since"), Unit.COUNT, "weeks_since"),
        ListColumn("same_season", _("Beside the same season"), Unit.YES_NO),
        ListColumn("agreed_on", _("Agreed from"), Unit.DAY, "agreed_on", shown=False),
        ListColumn("as_of", _("Figures until"), Unit.DAY, "as_of", shown=False),
    ),
    order="account",
    find=questions.found,
    hint=_("Account name or code"),
    empty=_("Every morning it is worked out here what changed since data is exchanged with an account: how long its stock lasts, "
            "how often it is out of stock, and how well its orders are foreseen."),
    filters=(
        ListFilter("gain", _("Figure"), list(Gain), by("gain")),
        ListFilter("verdict", _("State"), list(Verdict), by("verdict")),
    ),
)  # fmt: skip
