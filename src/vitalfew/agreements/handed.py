from typing import Any

from django.db.models import F

from vitalfew.agreements.models import Agreement
from vitalfew.agreements.words import AgreementState
from vitalfew.rooms import Handed
from vitalfew.terms import gettext_noop as _


def _open(account: Any, giver: Any) -> Any:
    rows = Agreement.objects.filter(account=account, owner=giver, put_away_at=None)
    return rows.exclude(state__in=(AgreementState.ENDED, AgreementState.TERMINATED))


def _waits_on(row: Agreement, _successor: Any) -> None:
    """Who looks after it is no term of it: what waits for approval waits on."""
    Agreement.objects.filter(pk=row.pk, state=AgreementState.WAITING).update(asked_version=F("version"))


HANDED = (Handed(_("Agreements"), "owner", _open, _waits_on),)
