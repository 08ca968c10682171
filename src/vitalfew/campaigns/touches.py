from collections.abc import Iterator
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.campaigns import questions
from vitalfew.campaigns.rights import CampaignRight
from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.rooms import Touch, TouchKind
from vitalfew.terms import gettext_noop as _


def touches(user: User, account: Account) -> Iterator[Touch]:
    """When it began to take part in a campaign, and when somebody spoke with it about that."""
    if not user.may(CampaignRight.SEE):
        return
    for row in questions.of_account(user, account):
        said: dict[str, Any] = {"campaign": row.of.name}
        url, about, kind = row.of.get_absolute_url(), {"id": row.of_id}, TouchKind.CAMPAIGN.value
        yield Touch(row.of.since, kind, Message(_("Takes part in the campaign {campaign}"), said), about, url=url)
        if row.talked_on:
            yield Touch(
                row.talked_on, kind, Message(_("Spoken with about the campaign {campaign}"), said), about, url=url
            )
