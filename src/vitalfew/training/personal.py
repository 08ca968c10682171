"""What training keeps of a person of the customer's: attendance, tests, certificates, and names in texts."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from vitalfew.people.traces import erase, naming
from vitalfew.rooms import ERASED, Traces
from vitalfew.training.models import Attempt, Attendee, Certificate, Session

TEXTS: Final = ("outcome", "reason", "place")


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _attended(traces).select_related("account", "session__programme"):
        yield {
            "kind": "training", "day": row.session.day, "programme": row.session.programme.title, "name": row.name,
            "account": row.account.code if row.account else None, "company": row.company, "came_at": row.came_at,
            "consented_at": row.agreed_at,
        }  # fmt: skip
        for each in row.attempts.all():
            yield {
                "kind": "test of a training", "begun_at": each.begun_at, "handed_in_at": each.handed_in_at,
                "answers": each.answers, "score": each.score, "passed": each.passed,
            }  # fmt: skip
    for held in _certified(traces).select_related("programme"):
        yield {
            "kind": "certificate", "number": held.number, "name": held.name, "programme": held.programme.title,
            "issued_on": held.issued_on, "expires_on": held.expires_on, "revoked_on": held.revoked_on, "reason": held.reason,
        }  # fmt: skip
    for session in _sessions(traces):
        yield {"kind": "training session", "day": session.day, **{name: getattr(session, name) for name in TEXTS}}


def forget(traces: Traces) -> None:
    """That somebody came stays, without a name; answers go, and certificates say that they were revoked."""
    attended, certified = _attended(traces), _certified(traces)
    people = list(attended.values_list("pk", flat=True))
    held = list(certified.values_list("pk", flat=True))
    for session in _sessions(traces):
        erase(traces, session, TEXTS)
    Attempt.objects.filter(attendee__in=people).update(answers={})
    Attendee.objects.filter(pk__in=people).update(name=ERASED, company="", person=None, seal="")
    rows = Certificate.objects.filter(Q(pk__in=held) | Q(attendee__in=people))
    rows.filter(revoked_on=None).update(revoked_on=timezone.localdate())
    rows.update(name=ERASED, person=None, reason="")


def _attended(traces: Traces) -> Any:
    """Those that were this contact, and those who wrote down his name: at his accounts, or where these were invited."""
    invited = Session.objects.filter(companies__account__code__in=traces.accounts).values("pk")
    there = Q(account__code__in=traces.accounts) | Q(account=None, session__in=invited)
    named = Q(name__in=traces.names, person=None)
    return Attendee.objects.filter(Q(person__in=traces.people) | named & there)


def _certified(traces: Traces) -> Any:
    named = Q(name__in=traces.names, account__code__in=traces.accounts, person=None)
    return Certificate.objects.filter(Q(person__in=traces.people) | named)


def _sessions(traces: Traces) -> Any:
    invited = Q(companies__account__code__in=traces.accounts)
    return Session.objects.filter(naming(traces, TEXTS) & invited).distinct()
