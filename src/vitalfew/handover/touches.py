from collections.abc import Iterator

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.handover.models import Handover
from vitalfew.handover.rights import HandoverRight
from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.rooms import Touch
from vitalfew.terms import gettext_noop as _


def touches(user: User, account: Account) -> Iterator[Touch]:
    """When an account was handed over, from whom to whom, and when the customer agreed."""
    if not user.may(HandoverRight.SEE):
        return
    rows = Handover.objects.visible_to(user).filter(account=account).select_related("giver", "successor", "person")
    for row in rows:
        yield from _of(row)


def _of(row: Handover) -> Iterator[Touch]:
    figures = {"giver": str(row.giver or row.person or "–"), "successor": str(row.successor or "–")}
    url, about = row.get_absolute_url(), {"id": row.pk, **figures}
    began = Message(_("Handover begun: {giver} → {successor}"), figures)
    yield Touch(timezone.localdate(row.made_at), "handover", began, about, url=url)
    if row.accepted_at:
        taken = Message(_("{successor} took over the account"), figures)
        yield Touch(timezone.localdate(row.accepted_at), "handover", taken, about, url=url)
    if row.agreed_on:
        agreed = Message(_("{by} agreed to the handover"), {"by": row.agreed_by})
        yield Touch(row.agreed_on, "handover", agreed, about, url=url)
