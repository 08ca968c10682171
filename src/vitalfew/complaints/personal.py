"""What complaints keep of a person of the customer's."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from vitalfew.complaints.eight_d import PIECES
from vitalfew.complaints.indexing import index
from vitalfew.complaints.models import (
    Claim,
    Compensation,
    Complaint,
    EffectCheck,
    EightD,
    Inquiry,
    Said,
    Step,
    TextGroup,
)
from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces

TEXTS: Final = ("named", "company", "phone", "email", "text", "demand", "severity_why", "outcome", "satisfied_note")
OF_CHECK: Final = ("measure", "evidence")
OF_8D: Final = tuple(name for name, piece in PIECES.items() if not piece.a_day)


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    """What was taken in here, and what was said; what only the facts have, the facts tell."""
    for row in _rows(traces).exclude(imported=True, taken_up=False).select_related("account"):
        yield {
            "kind": "complaint", "day": row.received_on, "number": row.number,
            "account": row.account.code if row.account else "", **{name: getattr(row, name) for name in TEXTS},
        }  # fmt: skip
    for report in EightD.objects.filter(naming(traces, OF_8D) & _near("complaint__", traces)):
        texts = {name: text for name in OF_8D if traces.are_in(text := getattr(report, name))}
        yield {"kind": "8D record of a complaint", "day": timezone.localdate(report.made_at), **texts}
    for check in EffectCheck.objects.filter(naming(traces, OF_CHECK) & _near("complaint__", traces)):
        texts = {name: text for name in OF_CHECK if traces.are_in(text := getattr(check, name))}
        yield {"kind": "check of a countermeasure", "day": check.since, **texts}
    for asked in _inquiries(traces):
        yield {"kind": "question to a customer", "day": asked.since, "why": asked.why}
    for said in _said(traces):
        yield {"kind": "said about a complaint", "day": said.made_at.date(), "text": said.text}


def forget(traces: Traces) -> None:
    """Who complained is forgotten, and the name leaves the texts; that there was a complaint stays."""
    theirs = list(_rows(traces))
    said, steps = list(_said(traces)), list(_steps(traces))
    for row in theirs:
        erase(traces, row, TEXTS)
    for each in said:
        erase(traces, each, ("text",))
    for step in steps:
        given = {
            name: traces.erased_from(value) if isinstance(value, str) else value for name, value in step.given.items()
        }
        Step.objects.filter(pk=step.pk).update(why=traces.erased_from(step.why), given=given)
    for kind, fields in ((Compensation, ("why",)), (Claim, ("what", "note")), (EightD, OF_8D), (EffectCheck, OF_CHECK)):
        for row in kind._base_manager.filter(naming(traces, fields) & _near("complaint__", traces)):  # noqa: SLF001  (as Django calls it)
            erase(traces, row, fields)
    for asked in list(_inquiries(traces)):
        erase(traces, asked, ("why",))
    _unword(traces)
    Complaint.objects.filter(person__in=traces.people).update(person=None, named="", phone="", email="")
    now = list(Complaint.objects.filter(pk__in=[row.pk for row in theirs]))
    Complaint.objects.filter(pk__in=[row.pk for row in now], imported=False).update(told=False)
    index(now)


def _unword(traces: Traces) -> None:
    """No group of complaints is told by the name."""
    for group in TextGroup.objects.all():
        left = [word for word in group.words if not traces.are_in(word)]
        if left != group.words:
            TextGroup.objects.filter(pk=group.pk).update(words=left)


def _inquiries(traces: Traces) -> Any:
    return Inquiry.objects.filter(naming(traces, ("why",)), account__code__in=traces.accounts)


def _rows(traces: Traces) -> Any:
    """Those of the person, and those of the accounts, or of nobody's yet, that name him or her."""
    near = Q(account__code__in=traces.accounts) | Q(account=None)
    return Complaint.objects.filter(Q(person__in=traces.people) | (naming(traces, TEXTS) & near))


def _said(traces: Traces) -> Any:
    return Said.objects.filter(naming(traces, ("text",))).filter(_near("complaint__", traces))


def _steps(traces: Traces) -> list[Step]:
    rows = Step.objects.filter(_near("complaint__", traces))
    return [
        row for row in rows if traces.are_in(row.why) or any(traces.are_in(str(each)) for each in row.given.values())
    ]


def _near(prefix: str, traces: Traces) -> Q:
    return Q(**{f"{prefix}account__code__in": traces.accounts}) | Q(**{f"{prefix}account": None})
