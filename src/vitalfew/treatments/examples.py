"""The demo house's treatments of loss-makers: one a year old and to be judged, one under way, one that waits for approval."""

from datetime import date
from decimal import Decimal
from typing import Final

from django.utils import timezone

from vitalfew.accounts.spans import months_later
from vitalfew.approvals import actions as approvals
from vitalfew.people.models import User
from vitalfew.treatments import actions, losers
from vitalfew.treatments.models import Treatment
from vitalfew.treatments.words import TreatmentKind

WHY: Final = {
    TreatmentKind.REPRICE: "与客户谈妥分两步提价，先从亏损最大的型号开始。",
    TreatmentKind.SERVICE: "改为每周一次集中配送，小单走快递由客户承担。",
    TreatmentKind.CONVERT: "多项措施一起谈，三个月内看不到改善就好聚好散。",
}
AGO: Final = (14, 4, 0)


def plant() -> None:
    """Once, for the largest losses that somebody manages."""
    director = User.objects.filter(username="director").first()
    if director is None or Treatment.objects.exists():
        return
    rows = [row for row in losers.losers(director) if row.account.manager][: len(AGO)]
    for place, row in enumerate(rows):
        manager = row.account.manager or director
        kind = TreatmentKind.CONVERT if row.kind is TreatmentKind.PART else row.kind
        fields = {
            "kind": kind.value, "why": WHY[kind], "aim": Decimal(round(-row.earned)), "months": 12,
            "owner": manager, "person": None, "last_day": None, "letter": "",
        }  # fmt: skip
        made = actions.ask(manager, actions.propose(manager, row.account, fields).pk)
        if AGO[place] and made.approval:
            approvals.approve(director, made.approval.pk, made.approval.version)
            _moved(made.pk, months_later(timezone.localdate(), -AGO[place]))


def _moved(pk: int, begun: date) -> None:
    """As if it had begun on that day."""
    Treatment.objects.filter(pk=pk).update(begun_on=begun, until=months_later(begun, 12))
