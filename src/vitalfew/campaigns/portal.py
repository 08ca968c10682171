"""What somebody of a customer's sees of campaigns: what is on offer for his account now, in our words for them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.campaigns.models import Campaign
from vitalfew.campaigns.words import CampaignState, Place
from vitalfew.language import Message
from vitalfew.people.language import language
from vitalfew.rooms import PortalPart, Visitor, Waiting
from vitalfew.terms import gettext_noop as _


def _rows(account: Account, day: date) -> Any:
    """Of what runs, that in which it takes part: who is held out reads nothing of it."""
    inside = {"targets__account": account, "targets__place": Place.TREATED}
    rows = Campaign.objects.filter(
        **inside, state=CampaignState.RUNNING, put_away_at=None, since__lte=day, until__gte=day
    )
    return rows.exclude(offers={}).order_by("until", "pk")


def told(_visitor: Visitor, account: Account) -> Mapping[str, Any]:
    return {"offers": [_line(row) for row in _rows(account, timezone.localdate())]}


def _line(row: Campaign) -> Mapping[str, Any]:
    said = row.text_in(language(), row.offers)
    return {"title": said["title"], "text": said["text"], "until": row.until}


def waiting(_visitor: Visitor, account: Account) -> Iterator[Waiting]:
    for row in _rows(account, timezone.localdate()):
        said = {"title": row.text_in(language(), row.offers)["title"]}
        yield Waiting(Message(_("For you: {title}"), said), row.until, new=True)


PARTS: Final = (PortalPart("offers", _("Offers for you"), 65, "campaigns", "campaigns/portal.html", told, waiting),)
