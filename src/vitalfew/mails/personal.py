"""What mails keep of a person of the customer's."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.conf import settings
from django.db.models import Q

from vitalfew.mails.models import Mail
from vitalfew.people.traces import holding
from vitalfew.rooms import Traces

TEXTS: Final = ("title", "sender", "sender_name", "recipients", "text")


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account"):
        yield {
            "kind": "mail", "day": row.day, "account": row.account.code if row.account else None,
            "subject": row.title, "sender": row.sender, "recipients": row.addresses, "text": row.text,
            "files": [file["name"] for file in row.files],
        }  # fmt: skip


def forget(traces: Traces) -> None:
    """The mail as it came goes, and name and address leave its texts; that there was a mail stays."""
    for row in _rows(traces):
        texts = {name: traces.erased_from(getattr(row, name)) for name in TEXTS}
        files = [{**file, "name": traces.erased_from(file["name"])} for file in row.files]
        if row.place:
            (settings.HOME.mails / row.place).unlink(missing_ok=True)
        Mail.objects.filter(pk=row.pk).update(**texts, files=files, place="", version=row.version + 1)
    Mail.objects.filter(person__in=traces.people).update(person=None)


def _rows(traces: Traces) -> Any:
    """Those with the person, those with one of the person's addresses or numbers, and those of the accounts that name him."""
    found = Q(person__in=traces.people)
    for word in traces.words:
        found |= Q(sender__iexact=word)
    numbers = holding(traces.words, ("recipients", "text", "title"))
    named = holding(traces.names, TEXTS) & Q(account__code__in=traces.accounts)
    return Mail.objects.filter(found | numbers | named)
