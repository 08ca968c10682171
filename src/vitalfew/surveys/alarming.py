"""Low scores that nobody of ours has talked about."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from vitalfew.language import Message
from vitalfew.rooms import ITS_MANAGER, Alarming, Matter
from vitalfew.surveys.models import Respondent
from vitalfew.surveys.rights import SurveyRight
from vitalfew.terms import gettext_noop as _


def low(days: float, back: date | None) -> Iterator[Matter]:
    """Given so many days ago or earlier; since a day also those that were talked about. Who gave it stays in the house."""
    until = timezone.localdate() - timedelta(days=days)
    open_or_lately = Q(seen_by="") | (Q(seen_on__gte=back) if back else Q(pk=None))
    rows = Respondent.objects.filter(
        open_or_lately,
        low=True,
        answered_on__lte=until,
        put_away_at=None,
        wave__put_away_at=None,
        account__merged_into=None,
    )
    for row in rows.exclude(account=None).select_related("account", "wave"):
        yield _matter(row, row.account)


def _matter(row: Respondent, account: Any) -> Matter:
    said = Message(
        _("Somebody of {account} gave us a low score: {survey}"), {"account": account.name, "survey": row.wave.name}
    )
    return Matter(f"respondent:{row.pk}", said, row.answered_on, account.code, row.get_absolute_url(), (), row.seen_on)


ALARMING: Final = (
    Alarming(
        "survey-low", _("Low score in a survey"), _("Talk with who gave it, and say that you did"), SurveyRight.SEE, low,
        (ITS_MANAGER,), threshold=_("Days since it was given"), by_people=True, from_start=True,
    ),
)  # fmt: skip
