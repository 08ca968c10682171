"""What somebody of a customer's sees of surveys: those in which he himself is asked, as long as they are open."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.language import Message
from vitalfew.rooms import PortalPart, Visitor, Waiting
from vitalfew.surveys import link
from vitalfew.surveys.models import Respondent
from vitalfew.surveys.words import Reached, WaveState
from vitalfew.terms import gettext_noop as _


def _rows(visitor: Visitor, account: Account) -> Any:
    """His own alone: what his colleagues are asked, and say, is theirs."""
    today = timezone.localdate()
    open_now = {"wave__state": WaveState.RUNNING, "wave__opens__lte": today, "wave__closes__gte": today}
    rows = Respondent.objects.filter(
        account=account,
        post__person=visitor.person,
        revoked=False,
        put_away_at=None,
        wave__put_away_at=None,
        **open_now,
    )
    return rows.select_related("wave").order_by("wave__closes", "pk")


def told(visitor: Visitor, account: Account) -> Mapping[str, Any]:
    return {"surveys": [_line(row) for row in _rows(visitor, account)]}


def _line(row: Respondent) -> Mapping[str, Any]:
    return {
        "name": row.wave.name, "purpose": row.wave.purpose, "closes": row.wave.closes, "url": link.address_of(row),
        "answered": row.reached == Reached.ANSWERED,
    }  # fmt: skip


def waiting(visitor: Visitor, account: Account) -> Iterator[Waiting]:
    """Those not answered."""
    for row in _rows(visitor, account).exclude(reached__in=(Reached.ANSWERED, Reached.DECLINED)):
        yield Waiting(Message(_("We ask for your opinion: {name}"), {"name": row.wave.name}), row.wave.closes)


PARTS: Final = (PortalPart("surveys", _("Surveys"), 70, "chart", "surveys/portal.html", told, waiting),)
