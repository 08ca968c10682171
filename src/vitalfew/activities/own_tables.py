"""The table ``touches`` that analyses read: who of ours was in touch with whom of the customer's, when and how."""

from collections.abc import Sequence
from itertools import chain
from typing import Final

import pyarrow as pa
from django.db.models import QuerySet

from vitalfew.activities.models import Activity, Present
from vitalfew.activities.ways import Way
from vitalfew.contacts.models import Post

SCHEMA: Final = pa.schema(
    [
        ("customer", pa.string()), ("contact", pa.string()), ("our_person", pa.string()), ("our_level", pa.string()),
        ("channel", pa.string()), ("touched_on", pa.date32()),
    ]
)  # fmt: skip
FEW: Final = 10_000
"""So many people are looked up by number; among more, all are read."""


def own_tables() -> dict[str, pa.Table]:
    """Notes are no touches; everybody who was there counts, a person with the post held at that account."""
    rows = Activity.objects.filter(put_away_at=None).exclude(way=Way.NOTE)
    names = ("pk", "account__code", "account_id", "person_id", "who__name", "who__role", "way", "day")
    found = list(rows.values_list(*names).iterator(chunk_size=FEW))
    people, ours = _also(rows)
    posts = _posts({person for _pk, _code, _account, person, *_rest in found if person} | set(chain(*people.values())))
    columns = [
        (code, posts.get((met, account)), name, role, way, day)
        for pk, code, account, person, who, leads, way, day in found
        for met in (person, *people.get(pk, ()))
        for name, role in ((who, leads), *ours.get(pk, ()))
    ]
    return {"touches": pa.Table.from_arrays(_arrays(columns), schema=SCHEMA)}


def _also(rows: QuerySet[Activity]) -> tuple[dict[int, list[int]], dict[int, list[tuple[str, str]]]]:
    """Who else was there, by activity: of the customer's, and of ours with name and role."""
    people, ours = dict[int, list[int]](), dict[int, list[tuple[str, str]]]()
    there = Present.objects.filter(activity__in=rows)
    for pk, person, name, role in there.values_list("activity_id", "person_id", "user__name", "user__role"):
        if person:
            people.setdefault(pk, []).append(person)
        else:
            ours.setdefault(pk, []).append((name, role))
    return people, ours


def _posts(people: set[int]) -> dict[tuple[int, int], str]:
    kept = Post.objects.filter(put_away_at=None)
    rows = kept.filter(person_id__in=people) if len(people) < FEW else kept
    return {
        (person, account): number
        for person, account, number in rows.values_list("person_id", "account_id", "contact_id")
    }


def _arrays(rows: Sequence[tuple[object, ...]]) -> list[pa.Array]:
    turned = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
    return [pa.array(cells, field.type) for cells, field in zip(turned, SCHEMA, strict=True)]
