"""What surveys keep of a person of the customer's: that he was asked, what he answered, and names in texts.

What was said in an anonymous survey cannot be told or erased of anybody: nobody knows whose it is.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import F, Q

from vitalfew.rooms import ERASED, Traces
from vitalfew.surveys.models import Respondent


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account", "wave"):
        yield {
            "kind": "survey", "survey": row.wave.name, "name": row.name, "account": row.account.code, "email": row.email,
            "sent_on": row.sent_on, "answered_on": row.answered_on, "answers": row.answers,
        }  # fmt: skip


def forget(traces: Traces) -> None:
    """The scores stay at the account; name, address and words go, and the link opens nothing."""
    for row in list(_rows(traces)):
        kept = {key: value for key, value in row.answers.items() if not isinstance(value, str) or _is_amount(value)}
        Respondent.objects.filter(pk=row.pk).update(
            name=ERASED, email="", post=None, answers=kept, revoked=True, version=F("version") + 1
        )
    for row in _named_in_texts(traces):
        answers = {key: _without(traces, value) for key, value in row.answers.items()}
        Respondent.objects.filter(pk=row.pk).update(answers=answers, version=F("version") + 1)


def _is_amount(value: str) -> bool:
    return value.replace(".", "", 1).isdecimal()


def _without(traces: Traces, value: Any) -> Any:
    return traces.erased_from(value) if isinstance(value, str) else value


def _rows(traces: Traces) -> Any:
    named = Q(name__in=traces.names, account__code__in=traces.accounts, post=None)
    return Respondent.objects.filter(Q(post__person__in=traces.people) | named)


def _named_in_texts(traces: Traces) -> list[Respondent]:
    """Answers at the accounts where the person was that speak of him."""
    rows = Respondent.objects.filter(account__code__in=traces.accounts).exclude(answers={})
    texts = ((row, [each for each in row.answers.values() if isinstance(each, str)]) for row in rows)
    return [row for row, said in texts if any(traces.are_in(each) for each in said)]
