"""What is kept of one person: handed out whole, and erased from all of it (PIPL, Articles 45 and 47; GDPR, Articles 15 and 17).

Erased are the records of this room, the person's traces in every other (each room's ``personal``), in all versions of the facts,
in rejected rows, kept answers, saved views and the search. What stays: that the account had somebody of this level from
when to when, sums, and the audit trail, which never held more than the names of fields. The database comes last: where erasing
is interrupted before, the person is still there and can be erased again. If the same number comes with a later import, it is
erased again.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from vitalfew.accounts.models import SavedView
from vitalfew.api.models import KeptAnswer
from vitalfew.contacts.actions import PERSON, POST
from vitalfew.contacts.models import Forgotten, Person, Post
from vitalfew.contacts.questions import INDEX
from vitalfew.contacts.rights import ContactRight
from vitalfew.people import audit
from vitalfew.people.models import AuditEntry, User
from vitalfew.people.records import Stale
from vitalfew.rooms import Traces, declared
from vitalfew.warehouse import forgetting

OF_PERSON: Final = (*PERSON, "made_by", "made_at")
OF_POST: Final = ("contact_id", *(name for name in POST if name != "reports_to"), "reports_to_id")


def traces_of(person: Person) -> Traces:
    """By what the person is found, with the records that were merged into this one."""
    people = _with_merged(person)
    posts = Post.objects.filter(person__in=people).select_related("account")
    words = {phone.number for each in people for phone in each.phones.all()}
    words |= {text for each in people for text in (each.email, each.wechat)}
    return Traces(
        frozenset(each.pk for each in people),
        frozenset(post.contact_id for post in posts),
        frozenset(words) - {""},
        frozenset(each.name for each in people) - {""},
        frozenset(post.account.code for post in posts),
    )


def _with_merged(person: Person) -> list[Person]:
    found, level = [person], [person]
    while level:
        level = list(Person.objects.filter(merged_into__in=level))
        found += level
    return found


def kept_of(person: Person) -> dict[str, list[dict[str, Any]]]:
    """All that is kept, by where it is kept."""
    traces = traces_of(person)
    own = [{name: getattr(each, name) for name in OF_PERSON} for each in _with_merged(person)]
    posts = Post.objects.filter(person__in=traces.people).select_related("account")
    subjects = [f"person:{pk}" for pk in traces.people] + [f"post:{post.pk}" for post in posts]
    return {
        "person": own,
        "phones": [{"number": phone.number} for each in _with_merged(person) for phone in each.phones.all()],
        "posts": [{"account": post.account.code, **{name: getattr(post, name) for name in OF_POST}} for post in posts],
        "elsewhere": [dict(each) for each in _elsewhere(traces)],
        "trail": [dict(each) for each in AuditEntry.objects.filter(subject__in=subjects).values("at", "who", "action")],
    }


def _elsewhere(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for room in declared("personal"):
        yield from room.told(traces)


def hand_out(user: User, person: Person) -> dict[str, list[dict[str, Any]]]:
    """What is kept, for the person it is about; that it was handed out stands in the trail."""
    user.must(ContactRight.ERASE)
    kept = kept_of(person)
    audit.record(user, "person-hand-out", person.subject)
    return kept


def erase(user: User, person: Person, version: int) -> None:
    """Forget the person. It can't be undone. What takes long is done before others have to wait for it.

    Raises :class:`InTheWay` where it has to wait.
    """
    user.must(ContactRight.ERASE)
    if person.version != version:
        raise Stale(person)
    traces = traces_of(person)
    for room in declared("personal"):
        getattr(room, "ready", _nothing)(traces)
    files = forgetting.forget(settings.HOME, traces)
    with transaction.atomic():
        for room in declared("personal"):
            room.forget(traces)
        _drop_kept(traces)
        posts = _drop_records(traces)
        audit.record(user, "person-erase", person.subject, {"posts": posts, "files": files})


def _nothing(_traces: Traces) -> None:
    """Most rooms have nothing that takes long."""


def _drop_kept(traces: Traces) -> None:
    """Answers kept for repeated requests, and saved views that look for the person."""
    from urllib.parse import quote_plus

    said, asked = Q(), Q()
    for word in traces.words | traces.names | traces.numbers:
        said |= Q(body__contains=word)
        asked |= Q(query__contains=quote_plus(word))
    KeptAnswer.objects.filter(said).delete()
    SavedView.objects.filter(asked).delete()


def _drop_records(traces: Traces) -> int:
    key = forgetting.key_of(settings.HOME)
    marks = [forgetting.meaningless(number, key) for number in sorted(traces.numbers)]
    Forgotten.objects.bulk_create((Forgotten(mark=mark) for mark in marks), ignore_conflicts=True)
    posts = Post.objects.filter(person__in=traces.people).delete()[1].get("contacts.Post", 0)
    INDEX.forget(traces.people)
    Person.objects.filter(pk__in=traces.people).delete()
    return posts


def forgotten(numbers: list[str]) -> set[str]:
    """Those among the numbers whose person was erased, under their own name or the meaningless one."""
    if not Forgotten.objects.exists():
        return set()
    key = forgetting.key_of(settings.HOME)
    marks = {forgetting.meaningless(number, key): number for number in numbers}
    known = set(Forgotten.objects.filter(mark__in=[*marks, *numbers]).values_list("mark", flat=True))
    return {number for mark, number in marks.items() if mark in known} | (known & set(numbers))


def forget_again(numbers: set[str]) -> None:
    """Numbers of erased persons that came with a newer import."""
    fresh = frozenset(number for number in numbers if not number.startswith(forgetting.GONE))
    if fresh:
        nothing: frozenset[str] = frozenset()
        forgetting.forget(settings.HOME, Traces(frozenset(), fresh, nothing, nothing, nothing))
