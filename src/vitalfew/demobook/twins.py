"""Records that stand twice in the demo book: a few customers again under codes of an older system, and one of their people.

They come in files of their own beside the book, without orders, so that no figure of the book moves. ``truth`` tells whose
each is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from vitalfew.demobook.places import CITIES

CODE: Final = "OLD-{:03d}"
STEP: Final = 31
"""Every so many accounts of the book, one is repeated."""
_ALIKE: Final = {
    "沐": "木",
    "澜": "兰",
    "铭": "明",
    "晟": "圣",
    "煜": "玉",
    "昕": "新",
    "恒": "衡",
    "嘉": "佳",
    "瑞": "锐",
    "启": "起",
}


@dataclass(frozen=True)
class Twins:
    """Customers and contacts that are in the book already; ``truth`` is each code's own customer."""

    tables: Mapping[str, pa.Table]
    truth: Mapping[str, str]


def twins(customers: pa.Table, contacts: pa.Table) -> Twins:
    """Of the companies that stand alone, a few written once more, each in another way."""
    rows = [row for row in customers.to_pylist() if row["name"].endswith("有限公司") and _city(row["name"])]
    chosen = rows[STEP // 2 :: STEP][: len(WAYS)]
    again = [_again(row, number, way) for number, (row, way) in enumerate(zip(chosen, WAYS, strict=False), 1)]
    truth = {new["customer"]: old["customer"] for new, old in zip(again, chosen, strict=True)}
    own = {row["customer"]: row for row in reversed(contacts.to_pylist()) if row["phone"]}
    people = [_known_again(own[old], new) for new, old in truth.items() if old in own][::3]
    tables = {"customers": again, "contacts": people}
    schemas = {"customers": customers.schema, "contacts": contacts.schema}
    return Twins({name: pa.Table.from_pylist(found, schemas[name]) for name, found in tables.items()}, truth)


def _again(row: Mapping[str, Any], number: int, way: Callable[[str, str], str]) -> dict[str, Any]:
    city = _city(row["name"])
    name = way(city, row["name"].removeprefix(city).removesuffix("有限公司"))
    known = ("kind", "region", "country", "manager", *(("uscc",) if number % 3 == 0 else ()))
    return {"customer": CODE.format(number), "name": name, **{each: row[each] for each in known}}


def _city(name: str) -> str:
    return next((city.name for city in CITIES if name.startswith(city.name)), "")


def _heard_alike(word: str) -> str:
    return _ALIKE.get(word[0], word[0]) + word[1:]


def _traditional(text: str) -> str:
    from opencc import OpenCC

    return str(OpenCC("s2t").convert(text))


WAYS: Final[tuple[Callable[[str, str], str], ...]] = (
    lambda city, rest: f"{city}{rest}有限责任公司",
    lambda city, rest: f"{city}市{rest}有限公司",
    lambda city, rest: f"{rest}（{city}）有限公司",
    lambda city, rest: _traditional(f"{city}{rest}有限公司"),
    lambda city, rest: f"{city}{_heard_alike(rest)}有限公司",
    lambda city, rest: f"{city} {rest} 公司",
    lambda city, rest: f"{city}{rest}",
    lambda city, rest: f"{city}{rest}有限公司",
)


def _known_again(contact: Mapping[str, Any], customer: str) -> dict[str, Any]:
    """The person, as the older system had it."""
    return {**contact, "contact_id": f"{contact['contact_id']}-old", "customer": customer, "email": None}
