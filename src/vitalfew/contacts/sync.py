"""People as the facts know them: after an import, every contact of the facts has its person and post.

What people have set here stays. Facts can't say that two contacts are one person; each becomes a person of its own. Who is no
longer in the facts, because an import was taken back, goes too, unless somebody has worked on the record.
"""

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
from django.db import transaction

from vitalfew.accounts.models import Account
from vitalfew.batches import batched
from vitalfew.contacts.actions import index
from vitalfew.contacts.erasing import forget_again, forgotten
from vitalfew.contacts.models import Person, Phone, Post
from vitalfew.contacts.questions import INDEX
from vitalfew.terms import Level
from vitalfew.warehouse.run import day_of
from vitalfew.warehouse.sources import Source

BATCH: Final = 2000
BY: Final = "import"
OF_PERSON: Final = ("name", "email")
TEXTS: Final = ("name", "email", "phone", "title", "department", "level", "influence", "attitude")
OF_POST: Final = ("account_id", "title", "department", "level", "influence", "attitude", "since", "left_on")


def sync(source: Source) -> int:
    """Bring people and posts in line with the facts; gives how many changed."""
    changed, known = 0, set[str]()
    erased: set[str] = set()
    for batch in _batches(source) if "contacts" in source.names else ():
        gone = forgotten(batch["contact_id"].to_pylist())
        erased |= gone
        changed += _bring([row for row in batch.to_pylist() if row["contact_id"] not in gone])
        known.update(batch["contact_id"].to_pylist())
    forget_again(erased)
    return changed + _drop_orphans(known)


def _drop_orphans(known: set[str]) -> int:
    """Posts that came from the facts and are there no longer; and the persons who held no other."""
    nothing_kept = {f"person__{name}": None for name in Person.kept_of()}
    untouched = Post.objects.filter(made_by=BY, by_hand=[], person__by_hand=[], put_away_at=None, **nothing_kept)
    rows = untouched.values_list("pk", "person_id", "contact_id").iterator(chunk_size=BATCH)
    gone = [(pk, person) for pk, person, number in rows if number not in known]
    for some in batched(gone, BATCH):
        with transaction.atomic():
            Post.objects.filter(pk__in=[pk for pk, _person in some]).delete()
            left = Person.objects.filter(pk__in=[person for _pk, person in some], posts=None)
            INDEX.forget(left.values_list("pk", flat=True))
            left.delete()
    return len(gone)


def _batches(source: Source) -> Iterator[pa.RecordBatch]:
    frame = source.frame("contacts", None).sort("contact_id")
    return iter(frame.collect("pyarrow").to_native().to_batches(max_chunksize=BATCH))


@transaction.atomic
def _bring(rows: list[dict[str, Any]]) -> int:
    accounts = dict(Account.objects.filter(code__in={row["customer"] for row in rows}).values_list("code", "pk"))
    by_number = {row["contact_id"]: {**_fields(row), "account_id": accounts.get(row["customer"])} for row in rows}
    held = (
        Post.objects.select_for_update(of=("self", "person"))
        .select_related("person")
        .prefetch_related("person__phones")
    )
    known = {each.contact_id: each for each in held.filter(contact_id__in=by_number)}
    fresh = [row for number, row in by_number.items() if number not in known and row["account_id"]]
    stale = [post for number, post in known.items() if _take(post, by_number[number])]
    Person.objects.bulk_update([post.person for post in stale], [*OF_PERSON, "version"])
    Post.objects.bulk_update(stale, [*OF_POST, "version"])
    made = _add(fresh)
    index([*made, *(post.person for post in stale)])
    return len(made) + len(stale)


def _add(fresh: list[dict[str, Any]]) -> list[Person]:
    people = Person.objects.bulk_create(
        Person(made_by=BY, changed_by=BY, **{name: row[name] for name in OF_PERSON}) for row in fresh
    )
    pairs = list(zip(people, fresh, strict=True))
    Phone.objects.bulk_create(Phone(person=person, number=row["phone"]) for person, row in pairs if row["phone"])
    Post.objects.bulk_create(
        Post(
            person=person, contact_id=row["contact_id"], told=True, made_by=BY,
            changed_by=BY, **{name: row[name] for name in OF_POST},
        )
        for person, row in pairs
    )  # fmt: skip
    return people


def _take(post: Post, row: dict[str, Any]) -> bool:
    """Take over what the facts say and nobody has set here; gives whether something changed."""
    if row["account_id"] is None:
        return False
    changed = [
        *_taken(post.person, row, OF_PERSON),
        *_taken(post, row, OF_POST),
        *_number_taken(post.person, row["phone"]),
    ]
    for record in (post, post.person) if changed else ():
        record.version += 1
    return bool(changed)


def _taken(record: Person | Post, row: dict[str, Any], names: tuple[str, ...]) -> list[str]:
    differ = [name for name in names if name not in record.by_hand and getattr(record, name) != row[name]]
    for name in differ:
        setattr(record, name, row[name])
    return differ


def _number_taken(person: Person, number: str) -> list[str]:
    """The facts know one number; several are people's own writing."""
    if "phones" in person.by_hand or not number or [phone.number for phone in person.phones.all()] == [number]:
        return []
    person.phones.all().delete()
    Phone.objects.create(person=person, number=number)
    return ["phones"]


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the facts in the words of this room."""
    texts = {name: (row[name] or "")[:100] for name in TEXTS}
    days = {name: None if row[name] is None else day_of(row[name]) for name in ("since", "left_on")}
    said = {**texts, **days, "phone": texts["phone"][:40]}
    if row["level"] == "frontline":
        said["level"] = str(
            Level.STOREKEEPER if "仓" in texts["title"] or "库" in texts["title"] else Level.SHOP_ASSISTANT
        )
    return {**said, "contact_id": row["contact_id"]}
