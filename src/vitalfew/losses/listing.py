from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.losses import questions
from vitalfew.losses.rights import LossRight
from vitalfew.losses.words import Back, LossState, Span
from vitalfew.terms import ChurnCause, Unit
from vitalfew.terms import gettext_noop as _


def _span(found: Any, word: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = found.span(word, timezone.localdate())
    return rows


LOSSES: Final = Listing(
    name="losses",
    title=_("Register of losses"),
    right=LossRight.SEE,
    records=questions.losses,
    columns=(
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("lost_on", _("Lost since"), Unit.DAY, "lost_on", narrow=True),
        ListColumn("state", _("State"), Unit.WORD, "state", words=LossState, narrow=True),
        ListColumn("cause", _("The reason it gives itself"), Unit.WORD, "cause", words=ChurnCause),
        ListColumn("seen", _("What the facts showed"), Unit.WORD, "seen", words=ChurnCause),
        ListColumn("back", _("Of coming back it says"), Unit.WORD, "back", words=Back),
        ListColumn("talker", _("Who talks to it"), order="talker__name", told=lambda row: str(row.talker or "")),
        ListColumn("talked_on", _("Talked on"), Unit.DAY, "talked_on", shown=False),
        ListColumn("needed", _("What we would have needed to know, and by when"), shown=False),
    ),
    order="-lost_on",
    find=questions.found,
    hint=_("Account, who talks to it, what we would have needed to know"),
    empty=_("Enter an account that left: a guided talk of a quarter of an hour tells why, and what would have kept it."),
    make="loss-new",
    make_label=_("Enter a loss"),
    make_right=LossRight.WRITE,
    filters=(
        ListFilter("state", _("State"), list(LossState), by("state")),
        ListFilter("cause", _("The reason it gives itself"), list(ChurnCause), by("cause")),
        ListFilter("back", _("Of coming back it says"), list(Back), by("back")),
        ListFilter("span", _("Lost since"), list(Span), _span),
    ),
)  # fmt: skip
